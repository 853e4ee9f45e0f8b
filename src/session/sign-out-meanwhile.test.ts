import { describe, expect, it } from 'vitest'
import { turn } from './fake-ports.test-data.ts'
import { silence } from './fake-provider.test-data.ts'
import {
  boot,
  comeBack,
  createWorld,
  leave,
  onTheWay,
  openPage,
  type Page,
  signedIn,
  type World,
} from './signed-in.test-data.ts'

const revoked = ({ provider }: World) =>
  provider.asked
    .filter(({ path }) => path === 'revoke')
    .map(({ request }) => new URLSearchParams(request.body ?? '').get('token'))
const latest = (page: Page, kind: 'refresh_response' | 'token_response') =>
  JSON.parse(page.tab.told(kind).at(-1)?.response.body ?? '{}')

it('LOUT-08: a sign-out by whoever draws the sign-in is not undone by the rest of it', async () => {
  const world = await createWorld()
  const page = openPage(world)
  await boot(page)
  const url = await leave(page)
  const back = openPage(world, page.config, page)
  const leaving = new Promise<void>(resolve =>
    back.client.store.subscribe(({ status }) => {
      if (status === 'signed_in') resolve(back.client.signOut())
    }),
  )
  await boot(back, `/callback${world.provider.authorize(url)}`, true)
  await leaving
  expect(world.browser.local.has('pkce-lens.was-signed-in')).toBe(false)
  expect(back.state().status).toBe('signing_out')
})

describe('while the tokens are handed back', () => {
  it('LOUT-08: the other tabs have heard it, and nothing here says that somebody is signed in', async () => {
    const world = await createWorld()
    const here = await signedIn(world)
    const there = await signedIn(world)
    world.provider.always('revoke', silence)
    const leaving = here.client.signOut()
    await here.tab.until('revocation_request')
    await turn()
    expect(there.state().status).toBe('signed_out')
    expect(world.browser.local.has('pkce-lens.was-signed-in')).toBe(false)
    await world.browser.advance(2_000)
    await leaving
  })

  it('LOUT-02: a tab that is closed in that moment is not signed in again by the next visit', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    world.provider.always('revoke', silence)
    void page.client.signOut()
    await page.tab.until('revocation_request')
    const next = openPage(world, page.config, page)
    await boot(next)
    expect([next.state().status, next.tab.frames.length]).toEqual(['signed_out', 0])
  })

  it('REV-02, T13: a renewal that was too slow to be waited for is handed back as well', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    world.provider.always('revoke', silence)
    const arrive = onTheWay(world, 'refresh')
    page.client.renew().catch(() => {})
    await page.tab.until('refresh_request')
    const leaving = page.client.signOut()
    await turn()
    await world.browser.advance(2_000)
    await page.tab.until('revocation_request')
    arrive()
    await page.until(({ renewals }) => renewals === 1)
    expect(page.state().status).toBe('signing_out')
    world.provider.always('revoke', null)
    await world.browser.advance(2_000)
    await leaving
    const { access_token, refresh_token } = latest(page, 'refresh_response')
    expect(revoked(world)).toEqual(expect.arrayContaining([access_token, refresh_token]))
    expect(world.provider.isAlive(access_token)).toBe(false)
    expect(page.tab.told('flow_started').filter(({ flowType }) => flowType === 'sign_out')).toHaveLength(1)
  })

  it('T13: a call that is refused and finds a session by frame neither stops the sign-out nor outlives it', async () => {
    const world = await createWorld()
    const page = await signedIn(world, { resource: 'https://api.example' })
    // The first revocation ends the grant at the provider, the second does not answer.
    world.provider.once('revoke', request => world.provider.answer(request))
    world.provider.once('revoke', silence)
    const leaving = page.client.signOut()
    await page.tab.until('revocation_request', 2)
    const calling = page.client.fetch('https://api.example/x').catch(() => {})
    const frame = await page.tab.opened('frames')
    frame.answer(world.provider.authorize(frame.url))
    await calling
    expect(page.state().status).toBe('signing_out')
    await world.browser.advance(2_000)
    await leaving
    expect(world.provider.isAlive(latest(page, 'token_response').access_token)).toBe(false)
  })
})

