import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test, vi } from 'vitest'
import type { HeldMessage } from '../oauth/step.ts'
import { createRecorder } from '../trace/recorder.ts'
import { TraceProvider } from '../trace/trace-provider.tsx'
import type { Held } from './debugger.ts'
import { withField } from './draft.ts'
import { useDraft } from './use-draft.tsx'
import { useLiveEdit } from './use-live-edit.tsx'

const message: HeldMessage = { type: 'callback', url: 'http://localhost:5173/callback?code=abc&state=s1' }
const held: Held = { message, kind: 'authorization_response', flow: 'f', serial: 1 }

function open() {
  const storage = { get: () => null, set: () => true, remove: () => undefined }
  const recorder = createRecorder({ storage, now: () => 0, tabId: 'tab' })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <TraceProvider recorder={recorder}>{children}</TraceProvider>
  )
  return renderHook(
    () => {
      const draft = useDraft(held)
      return { draft, live: useLiveEdit(held, draft) }
    },
    { wrapper },
  )
}

test('what is typed is marked in the picture at once, and its hash is made anew', async () => {
  const { result } = open()
  expect(result.current.live).toBeNull()
  const { draft } = result.current
  await act(async () => draft.change(withField(message, draft.draft, 'query:state:0', 'secret')))
  const marks = () =>
    result.current.live?.carried?.map(({ value, tampered }) => (tampered ? `${value}~` : value))
  expect(result.current.live).toMatchObject({ flow: 'f', tampered: ['state'] })
  expect(marks()).toEqual(['code', 'state~'])
  const print = () => result.current.live?.carried?.find(({ value }) => value === 'state')?.fingerprint
  await vi.waitFor(() => expect(print()).toMatch(/^2bb80d53/))
  await act(async () =>
    result.current.draft.change(withField(message, result.current.draft.draft, 'query:state:0', null)),
  )
  expect(marks()).toEqual(['code'])
  await act(async () =>
    result.current.draft.change(withField(message, result.current.draft.draft, 'query:state:0', 's1')),
  )
  expect(result.current.live).toBeNull()
})

test('a whole text that cannot be read leaves the picture as it is, but for the count', async () => {
  const { result } = open()
  await act(async () => result.current.draft.change({ ...result.current.draft.draft, raw: 'nothing' }))
  expect(result.current.live).toEqual({ flow: 'f', carried: null, tampered: ['raw'] })
})
