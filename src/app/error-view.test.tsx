import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { MemoryRouter } from 'react-router'
import { afterEach, expect, test, vi } from 'vitest'
import { SessionProvider } from '../session/session-provider.tsx'
import { createWorld, openPage, signedIn } from '../session/signed-in.test-data.ts'
import ErrorView from './error-view.tsx'

afterEach(cleanup)

async function buttons(code: string): Promise<(string | null)[]> {
  const { client } = openPage(await createWorld())
  render(
    <SessionProvider client={client}>
      <MemoryRouter>
        <ErrorView error={{ code }} />
      </MemoryRouter>
    </SessionProvider>,
  )
  return screen.getAllByRole('button').map(each => each.textContent)
}

test.each([
  ['discovery_fetch_failed', 'Sign in again'],
  ['auth_response_access_denied', 'Sign in again'],
  ['config_unreadable', 'Try again'],
])('%s has one way on: %s', async (code, way) => {
  expect(await buttons(code)).toEqual([way])
})

test.each([
  [
    'BEAR-05',
    403,
    'insufficient_scope", scope="orders:read',
    'Sign in with this scope',
    ['scope', /orders:read/],
  ],
  [
    'BEAR-09',
    401,
    'insufficient_user_authentication", acr_values="gold", max_age="60',
    'Sign in as the API asks',
    ['acr_values', /gold/],
  ],
] as const)(
  '%s: a profile that wants more (%s %s) is asked for it: %s',
  async (_, status, challenge, way, asked) => {
    const world = await createWorld()
    const page = await signedIn(world)
    world.provider.once('userinfo', () =>
      Response.json({}, { status, headers: { 'www-authenticate': `Bearer error="${challenge}"` } }),
    )
    await page.client.loadProfile()
    const { error } = page.state().profile
    render(
      <SessionProvider client={page.client}>
        <MemoryRouter>
          {error && (
            <ErrorView
              error={error}
              retry={{ label: 'Load the profile again', run: page.client.loadProfile }}
            />
          )}
        </MemoryRouter>
      </SessionProvider>,
    )
    expect(
      screen
        .getAllByRole('button')
        .slice(0, 2)
        .map(each => each.textContent),
    ).toEqual([way, 'Load the profile again'])
    const named = screen.queryByText(/^This asks the provider for:/)?.textContent
    expect(named).toBe(asked[0] === 'scope' ? 'This asks the provider for: orders:read' : undefined)
    await userEvent.click(screen.getByText(way))
    const { url } = await vi.waitUntil(() => page.tab.navigations[0])
    expect(new URL(url).searchParams.get(asked[0])).toMatch(asked[1])
  },
)
