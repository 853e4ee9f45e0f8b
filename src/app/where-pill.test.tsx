import { act, cleanup, render, screen } from '@testing-library/react'
import { MemoryRouter } from 'react-router'
import { afterEach, expect, test } from 'vitest'
import { clientConfig } from '../oauth/client.test-data.ts'
import { SessionProvider } from '../session/session-provider.tsx'
import { createWorld, openPage } from '../session/signed-in.test-data.ts'
import { createRecorder } from '../trace/recorder.ts'
import { CompositionProvider } from './composition-context.tsx'
import { pausable } from './debugger-access.ts'
import WherePill from './where-pill.tsx'

afterEach(cleanup)

async function show(answers: boolean) {
  const { client } = openPage(await createWorld())
  const storage = { get: () => null, set: () => true, remove: () => {} }
  const recorder = createRecorder({ storage, now: () => 0, tabId: 't' })
  const composition = {
    client,
    recorder,
    pause: pausable(recorder.observe),
    config: Promise.resolve({ config: clientConfig(), source: 'stored' as const }),
    arrived: Promise.resolve(null),
    providerAnswers: Promise.resolve(answers),
  }
  await act(async () => {
    render(
      <CompositionProvider composition={composition}>
        <SessionProvider client={client}>
          <MemoryRouter>
            <WherePill />
          </MemoryRouter>
        </SessionProvider>
      </CompositionProvider>,
    )
  })
  return client
}

const isBad = () => document.querySelector('.app-where-bad') !== null
const name = () => screen.getByRole('link').textContent

test('the dot is green while the provider answers', async () => {
  await show(true)
  expect(isBad()).toBe(false)
  expect(name()).toBe('op.example')
})

test('a provider that could not be asked is marked, and said', async () => {
  await show(false)
  expect(isBad()).toBe(true)
  expect(name()).toBe('op.example, does not answer')
})

test('a session that waits for the network marks it, and one that goes on takes the mark away', async () => {
  const { store } = await show(true)
  act(() => store.setState({ status: 'signed_in', renewal: 'reconnecting' }))
  expect(isBad()).toBe(true)
  act(() => store.setState({ renewal: 'idle' }))
  expect(isBad()).toBe(false)
})

test('a sign-in that met nobody marks it; a denial does not', async () => {
  const { store } = await show(true)
  const error = { code: 'discovery_fetch_failed', hints: ['network_unreachable'] }
  act(() => store.setState({ status: 'signed_out', error }))
  expect(isBad()).toBe(true)
  act(() => store.setState({ error: { code: 'auth_response_access_denied' } }))
  expect(isBad()).toBe(false)
})
