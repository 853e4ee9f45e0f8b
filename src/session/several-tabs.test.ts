import { describe, expect, it } from 'vitest'
import { clientConfig } from '../oauth/client.test-data.ts'
import { turn } from './fake-ports.test-data.ts'
import { boot, createWorld, leave, onTheWay, openPage, signedIn, stops } from './signed-in.test-data.ts'

const api = 'https://op.example/userinfo'

async function twoTabs() {
  const world = await createWorld()
  return { world, here: await signedIn(world), there: await signedIn(world) }
}

describe('T1, T11: tokens are per tab in memory, so every tab owns its own grant and no lock is needed', () => {
  it('three tabs, expiry together: each sends its own refresh token, once', async () => {
    const { world, here, there } = await twoTabs()
    const third = await signedIn(world)
    await world.browser.advance(270_000)
    for (const page of [here, there, third]) await page.until(state => state.renewals === 1)
    const sent = world.provider.asked
      .filter(each => each.path === 'refresh')
      .map(each => new URLSearchParams(each.request.body ?? '').get('refresh_token'))
    expect([sent.length, new Set(sent).size]).toEqual([3, 3])
  })

  it('a tab that dies in the middle of a refresh takes nothing with it', async () => {
    const { world, here, there } = await twoTabs()
    world.provider.once('refresh', () => new Promise<Response>(() => {}))
    void here.client.renew().catch(() => {})
    await here.tab.until('refresh_request')
    here.client.stop()
    await there.client.renew()
    expect(there.state()).toMatchObject({ status: 'signed_in', renewals: 1 })
  })
})

describe('LOUT-08: a sign-out', () => {
  it('reaches the other tab at once, hidden or not, during a refresh or not (T13)', async () => {
    const { world, here, there } = await twoTabs()
    there.tab.conditions.visible = false
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    world.provider.once('refresh', async request => {
      await held
      return world.provider.answer(request)
    })
    const refused = expect(there.client.renew()).rejects.toMatchObject({ code: 'session_expired' })
    await there.tab.until('refresh_request')
    await here.client.signOut()
    await turn()
    expect(there.state()).toMatchObject({ status: 'signed_out', claims: null, error: null })
    release()
    await refused
    expect(there.state()).toMatchObject({ status: 'signed_out', accessToken: null })
    await expect(there.client.fetch(api)).rejects.toMatchObject({ code: 'session_expired' })
  })

  it('with another client or provider concerns nobody', async () => {
    const { here, there } = await twoTabs()
    const news = { type: 'signed_out', issuer: 'https://op.example', clientId: 'this-app' }
    here.tab.ports.channel.post({ ...news, clientId: 'other' })
    here.tab.ports.channel.post({ ...news, issuer: 'https://other.example' })
    await turn()
    expect(there.state().status).toBe('signed_in')
  })

  it('LOUT-08: at another provider does not undo a sign-in that is on its way', async () => {
    const world = await createWorld()
    const other = openPage(world)
    const page = openPage(world)
    await boot(page)
    const done = page.client.signInWithPopup()
    const popup = await page.tab.opened('popups')
    const arrive = onTheWay(world, 'token')
    popup.answer(world.provider.authorize(popup.url))
    await page.tab.until('token_request')
    const elsewhere = { type: 'signed_out', issuer: 'https://other.example', clientId: 'this-app' }
    other.tab.ports.channel.post(elsewhere)
    await turn()
    arrive()
    await done
    expect(page.state()).toMatchObject({ status: 'signed_in', error: null })
  })

  it.each(['pageshow', 'visible', 'focus', 'online'] as const)(
    'LOUT-09, WEB-15: a tab that was frozen notices at %s, before anything is asked',
    async reason => {
      const { world, here, there } = await twoTabs()
      const asked = world.provider.asked.length
      // A frozen page hears no channel: only the counter tells.
      world.browser.local.set('pkce-lens.session-version', '1')
      there.tab.wake(reason)
      expect(there.state()).toMatchObject({ status: 'signed_out', claims: null })
      there.tab.wake(reason)
      await turn()
      expect([world.provider.asked.length, here.state().status]).toEqual([asked, 'signed_in'])
    },
  )
})

