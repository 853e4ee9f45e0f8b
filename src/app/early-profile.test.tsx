import { cleanup, render, screen } from '@testing-library/react'
import { Suspense } from 'react'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { browserPorts } from '../session/browser-ports.ts'
import { createClient } from '../session/client.ts'
import { SessionProvider } from '../session/session-provider.tsx'
import { EarlyProfile, preloadProfile } from './early-profile.tsx'

// jsdom does not say it.
beforeEach(() => void vi.stubGlobal('isSecureContext', true))
afterEach(cleanup)

function show() {
  const client = createClient({
    config: () => Promise.reject(new Error('not asked for')),
    ports: browserPorts({ basePath: '/' }),
  })
  render(
    <MemoryRouter>
      <SessionProvider client={client}>
        <Suspense fallback="Loading the page">
          <EarlyProfile />
        </Suspense>
      </SessionProvider>
    </MemoryRouter>,
  )
}

test('a profile whose code is here is shown in the first render; before, it is waited for', async () => {
  show()
  expect(screen.queryByText('Loading the page')).not.toBeNull()
  cleanup()
  await preloadProfile()
  show()
  expect(screen.queryByText('Loading the page')).toBeNull()
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Looking for your session')
})
