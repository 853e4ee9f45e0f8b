import { describe, expect, it } from 'vitest'
import { issuer } from '../oauth/client.test-data.ts'
import { turn } from './fake-ports.test-data.ts'
import { type Behaviour, json, silence } from './fake-provider.test-data.ts'
import { boot, createWorld, openPage, type Page, signedIn } from './signed-in.test-data.ts'

const api = 'https://op.example/userinfo'

async function start(behaviour: Partial<Behaviour> = {}, config: Record<string, unknown> = {}) {
  const world = await createWorld()
  Object.assign(world.provider.behaviour, behaviour)
  const page = await signedIn(world, config)
  return { world, page, renewals: () => world.provider.count('refresh') }
}
const patience = (seconds: string) => () => json({}, 503, { 'retry-after': seconds })
const renewed = (page: Page, count: number) =>
  page.until(state => state.renewals === count && state.renewal === 'idle')

describe('between two tries', () => {
  it('the network comes back: tried at once, though the token is good for minutes', async () => {
    const { world, page, renewals } = await start()
    world.provider.once('refresh', () => json({}, 503))
    await expect(page.client.renew()).rejects.toMatchObject({ code: 'token_http_error' })
    page.tab.wake('online')
    await renewed(page, 1)
    expect(renewals()).toBe(2)
  })

  it('RT-08: a network that comes back does not shorten what the server asked for', async () => {
    const { world, page, renewals } = await start()
    world.provider.once('refresh', patience('100'))
    await expect(page.client.renew()).rejects.toMatchObject({ code: 'token_http_error' })
    page.tab.wake('online')
    await turn()
    expect(renewals()).toBe(1)
    await world.browser.advance(100_000)
    await renewed(page, 1)
    expect(renewals()).toBe(2)
  })

  it('RT-08: calls that are refused wait as long as the server asked for; a person who presses a button does not', async () => {
    const { world, page, renewals } = await start()
    world.provider.always('userinfo', () =>
      json({}, 401, { 'www-authenticate': 'Bearer error="invalid_token"' }),
    )
    world.provider.always('refresh', () => json({ error: 'slow_down' }, 429, { 'retry-after': '120' }))
    for (let count = 0; count < 5; count++) {
      page.client.fetch(api).catch(() => {})
      await page.tab.until('api_response', count + 1)
      await turn()
    }
    expect(renewals()).toBe(1)
    await expect(page.client.renew()).rejects.toMatchObject({ code: 'rate_limited' })
    expect(renewals()).toBe(2)
  })

  it('a wait that is over counts no more: the next renewal is on time', async () => {
    const { world, page, renewals } = await start()
    world.provider.once('refresh', patience('300'))
    await expect(page.client.renew()).rejects.toThrow()
    await page.client.renew()
    await renewed(page, 1)
    await world.browser.advance(270_000)
    await renewed(page, 2)
    expect(renewals()).toBe(3)
  })

  it('a sign-out ends the wait: a new sign-in renews when it likes', async () => {
    const { world, page, renewals } = await start()
    world.provider.once('refresh', patience('300'))
    await expect(page.client.renew()).rejects.toThrow()
    const done = page.client.signInWithPopup()
    const popup = await page.tab.opened('popups')
    popup.answer(world.provider.authorize(popup.url))
    await done
    await world.browser.advance(270_000)
    await renewed(page, 1)
    expect(renewals()).toBe(2)
  })

  it('a call that waits is told why, also when somebody signs out meanwhile', async () => {
    const { world, page } = await start()
    page.tab.conditions.visible = false
    await world.browser.advance(300_000)
    world.provider.once('refresh', patience('200'))
    await expect(page.client.fetch(api)).rejects.toThrow()
    const call = expect(page.client.fetch(api)).rejects.toMatchObject({ code: 'token_http_error' })
    await turn()
    await page.client.signOut()
    await world.browser.advance(20_000)
    await call
  })

  it('RT-04: a call that waits is served by the first try that succeeds, and asks for no other', async () => {
    const { world, page, renewals } = await start()
    page.tab.conditions.visible = false
    await world.browser.advance(300_000)
    world.provider.once('refresh', patience('15'))
    await expect(page.client.fetch(api)).rejects.toThrow()
    const call = page.client.fetch(api)
    await turn()
    page.tab.conditions.visible = true
    await page.client.renew()
    expect([(await call).status, renewals()]).toEqual([200, 2])
    await world.browser.advance(15_000)
    expect(renewals()).toBe(2)
  })

  it('a call shares a try that is under way', async () => {
    const { world, page, renewals } = await start()
    page.tab.conditions.visible = false
    await world.browser.advance(300_000)
    world.provider.once('refresh', patience('300'))
    await expect(page.client.fetch(api)).rejects.toThrow()
    const renewing = page.client.renew()
    const call = page.client.fetch(api)
    await renewing
    expect([(await call).status, renewals()]).toEqual([200, 2])
  })

  it('RT-08: the last seconds of a token are used when it cannot be renewed just now', async () => {
    const { world, page, renewals } = await start()
    page.tab.conditions.visible = false
    await world.browser.advance(295_000)
    world.provider.once('refresh', patience('60'))
    expect([(await page.client.fetch(api)).status, renewals()]).toEqual([200, 1])
  })

  it('a wake-up while it renews changes nothing that is shown', async () => {
    const { world, page, renewals } = await start()
    world.provider.once('refresh', silence)
    void page.client.renew().catch(() => {})
    await page.tab.until('refresh_request')
    page.tab.wake('focus')
    await turn()
    expect([page.state().renewal, page.state().accessToken?.renewAt, renewals()]).toEqual([
      'renewing',
      null,
      1,
    ])
  })
})

