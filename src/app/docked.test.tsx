import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { createWorld, onTheWay, signedIn } from '../session/signed-in.test-data.ts'
import { Around, compositionOf } from './around.test-data.tsx'
import { Docked } from './docked.tsx'
// What is docked is at hand.
import './docked-lens.tsx'

afterEach(cleanup)

test('the lens that is there stays while the profile is asked for again', async () => {
  const world = await createWorld()
  const page = await signedIn(world)
  render(
    <Around composition={compositionOf(page)} path="/profile">
      <Docked>The page</Docked>
    </Around>,
  )
  const lens = await screen.findByRole('heading', { name: 'Lens' })
  const arrive = onTheWay(world, 'userinfo')
  await act(async () => void page.client.loadProfile())
  expect(page.state().profile.status).toBe('loading')
  expect(screen.queryByRole('progressbar')).toBeNull()
  expect(screen.getByRole('heading', { name: 'Lens' })).toBe(lens)
  arrive()
  await act(() => page.until(({ profile }) => profile.status === 'ready'))
  expect(screen.getByRole('heading', { name: 'Lens' })).toBe(lens)
})
