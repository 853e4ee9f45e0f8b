import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type ReactNode, StrictMode, useEffect, useEffectEvent, useState } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  RequireSession,
  SessionProvider,
  useAuthorizedFetch,
  useClient,
  useProfile,
  useSession,
} from './session-provider.tsx'
import {
  boot,
  comeBack,
  createWorld,
  leave,
  openPage,
  type Page,
  signedIn,
  signInByPopup,
} from './signed-in.test-data.ts'

afterEach(cleanup)

const api = 'https://op.example/userinfo'
const show = (page: Page, children: ReactNode) =>
  render(
    <StrictMode>
      <SessionProvider client={page.client}>{children}</SessionProvider>
    </StrictMode>,
  )
const text = () => document.body.textContent

type Count = (name: string) => void

/** Selectors that make a list, a set and a map each time. */
function Fresh({ count }: { count: () => void }) {
  const scopes = useSession(each => (each.scope ?? '').split(' '))
  const renewals = useSession(each => new Set([each.renewals]))
  const who = useSession(each => new Map([['sub', each.claims?.sub]]))
  count()
  return <p>{`${scopes.join('+')} ${[...renewals].join()} ${who.get('sub')}`}</p>
}

function Same({ count }: { count: () => void }) {
  useSession(each => [each.status, each.issuer])
  useSession(({ clientId }) => ({ clientId }))
  count()
  return null
}

function Status() {
  return useSession(each => each.status)
}

function Form({ onMount }: { onMount: () => void }) {
  const mounted = useEffectEvent(onMount)
  useEffect(() => {
    mounted()
  }, [])
  return <input aria-label="Note" />
}

function Whole() {
  const session = useSession()
  const name = useSession(each => each.claims?.['name'])
  return <p>{`${session.status} ${String(name)} ${session.scope}`}</p>
}

function One({ count }: { count: Count }) {
  useSession(each => each.claims?.sub)
  count('one')
  return null
}

function Pair({ count }: { count: Count }) {
  useSession(({ status, issuer }) => ({ status, issuer }))
  count('pair')
  return null
}

function Renewals({ count }: { count: Count }) {
  const renewals = useSession(each => each.renewals)
  count('renewals')
  return <output>{renewals}</output>
}

const seen = new Set<unknown>()

function Caller({ count }: { count: Count }) {
  const { reload } = useProfile()
  seen.add(reload).add(useAuthorizedFetch())
  count('caller')
  return null
}

function Lost() {
  useClient()
  return null
}

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

function Orders() {
  const call = useAuthorizedFetch()
  const [orders, setOrders] = useState('')
  useEffect(() => {
    void call(api)
      .then(response => response.text())
      .then(setOrders)
  }, [call])
  return <p>{orders}</p>
}

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

describe('useSession', () => {
  it('gives all of it, or the part that was chosen', async () => {
    show(await signedIn(await createWorld()), <Whole />)
    expect(text()).toBe('signed_in alice openid profile email')
  })

  it('renders again only when what it reads has changed', async () => {
    const page = await signedIn(await createWorld())
    let counts: string[] = []
    const count = (name: string) => void counts.push(name)
    show(
      page,
      <>
        <One count={count} />
        <Pair count={count} />
        <Renewals count={count} />
        <Caller count={count} />
      </>,
    )
    expect(new Set(counts)).toEqual(new Set(['one', 'pair', 'renewals', 'caller']))
    const functions = seen.size
    counts = []
    await act(() => page.client.renew())
    await act(() => page.client.renew())
    expect(screen.getByRole('status').textContent).toBe('2')
    // StrictMode renders twice for each of the two reasons.
    expect(counts).toEqual(['renewals', 'renewals', 'renewals', 'renewals'])
    await act(() => page.client.loadProfile())
    expect([counts.includes('one'), counts.includes('caller'), seen.size]).toEqual([false, true, functions])
  })

  it('takes any selector: a list or a new object each time neither loops nor goes stale', async () => {
    const page = await signedIn(await createWorld())
    let drawn = 0
    show(page, <Fresh count={() => drawn++} />)
    expect(text()).toBe('openid+profile+email 0 alice')
    const before = drawn
    await act(() => page.client.renew())
    expect(text()).toBe('openid+profile+email 1 alice')
    expect(drawn - before).toBeLessThan(20)
  })

  it('a list or a plain object with the same members draws nothing again', async () => {
    const page = await signedIn(await createWorld())
    let drawn = 0
    show(page, <Same count={() => drawn++} />)
    const before = drawn
    await act(() => page.client.renew())
    expect(drawn).toBe(before)
  })

  it('is drawn on a server too, as it is there', async () => {
    const world = await createWorld()
    const { client } = openPage(world)
    expect(
      renderToString(
        <SessionProvider client={client}>
          <Status />
        </SessionProvider>,
      ),
    ).toBe('starting')
  })

  it('takes over what a server drew, then shows how it is', async () => {
    const page = openPage(await createWorld())
    const tree = (
      <SessionProvider client={page.client}>
        <Status />
      </SessionProvider>
    )
    const container = document.createElement('div')
    container.innerHTML = renderToString(tree)
    await boot(page)
    const onRecoverableError = vi.fn()
    render(tree, { container, hydrate: true, onRecoverableError })
    expect(container.textContent).toBe('signed_out')
    expect(onRecoverableError).not.toHaveBeenCalled()
  })

  it('says what is missing when nothing is above it', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(() => render(<Lost />)).toThrow(/<SessionProvider>/)
  })
})