describe('a renewal that is hopeless', () => {
  it.each<[string, () => Response, Record<string, unknown>]>([
    ['no access token', () => json({ token_type: 'Bearer' }), {}],
    ['another kind of token', () => json({ access_token: 'a', token_type: 'mac' }), {}],
    ['a proof that is refused', () => json({ error: 'invalid_dpop_proof' }, 400), { dpop: true }],
    ['a fault of the request', () => json({ error: 'invalid_request' }, 400), {}],
    ['a reason of its own', () => json({ error: 'something_else' }, 401), {}],
  ])('%s: not tried again while the token lives', async (_, answer, config) => {
    const { world, page, renewals } = await start({}, config)
    world.provider.always('refresh', answer)
    await expect(page.client.renew()).rejects.toThrow()
    await turn()
    expect(page.state()).toMatchObject({ status: 'signed_in', renewal: 'unavailable' })
    await world.browser.advance(299_999)
    page.tab.wake('focus')
    expect([(await page.client.fetch(api)).status, page.state().status, renewals()]).toEqual([
      200,
      'signed_in',
      1,
    ])
  })

  it('RT-08: a fault of the configuration after one of the server: the session ends with its token', async () => {
    const { world, page } = await start()
    world.provider.once('refresh', () => json({}, 503))
    world.provider.always('refresh', () => json({ error: 'unauthorized_client' }, 400))
    await expect(page.client.renew()).rejects.toThrow()
    await expect(page.client.renew()).rejects.toThrow()
    await turn()
    expect(page.state()).toMatchObject({ status: 'signed_in', renewal: 'unavailable' })
    await world.browser.advance(300_000)
    expect(page.state()).toMatchObject({ status: 'signed_out', error: { code: 'session_expired' } })
  })

  it('RT-08: one that works all the same, by hand, makes renewals possible again', async () => {
    const { world, page, renewals } = await start()
    world.provider.once('refresh', () => json({ error: 'invalid_client' }, 401))
    await expect(page.client.renew()).rejects.toThrow()
    await page.until(({ renewal }) => renewal === 'unavailable')
    await page.client.renew()
    await renewed(page, 1)
    await world.browser.advance(270_000)
    await renewed(page, 2)
    expect(renewals()).toBe(3)
  })

  it.each([
    ['a fault of the server', () => json({ error: 'server_error' }, 400), 'token_response_error'],
    ['a page of a proxy', () => new Response('<h1>No</h1>', { status: 403 }), 'token_http_error'],
  ])('%s may be gone next time', async (_, answer, code) => {
    const { world, page, renewals } = await start()
    world.provider.once('refresh', answer)
    await expect(page.client.renew()).rejects.toMatchObject({ code })
    await turn()
    expect(page.state().renewal).toBe('reconnecting')
    await world.browser.advance(250)
    await renewed(page, 1)
    expect(renewals()).toBe(2)
  })

  it('of a token that is over ends the session at once, with the reason', async () => {
    const { world, page } = await start()
    page.tab.conditions.visible = false
    await world.browser.advance(300_000)
    world.provider.once('refresh', () => json({ error: 'invalid_client' }, 401))
    await expect(page.client.fetch(api)).rejects.toThrow()
    expect(page.state()).toMatchObject({
      status: 'signed_out',
      error: { code: 'session_expired', protocolError: 'invalid_client', httpStatus: 401 },
    })
    expect(page.tab.told('session_changed').at(-1)?.reason).toBe('session_expired')
  })

  it.each([
    ['61 s', 61_000, 'signed_in'],
    ['for longer than it lives', 300_000, 'signed_out'],
  ])('5.3: a token that nothing can renew outlives a sleep: %s', async (_, asleep, status) => {
    const { world, page } = await start({}, { restore: 'off' })
    world.provider.always('refresh', () => json({ error: 'invalid_client' }, 401))
    await expect(page.client.renew()).rejects.toThrow()
    world.browser.sleep(asleep)
    page.tab.wake('visible')
    await turn()
    expect(page.state().status).toBe(status)
    if (status === 'signed_in') expect((await page.client.fetch(api)).status).toBe(200)
  })

  it('a call after a long sleep does not use the token that was the last one', async () => {
    const { world, page, renewals } = await start()
    world.provider.always('refresh', () => json({ error: 'invalid_client' }, 401))
    await expect(page.client.renew()).rejects.toThrow()
    world.browser.sleep(400_000)
    const before = world.provider.count('userinfo')
    await expect(page.client.fetch(api)).rejects.toThrow()
    expect([renewals(), world.provider.count('userinfo')]).toEqual([2, before])
  })
})

