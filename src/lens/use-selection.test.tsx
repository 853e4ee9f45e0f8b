import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test, vi } from 'vitest'
import { sequence } from '../sequence/sequence.ts'
import { signIn } from '../trace/fixtures.test-data.ts'
import { createRecorder } from '../trace/recorder.ts'
import { TraceProvider, useTrace } from '../trace/trace-provider.tsx'
import { recorderOf } from './lens.test-data.tsx'
import { useSelection } from './use-selection.tsx'

/** A page of a tab that was loaded again, opened with this message in its address; what was stored is not read yet. */
async function reload(selected: string) {
  const kept = new Map<string, string>()
  const storage = {
    get: (key: string) => kept.get(key) ?? null,
    set: (key: string, value: string) => kept.set(key, value).has(key),
    remove: (key: string) => void kept.delete(key),
  }
  const page = () => createRecorder({ storage, now: () => 0, tabId: 'tab' })
  const before = page()
  for (const step of (await signIn({ failAt: 'token_grant' })).steps) before.observe(step)
  await before.settled()
  const recorder = page()
  const onSelect = vi.fn<(id: string | null) => void>()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <TraceProvider recorder={recorder}>{children}</TraceProvider>
  )
  const { result, rerender } = renderHook(
    ({ id }) => useSelection(sequence(useTrace(), null, recorder.fingerprint), id, onSelect, false),
    { wrapper, initialProps: { id: selected } },
  )
  expect([result.current, onSelect.mock.calls]).toEqual([null, []])
  const read = () => act(() => recorder.settled())
  return { result, rerender, onSelect, read }
}

test('a message that was chosen before a reload stays chosen, also where a later one failed', async () => {
  const { result, onSelect, read } = await reload('e5')
  await read()
  expect(result.current?.id).toBe('e5')
  expect(onSelect).not.toHaveBeenCalled()
})

test('what is held is shown though nobody has begun', async () => {
  const ahead = (await signIn()).steps.find(step => step.kind === 'discovery_request')
  if (ahead === undefined) throw new Error('no discovery')
  const { request, at } = ahead
  const message = { type: 'request', purpose: 'discovery', request } as const
  const recorder = await recorderOf([{ kind: 'held', flow: 'p', flowType: 'prepare', at, message }])
  const messages = sequence(recorder.getTrace(), null, recorder.fingerprint)
  const { result } = renderHook(() => useSelection(messages, null, () => {}, false), {
    wrapper: ({ children }) => <TraceProvider recorder={recorder}>{children}</TraceProvider>,
  })
  expect(result.current?.status).toBe('paused')
})

test('a message that nobody knows is let go once the stored story is read', async () => {
  const { onSelect, read } = await reload('e999')
  await read()
  expect(onSelect.mock.calls).toEqual([[null]])
})
