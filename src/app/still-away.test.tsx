import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { awayTooLong } from '../doctor/still-at-the-provider.ts'
import { createDebugger } from '../pause/debugger.ts'
import { DebuggerProvider } from '../pause/use-debugger.tsx'
import type { Client } from '../session/client.ts'
import { SessionProvider } from '../session/session-provider.tsx'
import { createWorld, openPage, signedIn } from '../session/signed-in.test-data.ts'
import StillAway from './still-away.tsx'

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const storage = { get: () => null, set: () => true, remove: () => undefined }
const waiting = () => act(async () => vi.advanceTimersByTime(awayTooLong))

function show(client: Client, debug = createDebugger({ storage, observe: () => undefined, now: () => 0 })) {
  vi.useFakeTimers()
  render(
    <SessionProvider client={client}>
      <DebuggerProvider access={{ subscribe: debug.subscribe, get: () => debug, load: async () => debug }}>
        <StillAway />
      </DebuggerProvider>
    </SessionProvider>,
  )
}

test('LOUT-01: a sign-out that the provider does not answer has an end, and says what holds already', async () => {
  const { client } = await signedIn(await createWorld())
  await client.signOut()
  expect(client.store.getState().status).toBe('signing_out')
  show(client)
  const region = screen.getByRole('status')
  expect(region.textContent).toBe('')
  await waiting()
  expect(screen.getByText(/^You are signed out here\./).parentElement).toBe(region)
  await act(async () => screen.getByRole('button', { name: 'Stop waiting' }).click())
  expect(client.store.getState().status).toBe('signed_out')
})

test('a message that is held waits for the person: only what was sent can be at the provider', async () => {
  const { client } = openPage(await createWorld())
  const pausing = createDebugger({ storage, observe: () => undefined, now: () => 0 })
  pausing.pauseEach(true)
  const url = 'https://id.example/authorize'
  const message = { type: 'navigation', purpose: 'authorization', method: 'GET', url, body: null } as const
  const gone = pausing.hold(message, { id: 'f', type: 'sign_in' })
  show(client, pausing)
  const note = () => screen.queryByText(/^Still at the provider\?/)
  await waiting()
  expect(note()).toBeNull()
  await act(async () => pausing.send(message))
  await gone
  await waiting()
  expect(note()).toBeTruthy()
})
