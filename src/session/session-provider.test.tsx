// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { StrictMode, useEffect, useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  RequireSession,
  SessionProvider,
  useAuthorizedFetch,
  useClient,
  useProfile,
  useSession,
} from './session-provider.tsx'
import { boot, comeBack, createWorld, leave, openPage, type Page, signedIn } from './signed-in.test-data.ts'
import { createSessionStore } from './store.ts'

afterEach(cleanup)

const api = 'https://op.example/userinfo'
const show = (page: Page, children: React.ReactNode) =>
  render(
    <StrictMode>
      <SessionProvider client={page.client}>{children}</SessionProvider>
    </StrictMode>,
  )

/** Counts renders; StrictMode renders twice for each reason. */
const counter = () => {
  const counts = new Map<string, number>()
  return {
    count: (name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1),
    since: () => {
      const before = new Map(counts)
      return (name: string) => (counts.get(name) ?? 0) - (before.get(name) ?? 0)
    },
  }
}

describe('useSession', () => {
  it('gives all of it, or the part that was chosen', async () => {
    const page = await signedIn(await createWorld())
    function Name() {
      const session = useSession()
      const name = useSession(each => each.claims?.name)
      return <p>{`${session.status} ${String(name)} ${session.scope}`}</p>
    }
    show(page, <Name />)
    expect(screen.getByText('signed_in alice openid profile email')).toBeDefined()
  })

  it('renders again only when what it reads has changed', async () => {
    const page = await signedIn(await createWorld())
    const { count, since } = counter()
    function Name() {
      useSession(each => each.claims?.sub)
      count('name')
      return null
    }
    function Pair() {
      useSession(({ status, issuer }) => ({ status, issuer }))
      count('pair')
      return null
    }
    function Count() {
      const renewals = useSession(each => each.renewals)
      count('renewals')
      return <output>{renewals}</output>
    }
    function Caller() {
      const { reload } = useProfile()
      const call = useAuthorizedFetch()
      count('profile')
      useEffect(() => count('reload'), [reload])
      useEffect(() => count('fetch'), [call])
      return null
    }
    show(
      page,
      <>
        <Name />
        <Pair />
        <Count />
        <Caller />
      </>,
    )
    const rendered = since()
    await act(() => page.client.renew())
    await act(() => page.client.renew())
    expect(screen.getByRole('status').textContent).toBe('2')
    expect(['name', 'pair', 'profile', 'reload', 'fetch'].map(rendered)).toEqual([0, 0, 0, 0, 0])
    expect(rendered('renewals')).toBe(4)
  })

  it('says what is missing when nothing is above it', () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => {})
    function Lost() {
      useClient()
      return null
    }
    expect(() => render(<Lost />)).toThrow(/<SessionProvider>/)
    expect(quiet).toHaveBeenCalled()
  })
})

describe('useProfile', () => {
  function Profile() {
    const { status, claims, error, source, reload } = useProfile()
    return (
      <>
        <p>{`${status} ${source} ${String(claims?.['email'])} ${error?.code}`}</p>
        <button type="button" onClick={() => void reload()}>
          Again
        </button>
      </>
    )
  }

  it('gives the profile, its failure, and a way to ask again', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    show(page, <Profile />)
    expect(screen.getByText('ready userinfo alice@op.example undefined')).toBeDefined()
    world.provider.once('userinfo', async () => Response.json({ sub: 'mallory', email: 'm@evil.example' }))
    await userEvent.click(screen.getByText('Again'))
    await act(() => page.until(({ profile }) => profile.status === 'failed'))
    expect(screen.getByText('failed userinfo undefined userinfo_sub_mismatch')).toBeDefined()
    expect(document.body.textContent).not.toContain('evil')
    await userEvent.click(screen.getByText('Again'))
    await act(() => page.until(({ profile }) => profile.status === 'ready'))
    expect(screen.getByText(/^ready/)).toBeDefined()
  })
})

describe('useAuthorizedFetch', () => {
  it('T12: StrictMode mounts twice: two calls of the effect, one session, one refresh for both', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    page.tab.conditions.visible = false
    await world.browser.advance(300_000)
    const asked = world.provider.count('userinfo')
    function Orders() {
      const call = useAuthorizedFetch()
      const [text, setText] = useState('')
      useEffect(() => {
        void call(api)
          .then(response => response.text())
          .then(setText)
      }, [call])
      return <p>{text}</p>
    }
    show(page, <Orders />)
    expect(await screen.findByText(/alice@op\.example/)).toBeDefined()
    expect([world.provider.count('refresh'), world.provider.count('userinfo') - asked]).toEqual([1, 2])
    expect(world.browser.timers()).toHaveLength(1)
  })
})

describe('RequireSession', () => {
  const guarded = (
    <RequireSession
      pending={<p>Wait</p>}
      signedOut={signIn => (
        <button type="button" onClick={() => void signIn({ returnTo: '/orders' })}>
          Sign in
        </button>
      )}
    >
      <p>Secret</p>
    </RequireSession>
  )
  const shown = () => document.body.textContent

  it('waits, offers the way in, waits while one leaves, shows', async () => {
    const world = await createWorld()
    const page = openPage(world)
    show(page, guarded)
    expect(shown()).toBe('Wait')
    await act(() => boot(page))
    expect(shown()).toBe('Sign in')
    await userEvent.click(screen.getByText('Sign in'))
    await act(() => page.tab.until('authorization_request'))
    expect(shown()).toBe('Wait')
    cleanup()
    const url = page.tab.navigations[0]?.url ?? (await leave(page))
    const back = await comeBack(world, page, world.provider.authorize(url))
    show(back.page, guarded)
    expect([shown(), back.path]).toEqual(['Secret', '/orders'])
  })

  it('LOUT-09: hides at once when one signs out', async () => {
    const page = await signedIn(await createWorld())
    show(page, guarded)
    expect(shown()).toBe('Secret')
    let leaving: Promise<void> | undefined
    act(() => {
      leaving = page.client.signOut()
    })
    expect(shown()).toBe('Wait')
    await act(() => leaving ?? Promise.resolve())
    expect(shown()).not.toContain('Secret')
  })

  it('shows nothing while it waits when nothing was given', () => {
    const store = createSessionStore()
    expect(store.getState().status).toBe('starting')
    const { container } = render(
      <SessionProvider client={{ ...noClient, store }}>
        <RequireSession signedOut={() => <p>out</p>}>in</RequireSession>
      </SessionProvider>,
    )
    expect(container.innerHTML).toBe('')
    act(() => store.setState({ status: 'signed_out' }))
    expect(container.textContent).toBe('out')
  })
})

const nothing = async () => {}
const noClient = {
  boot: async () => null,
  prepare: nothing,
  signIn: nothing,
  signInWithPopup: nothing,
  signOut: nothing,
  renew: nothing,
  fetch: async () => new Response(),
  loadProfile: nothing,
  dismissError: () => {},
  stop: () => {},
}
