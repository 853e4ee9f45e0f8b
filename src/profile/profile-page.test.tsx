import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { SessionProvider } from '../session/session-provider.tsx'
import { createWorld, type Page, signedIn } from '../session/signed-in.test-data.ts'
import { ClaimsTable } from './claims-table.tsx'
import { PersonHead } from './person-head.tsx'

afterEach(cleanup)

/** Signed in, with this answer of UserInfo beside what it has to say. */
async function withProfile(more: Readonly<Record<string, unknown>>): Promise<Page> {
  const page = await signedIn(await createWorld())
  const { profile } = page.state()
  page.client.store.setState({ profile: { ...profile, claims: { ...profile.claims, ...more } } })
  return page
}

test('of three hundred claims two hundred are drawn, and the others when they are asked for', async () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`claim_${at}`, at]))
  const { client } = await withProfile(many)
  render(
    <SessionProvider client={client}>
      <ClaimsTable />
    </SessionProvider>,
  )
  const rows = () => document.querySelectorAll('tbody tr').length
  expect(rows()).toBe(200)
  await userEvent.click(screen.getByRole('button', { name: /^Show all 3\d\d claims$/ }))
  expect(rows()).toBeGreaterThan(300)
  expect(screen.queryByRole('button')).toBeNull()
})

test.each([
  ['https://op.example', 'https://pictures.example/a.png', true],
  ['https://op.example', 'http://pictures.example/a.png', false],
  ['https://op.example', 'http://localhost:2375/a.png', false],
  ['https://op.example', 'https://127.0.0.1/a.png', false],
  ['http://localhost:9000', 'http://localhost:9000/a.png', true],
  ['http://localhost:9000', 'javascript:alert(1)', false],
])('a provider at %s: the picture %s is loaded: %s', async (issuer, picture, isLoaded) => {
  const { client } = await withProfile({ picture })
  client.store.setState({ issuer })
  render(
    <SessionProvider client={client}>
      <PersonHead onRenew={async () => {}} />
    </SessionProvider>,
  )
  expect(document.querySelector('img') !== null).toBe(isLoaded)
})
