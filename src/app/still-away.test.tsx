import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { awayTooLong } from '../doctor/still-at-the-provider.ts'
import { createDebugger } from '../pause/debugger.ts'
import { DebuggerProvider } from '../pause/use-debugger.tsx'
import { SessionProvider } from '../session/session-provider.tsx'
import { createWorld, openPage } from '../session/signed-in.test-data.ts'
import StillAway from './still-away.tsx'

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

test('a message that is held waits for the person: only what was sent can be at the provider', async () => {
  const { client } = openPage(await createWorld())
  const storage = { get: () => null, set: () => true, remove: () => undefined }
  const pausing = createDebugger({ storage, observe: () => undefined, now: () => 0 })
  pausing.pauseEach(true)
  const url = 'https://id.example/authorize'
  const message = { type: 'navigation', purpose: 'authorization', method: 'GET', url, body: null } as const
  const gone = pausing.hold(message, { id: 'f', type: 'sign_in' })
  vi.useFakeTimers()
  render(
    <SessionProvider client={client}>
      <DebuggerProvider
        access={{ subscribe: pausing.subscribe, get: () => pausing, load: async () => pausing }}
      >
        <StillAway />
      </DebuggerProvider>
    </SessionProvider>,
  )
  const note = () => screen.queryByText(/^Still at the provider\?/)
  const wait = () => act(async () => vi.advanceTimersByTime(awayTooLong))
  await wait()
  expect(note()).toBeNull()
  await act(async () => pausing.send(message))
  await gone
  await wait()
  expect(note()).toBeTruthy()
})
