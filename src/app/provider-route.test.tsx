import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { parseClientConfig } from '../oauth/client-config.ts'
import type { Step } from '../oauth/step.ts'
import { createWorld, openPage } from '../session/signed-in.test-data.ts'
import { clientId, issuer, scope, signIn } from '../trace/fixtures.test-data.ts'
import { createRecorder, type Recorder } from '../trace/recorder.ts'
import { Around, compositionOf } from './around.test-data.tsx'
import ProviderRoute from './provider-route.tsx'

/** A busy machine is only slow. */
const patient = { timeout: 20_000 }

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

// The page asks the browser when its code is loaded, and jsdom has no word for it.
vi.hoisted(() => vi.stubGlobal('isSecureContext', true))

function recorderOf(steps: readonly Step[] = []) {
  const storage = { get: () => null, set: () => true, remove: () => {} }
  const recorder = createRecorder({ storage, now: Date.now, tabId: 't' })
  for (const step of steps) recorder.observe(step)
  return recorder
}

async function show(recorder: Recorder) {
  // Nobody answers here: what is known comes from the trace.
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  const { client } = openPage(await createWorld())
  const config = parseClientConfig({ issuer, client_id: clientId, scope }, location.origin)
  const loaded = { config, source: 'config.json' } as const
  const composition = compositionOf({ client, config }, { recorder, config: Promise.resolve(loaded) })
  render(
    <Around composition={composition} path="/provider">
      <ProviderRoute />
    </Around>,
  )
  return client.store
}

test('AREQ-03: a check that begins with the page knows of the sign-in that an earlier page recorded', async () => {
  const { steps } = await signIn()
  const recorder = recorderOf()
  let read = () => {}
  const settled = new Promise<void>(done => {
    read = done
  })
  await show({ ...recorder, settled: () => settled })
  await screen.findByRole('progressbar', {}, patient)
  act(() => {
    for (const step of steps) recorder.observe(step)
  })
  expect(screen.queryByRole('heading', { name: 'Doctor' })).toBeNull()
  read()
  await screen.findByRole('heading', { name: 'Doctor' }, patient)
  await waitFor(
    () => expect(document.querySelector('[data-finding=redirect_registered]')).toBeTruthy(),
    patient,
  )
})

test('RESP-12: a second failure with the words of the first is told with its own times', async () => {
  const [first, second] = [await signIn({ failAt: 'token_grant' }), await signIn({ failAt: 'token_grant' })]
  const late = second.steps.map(step => {
    const isAfter = step.kind === 'token_request' || step.kind === 'failed'
    return isAfter ? { ...step, at: step.at + 12 * 60_000 } : step
  })
  const recorder = recorderOf(first.steps)
  const store = await show(recorder)
  const error = { code: 'token_response_error', protocolError: 'invalid_grant' }
  const age = () => document.querySelector('[data-cause=grant_code_expired] .doctor-cause-seen')?.textContent
  act(() => store.setState({ error }))
  await waitFor(() => expect(age()).toMatch(/^sent \d+ ms after it came/), patient)
  act(() => {
    for (const step of late) recorder.observe(step)
  })
  await waitFor(() => expect(age()).toMatch(/^sent 12:00/), patient)
})
