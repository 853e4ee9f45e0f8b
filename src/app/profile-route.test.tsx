import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { createWorld, onTheWay, signedIn, signInByPopup } from '../session/signed-in.test-data.ts'
import { Around, compositionOf } from './around.test-data.tsx'
import ProfileRoute from './profile-route.tsx'
// What the profile loads when it is there is at hand.
import './more-ways.tsx'
import './profile-tokens.tsx'

afterEach(cleanup)

/** On the profile, with another token chosen and scopes typed. */
async function typed() {
  const world = await createWorld()
  const page = await signedIn(world)
  render(
    <Around composition={compositionOf(page)} path="/profile">
      <ProfileRoute />
    </Around>,
  )
  await userEvent.click(await screen.findByText('More ways to sign in'))
  await userEvent.type(screen.getByLabelText('More scopes'), 'orders:read')
  await userEvent.click(await screen.findByRole('tab', { name: 'ID' }))
  return { world, page }
}

const scopes = () => screen.getByLabelText<HTMLInputElement>('More scopes')
const isChosen = () => screen.getByRole('tab', { name: 'ID' }).getAttribute('aria-selected')

test('a popup that is closed leaves what was typed, the chosen token, and the focus', async () => {
  const { page } = await typed()
  const button = screen.getByRole('button', { name: 'In a popup' })
  await userEvent.click(button)
  const popup = await act(() => page.tab.opened('popups'))
  expect(page.state().status).toBe('signing_in')
  expect(document.activeElement).toBe(button)
  await userEvent.click(button)
  await act(async () => {
    page.client.stopWaiting()
    await page.until(session => session.status === 'signed_in')
  })
  expect(popup.isClosed).toBe(true)
  expect(page.tab.popups.length).toBe(1)
  expect(scopes().value).toBe('orders:read')
  expect(scopes().closest('details')?.open).toBe(true)
  expect(isChosen()).toBe('true')
  expect(document.activeElement).toBe(button)
})

test('a profile that is asked for again leaves them too', async () => {
  const { world, page } = await typed()
  const arrive = onTheWay(world, 'userinfo')
  await act(async () => void page.client.loadProfile())
  expect(page.state().profile.status).toBe('loading')
  expect(isChosen()).toBe('true')
  arrive()
  await act(() => page.until(({ profile }) => profile.status === 'ready'))
  expect(scopes().value).toBe('orders:read')
  expect(isChosen()).toBe('true')
})

test('for another person nothing of it stays', async () => {
  const { world, page } = await typed()
  await act(() => signInByPopup(world, page, 'bob'))
  await act(() => page.until(({ profile }) => profile.status === 'ready'))
  expect(page.state().claims?.sub).toBe('bob')
  await screen.findByText('More ways to sign in')
  expect(scopes().value).toBe('')
})
