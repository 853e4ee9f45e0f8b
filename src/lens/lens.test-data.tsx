/** Stories in a recorder, and the providers that the lens stands in, for the tests of this room. */
import type { ReactNode } from 'react'
import { RevealProvider } from '../inspector/reveal-context.tsx'
import { ThreadProvider } from '../inspector/thread-context.tsx'
import type { Step } from '../oauth/step.ts'
import { expectation } from '../sequence/fixtures.test-data.ts'
import type { Message } from '../sequence/message.ts'
import { sequence } from '../sequence/sequence.ts'
import { refresh, signIn } from '../trace/fixtures.test-data.ts'
import { createRecorder, type Recorder } from '../trace/recorder.ts'
import { TraceProvider } from '../trace/trace-provider.tsx'

export { expectation }

export async function recorderOf(steps: readonly Step[]): Promise<Recorder> {
  const kept = new Map<string, string>()
  const recorder = createRecorder({
    storage: {
      get: key => kept.get(key) ?? null,
      set: (key, value) => kept.set(key, value).has(key),
      remove: key => void kept.delete(key),
    },
    now: () => 0,
    tabId: 'tab',
  })
  for (const step of steps) recorder.observe(step)
  await recorder.settled()
  return recorder
}

export async function messagesOf(steps: readonly Step[]): Promise<Message[]> {
  const recorder = await recorderOf(steps)
  return sequence(recorder.getTrace(), expectation, recorder.fingerprint)
}

/** A sign-in and one renewal. */
export async function signedInSteps(): Promise<readonly Step[]> {
  const first = await signIn()
  const grown = await refresh(first.flow, first.values.refreshToken)
  return [...first.steps, ...grown.steps]
}

export function Around({ recorder, children }: { recorder: Recorder; children: ReactNode }) {
  return (
    <TraceProvider recorder={recorder}>
      <ThreadProvider>
        <RevealProvider>{children}</RevealProvider>
      </ThreadProvider>
    </TraceProvider>
  )
}