describe('bfcache', () => {
  it('a page frozen while it signed in comes back without a stuck "signing in", and tells that no answer came', async () => {
    const world = await createWorld()
    const page = openPage(world)
    await boot(page)
    await leave(page, { returnTo: '/orders' })
    world.browser.sleep(2_000)
    expect(page.state().status).toBe('signing_in')
    page.tab.wake('focus')
    expect(page.state().status).toBe('signing_in')
    page.tab.wake('pageshow')
    expect(page.state().status).toBe('signed_out')
    const { error } = await page.until(state => state.error !== null)
    expect(error).toMatchObject({
      code: 'authorization_abandoned',
      returnTo: '/orders',
      hints: ['seconds_away:2'],
    })
    expect(stops(page)).toMatchObject([{ flowType: 'sign_in', during: 'authorization_response' }])
    await leave(page)
    expect([page.tab.navigations.length, page.state().error]).toEqual([2, null])
  })

  it('a sign-in that is begun as soon as the page is back is the one that counts', async () => {
    const world = await createWorld()
    const page = openPage(world)
    await boot(page)
    await leave(page, { returnTo: '/orders' })
    page.tab.wake('pageshow')
    await leave(page, { returnTo: '/news' })
    await turn()
    expect([page.state().status, page.state().error, stops(page)]).toEqual(['signing_in', null, []])
    page.tab.wake('pageshow')
    const { error } = await page.until(state => state.error !== null)
    expect(error).toMatchObject({ code: 'authorization_abandoned', returnTo: '/news' })
  })

  it('a page frozen while more was asked comes back signed in', async () => {
    const { here } = await twoTabs()
    await leave(here, { moreScope: 'orders' })
    here.tab.wake('pageshow')
    expect(here.state()).toMatchObject({ status: 'signed_in', claims: { sub: 'alice' } })
  })

  it('a page frozen while it signed out comes back signed out', async () => {
    const { here } = await twoTabs()
    await here.client.signOut()
    expect(here.state().status).toBe('signing_out')
    here.tab.wake('pageshow')
    expect(here.state()).toMatchObject({ status: 'signed_out', claims: null })
  })
})

describe('another person', () => {
  it('who signs in in another tab ends the session here, and it is said why', async () => {
    const { world, here, there } = await twoTabs()
    world.provider.behaviour.person = 'bob'
    await signedIn(world)
    await turn()
    for (const page of [here, there])
      expect(page.state()).toMatchObject({
        status: 'signed_out',
        claims: null,
        error: { code: 'silent_subject_changed' },
      })
  })

  it('the same person again changes nothing', async () => {
    const { here, there } = await twoTabs()
    await turn()
    expect([here.state().status, there.state().status]).toEqual(['signed_in', 'signed_in'])
  })
})

describe('the client', () => {
  it('stops: no timer, no listener, no channel', async () => {
    const { world, here, there } = await twoTabs()
    there.client.stop()
    expect(world.browser.timers()).toHaveLength(1)
    here.client.stop()
    expect(world.browser.timers()).toEqual([])
    await here.client.signOut()
    there.tab.wake('pageshow')
    await turn()
    expect(there.state().status).toBe('signed_in')
  })

  it('forgets an error that was shown', async () => {
    const world = await createWorld()
    const page = openPage(world)
    page.tab.conditions.popupBlocked = true
    await page.client.signInWithPopup()
    page.client.dismissError()
    expect(page.state()).toMatchObject({ status: 'signed_out', error: null })
  })

  it('never rejects at boot: a configuration that is wrong is in the store', async () => {
    const world = await createWorld()
    const page = openPage(world, clientConfig())
    page.tab.session.set('x', 'y')
    world.browser.local.set(
      'pkce-lens.was-signed-in',
      JSON.stringify({ issuer: 'https://op.example', clientId: 'this-app' }),
    )
    page.tab.conditions.secure = false
    expect(await boot(page, '/profile', true)).toBeNull()
    expect(page.state()).toMatchObject({ status: 'signed_out', error: { code: 'insecure_context' } })
  })
})
