import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { issuer, serverMetadata } from '../oauth/client.test-data.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import { createClient } from './client.ts'
import { turn } from './fake-ports.test-data.ts'
import { json } from './fake-provider.test-data.ts'
import {
  boot,
  createWorld,
  leave,
  onTheWay,
  openPage,
  type Page,
  signedIn,
  stops,
} from './signed-in.test-data.ts'
import { signedOutState } from './store.ts'

afterEach(() => void vi.doUnmock('./sign-out.ts'))

const changes = ({ tab }: Page) => tab.told('session_changed').map(({ status, reason }) => [status, reason])
const versionKey = 'pkce-lens.session-version'

describe('what anybody may know', () => {
  it('of a session: exactly this, and no token', async () => {
    const world = await createWorld()
    const now = world.browser.now()
    const page = await signedIn(world)
    expect(page.state()).toEqual({
      status: 'signed_in',
      issuer,
      clientId: 'this-app',
      claims: expect.objectContaining({ iss: issuer, sub: 'alice' }),
      scope: 'openid profile email',
      signedInAt: now,
      accessToken: { receivedAt: now, expiresAt: now + 300_000, renewAt: now + 270_000 },
      hasRefreshToken: true,
      tokenType: 'Bearer',
      renewal: 'idle',
      renewals: 0,
      profile: expect.objectContaining({ status: 'ready' }),
      returnTo: '/profile',
      error: null,
      warnings: [],
    })
  })

  it('of nobody: nothing, whatever was there before', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    await page.client.signOut()
    expect(page.state()).toEqual({
      status: 'signing_out',
      issuer: null,
      clientId: null,
      claims: null,
      scope: null,
      signedInAt: null,
      accessToken: null,
      hasRefreshToken: false,
      tokenType: null,
      renewal: 'idle',
      renewals: 0,
      profile: { status: 'idle', source: 'userinfo', url: null, claims: null, error: null },
      returnTo: null,
      error: null,
      warnings: [],
    })
    const other = await signedIn(world)
    other.tab.conditions.hold = async message => (message.type === 'navigation' ? null : message)
    await other.client.signOut()
    expect(other.state()).toEqual({ ...signedOutState, warnings: ['message_dropped'] })
  })

  it('of a page that has just been loaded: that it has not looked yet', async () => {
    expect(openPage(await createWorld()).state()).toEqual({ ...signedOutState, status: 'starting' })
  })

  it('a new sign-in begins to count its renewals anew', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    await page.client.renew()
    expect(page.state().renewals).toBe(1)
    const done = page.client.signInWithPopup({ moreScope: 'orders' })
    const popup = await page.tab.opened('popups')
    popup.answer(world.provider.authorize(popup.url))
    await done
    expect(page.state()).toMatchObject({ status: 'signed_in', renewals: 0, renewal: 'idle' })
  })
})

