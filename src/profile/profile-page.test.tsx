import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { SessionProvider } from '../session/session-provider.tsx'
import { createWorld, type Page, signedIn } from '../session/signed-in.test-data.ts'
import { AccessTokenClock } from './access-token-clock.tsx'
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

const a = { email: 'a@example.com' }
const b = { email: 'b@example.com' }
const verified = { email_verified: true }

test.each([
  ['the API gives another address than the ID token vouches for', { ...a, ...verified }, b, false],
  ['the API vouches for the address that it gives', a, { ...b, ...verified }, true],
  ['the ID token vouches for the address that both give', { ...a, ...verified }, a, true],
  [
    'the API takes back what the ID token says',
    { ...a, ...verified },
    { ...a, email_verified: false },
    false,
  ],
  ['the API gives no address', { ...a, ...verified }, {}, true],
  ['the API gives no address, and calls it verified', a, verified, false],
])('UINF-05: %s', async (_, inToken, inProfile, isVerified) => {
  const { client, state } = await signedIn(await createWorld())
  const { profile } = state()
  const own = { iss: '', sub: 'alice', aud: '', exp: 0, iat: 0 }
  client.store.setState({ claims: { ...own, ...inToken }, profile: { ...profile, claims: inProfile } })
  render(
    <SessionProvider client={client}>
      <PersonHead onRenew={async () => {}} />
    </SessionProvider>,
  )
  expect(screen.queryByText('verified') !== null).toBe(isVerified)
})

test('that nothing can renew the token is said when it is known, not before', async () => {
  const { client, state } = await signedIn(await createWorld())
  const { accessToken } = state()
  client.store.setState({ renewal: 'idle', accessToken: accessToken && { ...accessToken, renewAt: null } })
  render(
    <SessionProvider client={client}>
      <AccessTokenClock headingId="token" onRenew={async () => {}} />
    </SessionProvider>,
  )
  const said = () => document.querySelector('small')?.textContent
  expect(said()).toMatch(/^of [\d:]+ left\.\s*$/)
  act(() => client.store.setState({ renewal: 'unavailable' }))
  expect(said()).toMatch(/Nothing can renew it silently\.$/)
})
