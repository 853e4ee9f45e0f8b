import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { createWorld, openPage } from '../session/signed-in.test-data.ts'
import { Around, compositionOf } from './around.test-data.tsx'
import WherePill from './where-pill.tsx'

afterEach(cleanup)

async function show(answers: boolean) {
  const page = openPage(await createWorld())
  await act(async () => {
    render(
      <Around composition={compositionOf(page, { providerAnswers: Promise.resolve(answers) })}>
        <WherePill />
      </Around>,
    )
  })
  return page.client
}

const isBad = () => document.querySelector('.app-where-bad') !== null
const name = () => screen.getByRole('link').textContent

test('the dot is green while the provider answers', async () => {
  await show(true)
  expect(isBad()).toBe(false)
  expect(name()).toBe('op.example')
})

test('a provider that gave no sign-in, for whatever reason, is marked, and that is said', async () => {
  await show(false)
  expect(isBad()).toBe(true)
  expect(name()).toBe('op.example, could not be used')
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
