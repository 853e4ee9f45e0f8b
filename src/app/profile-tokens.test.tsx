import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { boot, createWorld, openPage, signedIn } from '../session/signed-in.test-data.ts'
import { Around, compositionOf } from './around.test-data.tsx'
import ProfileTokens from './profile-tokens.tsx'

afterEach(cleanup)

test('after a reload that brought no refresh token the one from before is not shown as this session’s', async () => {
  const world = await createWorld()
  const before = await signedIn(world)
  world.provider.behaviour.refreshToken = 'none'
  const page = openPage(world, before.config, before)
  const composition = compositionOf(page)
  // The story of this tab goes on over the reload.
  for (const step of before.tab.steps) composition.recorder.observe(step)
  const shown = (found: typeof page) => (
    <Around composition={{ ...composition, client: found.client }}>
      <ProfileTokens />
    </Around>
  )
  const { rerender } = render(shown(before))
  await userEvent.click(screen.getByRole('tab', { name: 'Refresh' }))
  expect(screen.getByRole('heading', { name: 'Inside the token' })).toBeTruthy()
  await act(async () => {
    const booting = boot(page, '/profile', true)
    const frame = await page.tab.opened('frames')
    frame.answer(world.provider.authorize(frame.url))
    await booting
  })
  for (const step of page.tab.steps) act(() => composition.recorder.observe(step))
  rerender(shown(page))
  expect(page.state()).toMatchObject({ status: 'signed_in', hasRefreshToken: false })
  expect(screen.getByRole('tabpanel').textContent).toBe('This session has none.')
  await userEvent.click(screen.getByRole('tab', { name: 'Access' }))
  expect(screen.getByRole('heading', { name: 'Inside the token' })).toBeTruthy()
})

test('a token whose answer the trace does not hold was given all the same', async () => {
  const page = await signedIn(await createWorld())
  render(
    <Around composition={compositionOf(page)}>
      <ProfileTokens />
    </Around>,
  )
  expect(screen.getByRole('tabpanel').textContent).toBe(
    'The trace no longer holds the answer that brought it.',
  )
})
