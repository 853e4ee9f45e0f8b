import { cleanup, render, screen } from '@testing-library/react'
import { MemoryRouter } from 'react-router'
import { afterEach, expect, test } from 'vitest'
import { SessionProvider } from '../session/session-provider.tsx'
import { createWorld, openPage } from '../session/signed-in.test-data.ts'
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
