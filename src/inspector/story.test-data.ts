/** Messages of recorded stories, for the tests of this room. */
import type { Step } from '../oauth/step.ts'
import type { Expectation, Message } from '../sequence/message.ts'
import { sequence } from '../sequence/sequence.ts'
import type { Trace } from '../trace/entry.ts'
import { refresh, type SignInOptions, signIn, signOut, use } from '../trace/fixtures.test-data.ts'
import { createRecorder, type Recorder } from '../trace/recorder.ts'
import { parseRedacted, redactStep } from '../trace/redact.ts'

interface Recorded {
  /** As it was told, raw to the last step, though a sign-out is among them. */
  readonly trace: Trace
  readonly fingerprint: Recorder['fingerprint']
}

/** What a recorder has taken of these steps, every hash computed. */
async function recorded(steps: readonly Step[]): Promise<Recorded> {
  const recorder = createRecorder({
    storage: { get: () => null, set: () => true, remove: () => undefined },
    now: () => 0,
    tabId: 'tab',
  })
  for (const step of steps) recorder.observe(step)
  const trace = recorder.getTrace()
  await recorder.settled()
  return { trace, fingerprint: recorder.fingerprint }
}

/** What the lens draws after these steps. */
export async function messagesOf(
  steps: readonly Step[],
  expected: Expectation | null = null,
): Promise<Message[]> {
  const { trace, fingerprint } = await recorded(steps)
  return sequence(trace, expected, fingerprint)
}

/** The same from the copy without secrets, as after a reload. */
export async function redactedMessagesOf(steps: readonly Step[]): Promise<Message[]> {
  const { trace, fingerprint } = await recorded(steps)
  const copies = trace.entries.map(entry => ({
    ...entry,
    step: redactStep(entry.step, fingerprint),
    redacted: true,
  }))
  return sequence({ entries: copies, folded: [] }, null, text => parseRedacted(text)?.fingerprint ?? null)
}

export interface WholeStory {
  readonly messages: Message[]
  /** Every text that may not be shown before it is revealed. */
  readonly secrets: readonly string[]
}

/** A sign-in with everything in it, a call, a renewal and a sign-out. */
export async function wholeStory(options: SignInOptions = {}): Promise<WholeStory> {
  const first = await signIn({ userinfo: true, usePar: true, useDpop: true, ...options })
  const { verifier, code, accessToken, refreshToken, idToken } = first.values
  const grown = await refresh(first.flow, refreshToken)
  const messages = await messagesOf([
    ...first.steps,
    ...use(accessToken),
    ...grown.steps,
    ...signOut(first.flow, { refreshToken: grown.refreshToken, idToken }),
  ])
  const secrets = [verifier, code, accessToken, refreshToken, idToken, grown.accessToken, grown.refreshToken]
  return { messages, secrets }
}
