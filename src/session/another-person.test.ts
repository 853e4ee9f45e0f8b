import { describe, expect, it } from 'vitest'
import { issuer } from '../oauth/client.test-data.ts'
import { turn } from './fake-ports.test-data.ts'
import { json, silence } from './fake-provider.test-data.ts'
import {
  createWorld,
  onTheWay,
  type Page,
  signedIn,
  signInByPopup,
  type World,
} from './signed-in.test-data.ts'

const api = 'https://api.example/pay'
const pay = (page: Page) =>
  page.client.fetch(api, { method: 'POST', body: 'from alice' }).then(
    () => 'answered',
    error => error.code,
  )
const paid = ({ provider }: World) => provider.asked.filter(({ path }) => path === 'api')
const whoTheApiSees = async ({ client }: Page) =>
  JSON.parse(await (await client.fetch(`${issuer}/userinfo`)).text()).sub

describe('somebody else signs in by popup', () => {
  it.each([true, false])(
    'RT-02, IDT-24: a refresh that was under way leaves no token behind (ID token in its answer: %s)',
    async refreshIdToken => {
      const world = await createWorld()
      world.provider.behaviour.refreshIdToken = refreshIdToken
      const page = await signedIn(world)
      const arrive = onTheWay(world, 'refresh')
      const renewing = page.client.renew().catch(() => {})
      await page.tab.until('refresh_request')
      await signInByPopup(world, page, 'bob')
      arrive()
      await renewing
      await page.client.renew()
      expect([page.state().status, page.state().claims?.sub]).toEqual(['signed_in', 'bob'])
      expect(await whoTheApiSees(page)).toBe('bob')
    },
  )

  it('IDT-24: a call that was refused is not repeated for the other person', async () => {
    const world = await createWorld()
    const page = await signedIn(world, { resource: 'https://api.example' })
    let refuse = () => {}
    world.provider.once(
      'api',
      () =>
        new Promise(resolve => {
          refuse = () => resolve(json({}, 401, { 'www-authenticate': 'Bearer error="invalid_token"' }))
        }),
    )
    const paying = pay(page)
    await page.tab.until('api_request')
    await signInByPopup(world, page, 'bob')
    refuse()
    expect(await paying).toBe('resource_unauthorized')
    expect(paid(world)).toHaveLength(1)
  })

  it('IDT-24: a call that waits for a renewal does not go out for the other person', async () => {
    const world = await createWorld()
    const page = await signedIn(world, { resource: 'https://api.example' })
    page.tab.conditions.visible = false
    await world.browser.advance(300_000)
    page.tab.conditions.visible = true
    world.provider.once('refresh', () => json({}, 503, { 'retry-after': '15' }))
    await pay(page)
    const paying = pay(page)
    await turn()
    await signInByPopup(world, page, 'bob')
    await world.browser.advance(15_000)
    expect(await paying).toBe('session_expired')
    expect(paid(world)).toEqual([])
  })

  it('UINF-02, IDT-24: the profile of the one before, which comes late, is not shown for them', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    const arrive = onTheWay(world, 'userinfo')
    const loading = page.client.loadProfile()
    await page.tab.until('userinfo_request', 2)
    await signInByPopup(world, page, 'bob')
    await page.until(({ profile }) => profile.status === 'ready')
    arrive()
    await loading
    expect(page.state().profile).toMatchObject({ status: 'ready', error: null, claims: { sub: 'bob' } })
  })

  it.each([{ moreScope: 'orders' }, { acrValues: 'urn:two' }])(
    'UINF-02: who is asked for more stays the one, and another is refused: %o',
    async wish => {
      const world = await createWorld()
      const page = await signedIn(world)
      world.provider.behaviour.claims = { acr: 'urn:two', auth_time: Math.floor(world.browser.now() / 1000) }
      await signInByPopup(world, page, 'bob', wish)
      expect(page.state()).toMatchObject({
        status: 'signed_in',
        claims: { sub: 'alice' },
        error: { code: 'silent_subject_changed' },
      })
    },
  )

  it('UINF-02: their profile is not shown with the claims of the one before', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    expect(page.state().profile.claims).toMatchObject({ sub: 'alice' })
    world.provider.always('userinfo', silence)
    await signInByPopup(world, page, 'bob')
    expect(page.state()).toMatchObject({
      claims: { sub: 'bob' },
      profile: { status: 'loading', claims: null },
    })
  })
})

describe('the same person signs in once more by popup', () => {
  it('RES-04: what was granted then outlives a refresh that was under way', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    const arrive = onTheWay(world, 'refresh')
    const renewing = page.client.renew().catch(() => {})
    await page.tab.until('refresh_request')
    await signInByPopup(world, page, 'alice', { moreScope: 'orders' })
    arrive()
    await renewing
    await page.client.renew()
    expect(page.state().scope).toContain('orders')
  })

  it('the profile that is there stays while it is asked for again', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    world.provider.always('userinfo', silence)
    await signInByPopup(world, page)
    expect(page.state().profile).toMatchObject({ status: 'loading', claims: { sub: 'alice' } })
  })

  it('a renewal meanwhile does not end the waiting for the popup', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    const done = page.client.signInWithPopup({ moreScope: 'orders' })
    await page.tab.opened('popups')
    await page.client.renew()
    expect(page.state()).toMatchObject({ status: 'signing_in', renewals: 1 })
    page.client.stopWaiting()
    await done
    expect(page.state().status).toBe('signed_in')
  })
})
