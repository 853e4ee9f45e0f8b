import { act, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { signIn } from './fixtures.test-data.ts'
import { createRecorder } from './recorder.ts'
import { TraceProvider, useRecorder, useTrace } from './trace-provider.tsx'

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

test('without a provider it says what is missing', () => {
  expect(() => render(<Count />)).toThrow('TraceProvider')
})
