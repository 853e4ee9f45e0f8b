import { act, cleanup, render, screen } from '@testing-library/react'
import { Route, Routes } from 'react-router'
import { afterEach, expect, test, vi } from 'vitest'
import { awayTooLong } from '../doctor/still-at-the-provider.ts'
import type { HeldMessage } from '../oauth/step.ts'
import { createWorld, openPage, type Page, signedIn } from '../session/signed-in.test-data.ts'
import { Around, compositionOf } from './around.test-data.tsx'
import { Shell } from './shell.tsx'
// What the shell loads when it is needed is at hand.
import './held-banner.tsx'
import './signed-out-here.tsx'
import './still-away.tsx'

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

async function show(page: Page) {
  const composition = compositionOf(page)
  await act(async () => {
    render(
      <Around composition={composition} path="/experiments">
        <Routes>
          <Route element={<Shell leadsToProfile={false} />}>
            <Route path="experiments" element={<p>The page</p>} />
          </Route>
        </Routes>
      </Around>,
    )
  })
  return composition
}

/** Presses it as the keyboard does: it has the focus. */
async function press(name: string) {
  const button = await screen.findByRole('button', { name })
  button.focus()
  expect(document.activeElement).toBe(button)
  await act(async () => button.click())
}

const focusIsOnThePage = () => expect(document.activeElement).toBe(screen.getByRole('main'))

test('a sign-out that stays in this app, and its note, hand their focus to the page', async () => {
  const world = await createWorld()
  world.provider.behaviour.metadata = { end_session_endpoint: undefined }
  const page = await signedIn(world)
  await show(page)
  await press('Sign out')
  await act(() => page.until(session => session.status === 'signed_out'))
  focusIsOnThePage()
  await press('Got it')
  focusIsOnThePage()
})

test('a sign-in that is given up hands its focus to the page', async () => {
  const page = openPage(await createWorld())
  await show(page)
  vi.useFakeTimers()
  await act(async () => page.client.store.setState({ status: 'signing_in' }))
  await act(async () => vi.advanceTimersByTime(awayTooLong))
  vi.useRealTimers()
  await press('Stop waiting')
  await act(async () => page.client.store.setState({ status: 'signed_out' }))
  focusIsOnThePage()
})

test('a connection that is back hands the focus of its note to the page', async () => {
  const page = await signedIn(await createWorld())
  await show(page)
  await act(async () => page.client.store.setState({ renewal: 'reconnecting' }))
  await press('Try now')
  await act(() => page.until(session => session.renewal === 'idle'))
  focusIsOnThePage()
})

const url = 'https://op.example/authorize'
const message: HeldMessage = { type: 'navigation', purpose: 'authorization', method: 'GET', url, body: null }

/** @returns resolves when the message went on */
async function hold({ pause }: Awaited<ReturnType<typeof show>>) {
  const pausing = await pause.load()
  pausing.pauseEach(true)
  return pausing.hold(message, { id: 'f', type: 'sign_in' })
}

test('what was held hands the focus of its note to the page', async () => {
  const composition = await show(openPage(await createWorld()))
  const gone = hold(composition)
  await press('Let everything go')
  await act(() => gone)
  focusIsOnThePage()
})

test('a lost connection and a held message are spoken: their region is there before their words', async () => {
  const page = await signedIn(await createWorld())
  const composition = await show(page)
  const before = screen.getAllByRole('status')
  const regionOf = (words: HTMLElement) => words.closest<HTMLElement>('[role=status]')
  await act(async () => page.client.store.setState({ renewal: 'reconnecting' }))
  expect(before).toContain(regionOf(screen.getByText(/^The provider cannot be reached/)))
  void hold(composition)
  expect(before).toContain(regionOf(await screen.findByText(/^A message is held/)))
})