describe('what the other tabs hear', () => {
  it('that somebody came, that somebody left, and no token', async () => {
    const world = await createWorld()
    const heard: unknown[] = []
    world.browser.openTab(world.provider.serve).ports.channel.listen(message => heard.push(message))
    const page = await signedIn(world)
    await page.client.signOut()
    await turn()
    expect(heard).toEqual([
      { type: 'signed_in', issuer, clientId: 'this-app', sub: 'alice' },
      { type: 'signed_out', issuer, clientId: 'this-app', sub: null },
    ])
  })

  it.each([
    [{ type: 'signed_out' }, null, 'another tab signed out'],
    [
      { type: 'signed_in', sub: 'bob' },
      { code: 'silent_subject_changed', issuer },
      'another person signed in',
    ],
  ])('%j ends the session here, and it is told why', async (news, error, reason) => {
    const world = await createWorld()
    const page = await signedIn(world)
    const other = world.browser.openTab(world.provider.serve)
    other.ports.channel.post({ issuer, clientId: 'this-app', ...news })
    await turn()
    expect(page.state()).toEqual({ ...signedOutState, error })
    expect(changes(page).at(-1)).toEqual(['signed_out', reason])
  })

  it.each([
    { type: 'signed_in', sub: 'alice' },
    { type: 'signed_in' },
    { type: 'signed_in', sub: 'bob', clientId: 'other' },
    { type: 'signed_in', sub: 'bob', issuer: 'https://other.example' },
  ])('%j changes nothing', async news => {
    const world = await createWorld()
    const page = await signedIn(world)
    const other = world.browser.openTab(world.provider.serve)
    other.ports.channel.post({ issuer, clientId: 'this-app', ...news })
    await turn()
    expect(page.state().status).toBe('signed_in')
  })

  it('LOUT-09: a sign-out that was missed counts when the page wakes up', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    world.browser.local.set(versionKey, '7')
    page.tab.wake('visible')
    expect(page.state()).toEqual(signedOutState)
    expect(changes(page).at(-1)).toEqual(['signed_out', 'another tab signed out'])
  })

  it('LOUT-09: and it concerns nobody who is about to sign in', async () => {
    const world = await createWorld()
    const page = openPage(world)
    await boot(page)
    await leave(page)
    world.browser.local.set(versionKey, '7')
    page.tab.wake('visible')
    expect(page.state().status).toBe('signing_in')
  })
})

describe('an error', () => {
  it('leads back to where it began, or to the start', async () => {
    const world = await createWorld()
    const page = openPage(world)
    await boot(page)
    world.provider.always('discovery', () => json({}, 500))
    await page.client.signIn()
    expect(page.state()).toMatchObject({ ...signedOutState, error: { returnTo: '/profile' } })
    await page.client.signIn({ returnTo: '/orders' })
    expect(page.state().error?.returnTo).toBe('/orders')
  })

  it('while somebody is signed in takes nothing away', async () => {
    const page = await signedIn(await createWorld())
    const before = page.state()
    page.tab.conditions.popupBlocked = true
    await page.client.signInWithPopup({ moreScope: 'orders' })
    expect(page.state()).toEqual({ ...before, error: expect.objectContaining({ code: 'popup_blocked' }) })
    // A renewal says nothing of what was refused.
    await page.client.renew()
    expect(page.state()).toMatchObject({ renewals: 1, error: { code: 'popup_blocked' } })
    page.client.dismissError()
    expect(page.state().error).toBeNull()
  })

  it('of the configuration is shown, at boot as at a sign-in', async () => {
    const world = await createWorld()
    const { ports } = world.browser.openTab(world.provider.serve)
    world.browser.local.set('pkce-lens.was-signed-in', JSON.stringify({ issuer, clientId: 'this-app' }))
    const wrong = new OAuthError({ code: 'config_invalid' })
    const client = createClient({ config: () => Promise.reject(wrong), ports })
    expect(await client.boot({ url: 'https://app.example/', isProtected: false })).toBeNull()
    expect(client.store.getState()).toEqual({ ...signedOutState, error: { code: 'config_invalid' } })
    client.dismissError()
    await client.signIn()
    expect(client.store.getState().error).toEqual({ code: 'config_invalid', returnTo: '/profile' })
  })

  it.each(['/', '/callback'])(
    'of the configuration is none at %s for a stranger, who needs none',
    async path => {
      const { ports } = (await createWorld()).browser.openTab(async () => new Response())
      const client = createClient({ config: () => Promise.reject(new Error('no configuration')), ports })
      await client.boot({ url: `https://app.example${path}`, isProtected: true })
      expect(client.store.getState()).toEqual(signedOutState)
    },
  )

  it('RT-06: that ended the session is told by its code', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    world.provider.behaviour.claims = { exp: 1 }
    await expect(page.client.renew()).rejects.toThrow()
    expect(page.state()).toMatchObject({ ...signedOutState, error: { code: 'id_token_expired' } })
    expect(changes(page).at(-1)).toEqual(['signed_out', 'id_token_expired'])
  })
})

