import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { signIn } from './fixtures.test-data.ts'
import { createRecorder } from './recorder.ts'
import { TraceProvider, useRecorder, useTrace } from './trace-provider.tsx'

afterEach(cleanup)

function Count() {
  const trace = useTrace()
  const recorder = useRecorder()
  return (
    <p>
      {trace.entries.length} of {recorder.getTrace().entries.length}
    </p>
  )
}

test('useTrace shows what happened and follows it', async () => {
  const storage = { get: () => null, set: () => true, remove: () => undefined }
  const recorder = createRecorder({ storage, now: () => 0, tabId: 't' })
  render(
    <TraceProvider recorder={recorder}>
      <Count />
    </TraceProvider>,
  )
  expect(screen.getByText('0 of 0')).toBeDefined()
  const { steps } = await signIn()
  await act(async () => {
    for (const step of steps) recorder.observe(step)
    await recorder.settled()
  })
  expect(screen.getByText(`${steps.length} of ${steps.length}`)).toBeDefined()
})

test('somebody who looks sees at once what an earlier page of this tab stored', async () => {
  const kept = new Map<string, string>()
  const storage = {
    get: (key: string) => kept.get(key) ?? null,
    set: (key: string, value: string) => Boolean(kept.set(key, value)),
    remove: (key: string) => void kept.delete(key),
  }
  const { steps } = await signIn()
  const earlier = createRecorder({ storage, now: () => 0, tabId: 't' })
  for (const step of steps) earlier.observe(step)
  await earlier.settled()
  // No timer ends the first rest.
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  try {
    const recorder = createRecorder({ storage, now: () => 0, tabId: 't' })
    render(
      <TraceProvider recorder={recorder}>
        <Count />
      </TraceProvider>,
    )
    await act(() => new Promise<void>(done => recorder.subscribe(done)))
    expect(screen.getByText(`${steps.length} of ${steps.length}`)).toBeDefined()
  } finally {
    vi.useRealTimers()
  }
})

test('without a provider it says what is missing', () => {
  expect(() => render(<Count />)).toThrow('TraceProvider')
})
