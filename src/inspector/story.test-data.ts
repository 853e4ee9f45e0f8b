/** Messages of recorded stories, for the tests of this room. */
import type { Step } from '../oauth/step.ts'
import type { Expectation, Message } from '../sequence/message.ts'
import { sequence } from '../sequence/sequence.ts'
import { refresh, type SignInOptions, signIn, signOut, use } from '../trace/fixtures.test-data.ts'
import { createRecorder, type Recorder } from '../trace/recorder.ts'
import { parseRedacted, redactStep } from '../trace/redact.ts'

/** A recorder that has taken these steps and computed every hash. */
async function recorded(steps: readonly Step[]): Promise<Recorder> {
  const recorder = createRecorder({
    storage: { get: () => null, set: () => true, remove: () => undefined },
    now: () => 0,
    tabId: 'tab',
  })
  for (const step of steps) recorder.observe(step)
  await recorder.settled()
  return recorder
}

/** What the lens draws after these steps. */
export async function messagesOf(
  steps: readonly Step[],
  expected: Expectation | null = null,
): Promise<Message[]> {
  const recorder = await recorded(steps)
  return sequence(recorder.getTrace(), expected, recorder.fingerprint)
}

/** The same from the copy without secrets, as after a reload. */
export async function redactedMessagesOf(steps: readonly Step[]): Promise<Message[]> {
  const recorder = await recorded(steps)
  const { entries } = recorder.getTrace()
  const copies = entries.map(entry => ({
    ...entry,
    step: redactStep(entry.step, recorder.fingerprint),
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