describe('a session that is over says why', () => {
  it('nobody was signed in', async () => {
    const page = openPage(await createWorld())
    await boot(page)
    const details = { code: 'session_expired', expected: 'a session', received: 'none' }
    await expect(page.client.renew()).rejects.toMatchObject({ details })
    await expect(page.client.fetch(api)).rejects.toMatchObject({ details })
  })

  it.each([
    ['renewed', { code: 'session_expired', expected: 'the same session', received: 'it ended meanwhile' }],
    ['refused', { code: 'token_response_error', protocolError: 'invalid_grant' }],
  ])('it ended before the renewal was %s, and no frame is asked', async (kind, details) => {
    const { world, page } = await start()
    let release = () => {}
    world.provider.once('refresh', async request => {
      await new Promise<void>(resolve => {
        release = resolve
      })
      return kind === 'renewed' ? world.provider.answer(request) : json({ error: 'invalid_grant' }, 400)
    })
    const renewing = page.client.renew()
    const refused = expect(renewing).rejects.toMatchObject({ details })
    await page.tab.until('refresh_request')
    await turn()
    page.tab.ports.localStorage.set('pkce-lens.session-version', '1')
    page.tab.wake('pageshow')
    expect(page.state()).toMatchObject({ status: 'signed_out', error: null })
    release()
    await refused
    await turn()
    expect([page.state().status, page.state().error, page.tab.frames]).toEqual(['signed_out', null, []])
  })

  it('nothing could renew it', async () => {
    const { world, page } = await start({ refreshToken: 'none' }, { restore: 'off' })
    await expect(page.client.renew()).rejects.toThrow()
    await world.browser.advance(300_000)
    expect(page.state().error).toEqual({
      code: 'session_expired',
      expected: 'a renewal',
      received: 'none possible',
      issuer,
    })
    expect(page.tab.told('session_changed').at(-1)?.reason).toBe('session_expired')
  })
})

describe('the spread', () => {
  it('is never more than half of the margin, so that a short token is renewed in time', async () => {
    const { world, page } = await start({ expiresIn: 12 })
    page.tab.conditions.random = 0.999_999
    await page.client.renew()
    await turn()
    expect(Math.round((page.state().accessToken?.renewAt ?? 0) - world.browser.now())).toBe(9_000)
  })
})