describe('before and after a sign-in', () => {
  it('META-01: the provider is asked before the click, as a flow of its own', async () => {
    const world = await createWorld()
    const page = openPage(world)
    expect(await page.client.prepare()).toEqual(serverMetadata())
    expect(world.provider.asked.map(each => each.path)).toEqual(['discovery', 'jwks'])
    expect(new Set(page.tab.steps.map(step => step.flowType))).toEqual(new Set(['prepare']))
  })

  it('SIL-06: a sign-in that succeeded allows a redirect again, and keeps what is known of frames', async () => {
    const world = await createWorld()
    const page = openPage(world)
    page.tab.session.set('pkce-lens.restore-tried', '1')
    const hintKey = 'pkce-lens.was-signed-in'
    await boot(page)
    world.browser.local.set(hintKey, JSON.stringify({ issuer, clientId: 'x', frame: 'works' }))
    const done = page.client.signInWithPopup()
    const popup = await page.tab.opened('popups')
    popup.answer(world.provider.authorize(popup.url))
    await done
    expect(page.tab.session.has('pkce-lens.restore-tried')).toBe(false)
    expect(JSON.parse(world.browser.local.get(hintKey) ?? '')).toEqual({
      issuer,
      clientId: 'this-app',
      frame: 'works',
    })
  })

  it('a popup that is done with is not given up in place of the redirect that follows', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    const done = page.client.signInWithPopup()
    const popup = await page.tab.opened('popups')
    world.provider.behaviour.person = 'bob'
    popup.answer(world.provider.authorize(popup.url))
    await done
    // Nothing more was asked of alice, so that anybody may come.
    expect(page.state()).toMatchObject({ status: 'signed_in', claims: { sub: 'bob' }, error: null })
    await page.client.signIn()
    expect(page.state().status).toBe('signing_in')
    page.client.stopWaiting()
    expect(page.state().status).toBe('signed_in')
  })

  it('a page that is shown again while it is loaded is not taken for one that was leaving', async () => {
    const page = openPage(await createWorld())
    page.tab.wake('pageshow')
    expect(page.state().status).toBe('starting')
  })

  it.each([
    ['redirect', './sign-in.ts'],
    ['popup', './popup.ts'],
    ['redirect', '../oauth/discovery.ts'],
  ])('a sign-in by %s that cannot load %s says so', async (way, name) => {
    const page = openPage(await createWorld())
    await boot(page)
    vi.doMock(name, () => {
      throw new TypeError('Failed to fetch dynamically imported module')
    })
    onTestFinished(() => vi.doUnmock(name))
    await (way === 'popup' ? page.client.signInWithPopup() : page.client.signIn())
    expect(page.state()).toMatchObject({ status: 'signed_out', error: { code: 'page_not_loaded' } })
  })

  it('a sign-out whose code cannot be loaded forgets everything all the same', async () => {
    const world = await createWorld()
    // It is asked for ahead of time, and once more.
    vi.doMock('./sign-out.ts', () => {
      throw new TypeError('Failed to fetch dynamically imported module')
    })
    onTestFinished(() => vi.doUnmock('./sign-out.ts'))
    const page = await signedIn(world)
    await page.client.signOut()
    expect(page.state()).toEqual({ ...signedOutState, warnings: ['page_not_loaded'] })
    expect([world.browser.local.has('pkce-lens.was-signed-in'), stops(page), page.tab.navigations]).toEqual([
      false,
      [],
      [],
    ])
  })
})

it('stop ends a renewal that is under way, and everything after it', async () => {
  const world = await createWorld()
  const page = await signedIn(world)
  const arrive = onTheWay(world, 'refresh')
  const renewing = page.client.renew()
  await page.tab.until('refresh_request')
  page.client.stop()
  arrive()
  await expect(renewing).rejects.toMatchObject({ code: 'session_expired' })
  expect(world.browser.timers()).toEqual([])
})
