/** Messages of recorded stories, for the tests of this room. */

import type { Step } from '../oauth/step.ts'
import type { Expectation, Message, MessageKind } from '../sequence/message.ts'
import { sequence } from '../sequence/sequence.ts'
import {
  api,
  app,
  clientId,
  issuer,
  refresh,
  type SignInOptions,
  scope,
  signIn,
  signOut,
  use,
} from '../trace/fixtures.test-data.ts'
import { createRecorder } from '../trace/recorder.ts'

export const expectation: Expectation = {
  issuer,
  clientId,
  scope,
  appOrigin: app,
  authorizationServerOrigin: issuer,
  resourceServerOrigin: api,
  authorizationPath: '/authorize',
  tokenPath: '/token',
  profilePath: '/user/profile',
  usesPar: false,
  usesDpop: false,
  canRevoke: true,
  canEndSession: true,
}

/** What the lens would draw after these steps, with every hash computed. */
export async function messagesOf(
  steps: readonly Step[],
  expected: Expectation | null = null,
): Promise<Message[]> {
  const memory = new Map<string, string>()
  const recorder = createRecorder({
    storage: {
      get: key => memory.get(key) ?? null,
      set: (key, value) => memory.set(key, value) !== undefined,
      remove: key => memory.delete(key),
    },
    now: () => 0,
    tabId: 'tab',
  })
  for (const step of steps) recorder.observe(step)
  await recorder.settled()
  return sequence(recorder.getTrace(), expected, recorder.fingerprint)
}

/** The same after a reload: only the redacted copy is left. */
export async function reloadedMessagesOf(steps: readonly Step[]): Promise<Message[]> {
  const memory = new Map<string, string>()
  const storage = {
    get: (key: string) => memory.get(key) ?? null,
    set: (key: string, value: string) => memory.set(key, value) !== undefined,
    remove: (key: string) => memory.delete(key),
  }
  const before = createRecorder({ storage, now: () => 0, tabId: 'tab' })
  for (const step of steps) before.observe(step)
  await before.settled()
  const after = createRecorder({ storage, now: () => 0, tabId: 'tab' })
  return sequence(after.getTrace(), null, after.fingerprint)
}

/** A sign-in with everything in it, a call, a renewal and a sign-out. */
export async function wholeStory(options: SignInOptions = {}): Promise<Message[]> {
  const first = await signIn({ userinfo: true, usePar: true, useDpop: true, ...options })
  const grown = await refresh(first.flow, first.values.refreshToken)
  const steps = [
    ...first.steps,
    ...use(first.values.accessToken),
    ...grown.steps,
    ...signOut(first.flow, { refreshToken: grown.refreshToken, idToken: first.values.idToken }),
  ]
  return messagesOf(steps)
}

export function find(messages: readonly Message[], kind: MessageKind): Message {
  const found = messages.find(message => message.kind === kind)
  if (found === undefined)
    throw new Error(`no ${kind} in ${messages.map(message => message.kind).join(', ')}`)
  return found
}