describe('useProfile', () => {
  it('gives the profile, its failure, and a way to ask again', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    show(page, <Profile />)
    expect(screen.getByText('ready userinfo alice@op.example undefined')).toBeDefined()
    world.provider.once('userinfo', () => Response.json({ sub: 'mallory', email: 'm@evil.example' }))
    await userEvent.click(screen.getByText('Again'))
    expect(await screen.findByText('failed userinfo undefined userinfo_sub_mismatch')).toBeDefined()
    expect(text()).not.toContain('evil')
    await userEvent.click(screen.getByText('Again'))
    expect(await screen.findByText(/^ready/)).toBeDefined()
  })
})

describe('useAuthorizedFetch', () => {
  it('T12: StrictMode mounts twice: two calls of the effect, one refresh for both, one timer', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    page.tab.conditions.visible = false
    await world.browser.advance(300_000)
    const asked = world.provider.count('userinfo')
    show(page, <Orders />)
    expect(await screen.findByText(/alice@op\.example/)).toBeDefined()
    expect([world.provider.count('refresh'), world.provider.count('userinfo') - asked]).toEqual([1, 2])
    expect(world.browser.timers()).toHaveLength(1)
  })
})

describe('RequireSession', () => {
  it('UINF-02: what was typed and shown for one person is gone for the next', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    show(
      page,
      <RequireSession signedOut={() => null}>
        <Form onMount={() => {}} />
      </RequireSession>,
    )
    await userEvent.type(screen.getByLabelText('Note'), 'of alice')
    await act(() => signInByPopup(world, page))
    expect(screen.getByLabelText<HTMLInputElement>('Note').value).toBe('of alice')
    await act(() => signInByPopup(world, page, 'bob'))
    expect(screen.getByLabelText<HTMLInputElement>('Note').value).toBe('')
  })

  it('waits, offers the way in, waits while one leaves, and shows', async () => {
    const world = await createWorld()
    const page = openPage(world)
    show(page, guarded)
    expect(text()).toBe('Wait')
    await act(() => boot(page))
    expect(text()).toBe('Sign in')
    await userEvent.click(screen.getByText('Sign in'))
    expect(text()).toBe('Wait')
    await act(() => page.tab.until('authorization_request'))
    cleanup()
    const back = await comeBack(world, page, world.provider.authorize(page.tab.navigations[0]?.url ?? ''))
    show(back.page, guarded)
    expect([text(), back.path]).toEqual(['Secret', '/orders'])
  })

  it('fills in the page that was drawn as pending, and does not draw it anew', async () => {
    const world = await createWorld()
    const before = openPage(world)
    await boot(before)
    const url = await leave(before)
    const page = openPage(world, before.config, before)
    let mounts = 0
    const form = <Form onMount={() => mounts++} />
    render(
      <SessionProvider client={page.client}>
        <RequireSession pending={form} signedOut={() => null}>
          {form}
        </RequireSession>
      </SessionProvider>,
    )
    expect([page.state().status, mounts]).toEqual(['starting', 1])
    await act(() => boot(page, `/callback${world.provider.authorize(url)}`, true))
    expect([page.state().status, mounts]).toEqual(['signed_in', 1])
  })

  it('keeps what is below it while the person is asked for more in a popup', async () => {
    const page = await signedIn(await createWorld())
    let mounts = 0
    render(
      <SessionProvider client={page.client}>
        <RequireSession pending={<p>Wait</p>} signedOut={() => null}>
          <Form onMount={() => mounts++} />
        </RequireSession>
      </SessionProvider>,
    )
    await userEvent.type(screen.getByLabelText('Note'), 'half a sentence')
    let done = Promise.resolve()
    act(() => {
      done = page.client.signInWithPopup({ moreScope: 'orders' })
    })
    expect([text(), screen.getByLabelText('Note')]).toEqual([
      'Wait',
      expect.objectContaining({ value: 'half a sentence' }),
    ])
    await page.tab.opened('popups')
    await act(() => {
      page.client.stopWaiting()
      return done
    })
    expect([text(), mounts]).toEqual(['', 1])
    expect(screen.getByLabelText('Note')).toHaveProperty('value', 'half a sentence')
  })

  it('LOUT-09: hides at once when one signs out', async () => {
    const page = await signedIn(await createWorld())
    show(page, guarded)
    let leaving = Promise.resolve()
    act(() => {
      leaving = page.client.signOut()
    })
    expect(text()).toBe('Wait')
    await act(() => leaving)
    expect(text()).toBe('Wait')
  })

  it('shows nothing while it waits when nothing was given', async () => {
    const page = openPage(await createWorld())
    show(page, <RequireSession signedOut={() => <p>out</p>}>in</RequireSession>)
    expect(text()).toBe('')
    await act(() => boot(page))
    expect(text()).toBe('out')
  })
})
