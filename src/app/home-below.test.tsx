import { cleanup, render, screen, within } from '@testing-library/react'
import { MemoryRouter } from 'react-router'
import { afterEach, expect, test } from 'vitest'
import { experiments } from '../experiments/list.ts'
import { SessionProvider } from '../session/session-provider.tsx'
import { createWorld, openPage } from '../session/signed-in.test-data.ts'
import { HomeBelow } from './home-below.tsx'
import { HomePicture } from './home-picture.tsx'

afterEach(cleanup)

test('what can be broken leads to attacks that there are', async () => {
  const { client } = openPage(await createWorld())
  render(
    <SessionProvider client={client}>
      <MemoryRouter>
        <HomeBelow />
      </MemoryRouter>
    </SessionProvider>,
  )
  const links = within(screen.getByRole('navigation', { name: 'Then break it' })).getAllByRole('link')
  const named = links.map(link => new URL(link.getAttribute('href') ?? '', 'http://localhost').searchParams)
  const known = new Set(experiments.map(each => each.id))
  expect(named.map(each => each.get('experiment')).filter(id => id !== null && known.has(id))).toHaveLength(2)
  expect(links).toHaveLength(3)
})

test('the picture says in words what it shows', () => {
  render(<HomePicture />)
  const picture = screen.getByRole('figure', { name: 'A secret and its hash' })
  for (const words of ['the secret', 'no way back', 'its hash']) expect(picture.textContent).toContain(words)
})