describe('back from the sign-out of the provider', () => {
  it('LOUT-05: who goes Back and signs in again is not told of it by a later reload', async () => {
    const world = await createWorld()
    const page = await signedIn(world, { restore: 'redirect' })
    await page.client.signOut()
    page.tab.wake('pageshow')
    await page.until(({ status }) => status === 'signed_out')
    const { page: back } = await comeBack(world, page, world.provider.authorize(await leave(page)))
    await back.until(({ profile }) => profile.status === 'ready')
    const again = openPage(world, back.config, back)
    await boot(again, '/profile', true)
    expect([again.state().error?.code, again.tab.navigations.length]).toEqual([undefined, 1])
  })

  it('LOUT-05: an app that sends people to another site afterwards waits for nobody', async () => {
    const world = await createWorld()
    const page = await signedIn(world, { post_logout_redirect_uri: 'https://bye.example/' })
    await page.client.signOut()
    const later = openPage(world, page.config, page)
    await boot(later)
    expect([later.state().status, later.state().error]).toEqual(['signed_out', null])
  })
})

it('REV-02, RT-02: the newest refresh token is handed back, also when its answer was refused', async () => {
  const world = await createWorld()
  const page = await signedIn(world)
  const spent = latest(page, 'token_response').refresh_token
  await world.provider.rotateKey()
  world.provider.always('jwks', () => Promise.reject(new TypeError('Failed to fetch')))
  await page.client.renew().catch(() => {})
  const newest = latest(page, 'refresh_response').refresh_token
  await page.client.signOut()
  expect(newest).not.toBe(spent)
  expect(revoked(world)).toContain(newest)
  expect(revoked(world)).not.toContain(spent)
})

describe('LOUT-08: a sign-in that is on its way when somebody signs out', () => {
  const hint = (world: World) => world.browser.local.has('pkce-lens.was-signed-in')

  it('by redirect: nobody is signed in by it, and its tokens are handed back', async () => {
    const world = await createWorld()
    const here = await signedIn(world)
    const there = openPage(world, { ...here.config, restore: 'off' })
    await boot(there)
    const answer = world.provider.authorize(await leave(there))
    const arrive = onTheWay(world, 'token')
    const back = openPage(world, there.config, there)
    const booting = boot(back, `/callback${answer}`, true)
    await back.tab.until('token_request')
    await here.client.signOut()
    arrive()
    await booting
    await back.tab.until('revocation_request')
    expect([back.state().status, back.state().error, hint(world)]).toEqual(['signed_out', null, false])
    await back.tab.until('revocation_response')
    const { refresh_token: refreshToken } = latest(back, 'token_response')
    expect(revoked(world)).toContain(refreshToken)
    expect(back.tab.told('session_changed')).toMatchObject([
      { status: 'signed_out', reason: 'another tab signed out' },
    ])
  })

  it.each(['another tab', 'this tab'])('by popup for more, in %s', async where => {
    const world = await createWorld()
    const here = await signedIn(world)
    const there = await signedIn(world)
    const done = there.client.signInWithPopup({ moreScope: 'orders' })
    const popup = await there.tab.opened('popups')
    const arrive = onTheWay(world, 'token')
    const before = there.tab.told('token_request').length
    popup.answer(world.provider.authorize(popup.url))
    await there.tab.until('token_request', before + 1)
    await (where === 'this tab' ? there : here).client.signOut()
    arrive()
    await done
    await turn()
    expect([there.state().claims, hint(world)]).toEqual([null, false])
    expect(there.state().status).not.toBe('signed_in')
  })

  it('a popup that is answered after a sign-out in another tab signs in all the same', async () => {
    const world = await createWorld()
    const here = await signedIn(world)
    const there = openPage(world, { ...here.config, restore: 'off' })
    await boot(there)
    const done = there.client.signInWithPopup()
    const popup = await there.tab.opened('popups')
    await here.client.signOut()
    popup.answer(world.provider.authorize(popup.url))
    await done
    expect(there.state().status).toBe('signed_in')
  })
})
