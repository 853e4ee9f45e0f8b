import { describe, expect, it } from 'vitest'
import { issuer } from '../oauth/client.test-data.ts'
import { turn } from './fake-ports.test-data.ts'
import { type Behaviour, json } from './fake-provider.test-data.ts'
import { createWorld, type Page, signedIn, stops, type World } from './signed-in.test-data.ts'

const api = 'https://op.example/userinfo'

async function start(behaviour: Partial<Behaviour> = {}, config: Record<string, unknown> = {}) {
  const world = await createWorld()
  Object.assign(world.provider.behaviour, behaviour)
  const page = await signedIn(world, config)
  const renewals = () => world.provider.count('refresh')
  return { world, page, renewals }
}
const renewed = (page: Page, count: number) =>
  page.until(state => state.renewals >= count && state.renewal === 'idle')
const refreshTokens = ({ provider }: World) =>
  provider.asked
    .filter(each => each.path === 'refresh')
    .map(each => new URLSearchParams(each.request.body ?? '').get('refresh_token'))

describe('when (5.3)', () => {
  it.each([
    [300, 270_000],
    [3_600, 3_540_000],
    [60, 50_000],
    [12, 6_000],
    [86_400, 86_340_000],
  ])('a token of %i s is renewed after %i ms, not before', async (expiresIn, due) => {
    const { world, page, renewals } = await start({ expiresIn })
    expect(page.state().accessToken?.renewAt).toBe(world.browser.now() + due)
    await world.browser.advance(due - 1)
    expect(renewals()).toBe(0)
    await world.browser.advance(1)
    await renewed(page, 1)
    expect(renewals()).toBe(1)
  })

  it('later renewals are spread by up to five seconds', async () => {
    const { world, page } = await start()
    page.tab.conditions.random = 0.999_999
    await page.client.renew()
    const { accessToken } = page.state()
    expect(Math.round(((accessToken?.renewAt ?? 0) - world.browser.now()) / 1000)).toBe(275)
    expect(accessToken?.renewAt).toBeLessThan((accessToken?.expiresAt ?? 0) - 10_000)
  })

  it('TOK-06: a life that nobody said has no timer; a 401 renews it', async () => {
    const { world, page, renewals } = await start({ expiresIn: null })
    expect([page.state().accessToken?.renewAt, world.browser.timers()]).toEqual([null, []])
    await world.browser.advance(1_000_000)
    page.tab.wake('focus')
    await turn()
    expect([renewals(), page.state().renewal]).toEqual([0, 'idle'])
    world.provider.once('userinfo', () => json({}, 401))
    expect((await page.client.fetch(api)).status).toBe(200)
    expect(renewals()).toBe(1)
  })

  it('a life beyond what timers can count is cut into pieces', async () => {
    const { world, page, renewals } = await start({ expiresIn: 5_000_000 })
    expect(world.browser.timers()).toEqual([2_147_483_647])
    page.tab.conditions.visible = true
    await world.browser.advance(2_147_483_647)
    expect([renewals(), world.browser.timers()]).toEqual([0, [2_147_483_647]])
  })

  it('T3: a hidden tab waits, and renews once when it is seen again', async () => {
    const { world, page, renewals } = await start()
    page.tab.conditions.visible = false
    await world.browser.advance(600_000)
    expect(renewals()).toBe(0)
    page.tab.conditions.visible = true
    for (const reason of ['visible', 'focus', 'pageshow'] as const) page.tab.wake(reason)
    await renewed(page, 1)
    expect(renewals()).toBe(1)
  })

  it('T2: after eight hours of sleep one refresh, and the calls that waited succeed', async () => {
    const { world, page, renewals } = await start()
    world.browser.sleep(8 * 3_600_000)
    page.tab.wake('visible')
    const answers = await Promise.all(Array.from({ length: 20 }, () => page.client.fetch(api)))
    expect([answers.every(each => each.status === 200), renewals()]).toEqual([true, 1])
  })

  it.each([
    ['forward', 61_000],
    ['back', -61_000],
  ])('a clock that was set %s is noticed by the other one', async (_, milliseconds) => {
    const { world, page, renewals } = await start({ refreshIdToken: false })
    world.browser.setClock(milliseconds)
    page.tab.wake('focus')
    await renewed(page, 1)
    expect(renewals()).toBe(1)
  })

  it('IDT-04: an audience that is trusted by configuration is trusted at the sign-in and at each renewal', async () => {
    const world = await createWorld()
    world.provider.behaviour.claims = { aud: ['this-app', 'project'], azp: 'this-app' }
    const page = await signedIn(world, { trusted_audiences: ['project'] })
    await page.client.renew()
    expect(page.state()).toMatchObject({ status: 'signed_in', renewals: 1, error: null })
    world.provider.behaviour.claims = { aud: ['this-app', 'project', 'other'] }
    await expect(page.client.renew()).rejects.toMatchObject({ code: 'id_token_audience_untrusted' })
    expect(page.state().status).toBe('signed_out')
  })

  it('a clock that was corrected by a minute changes nothing', async () => {
    const { world, page, renewals } = await start()
    world.browser.setClock(-60_000)
    page.tab.wake('focus')
    await world.browser.advance(1)
    expect(renewals()).toBe(0)
  })

  it('a wake-up before it is due renews nothing', async () => {
    const { world, page, renewals } = await start()
    for (const reason of ['visible', 'focus', 'online', 'pageshow'] as const) page.tab.wake(reason)
    await world.browser.advance(100_000)
    expect([renewals(), world.browser.timers().length]).toEqual([0, 1])
  })
})

describe('what comes', () => {
  it('RT-02: the new refresh token replaces the old one, which is never sent again', async () => {
    const { world, page } = await start()
    for (let count = 0; count < 3; count++) await page.client.renew()
    expect(new Set(refreshTokens(world)).size).toBe(3)
    expect(page.state()).toMatchObject({ renewals: 3, status: 'signed_in', hasRefreshToken: true })
  })

  it('RT-02: and of an answer that is refused as well', async () => {
    const { world, page } = await start()
    world.provider.behaviour.tokens = { token_type: 'mac' }
    await expect(page.client.renew()).rejects.toMatchObject({ code: 'token_response_unsupported_token_type' })
    world.provider.behaviour.tokens = {}
    await page.client.renew()
    expect([new Set(refreshTokens(world)).size, page.state().renewal]).toEqual([2, 'idle'])
  })

  it('RT-03: no refresh token in the answer: the present one stays', async () => {
    const { world, page } = await start({ refreshToken: 'same' })
    await page.client.renew()
    await page.client.renew()
    const [first, second] = refreshTokens(world)
    expect([first === second, page.state().hasRefreshToken, page.state().status]).toEqual([
      true,
      true,
      'signed_in',
    ])
  })

  it('RT-07: no ID token in the answer: who signed in, and when, stays', async () => {
    const { page } = await start({ refreshIdToken: false })
    const { claims, signedInAt } = page.state()
    await page.client.renew()
    expect([page.state().claims, page.state().signedInAt]).toEqual([claims, signedInAt])
  })

  it('RT-06: a good ID token is the newest; its nonce stays the original one', async () => {
    const { world, page } = await start()
    const nonce = page.state().claims?.['nonce']
    await world.browser.advance(5_000)
    world.provider.behaviour.claims = { name: 'Alice B.' }
    await page.client.renew()
    expect(page.state().claims).toMatchObject({
      name: 'Alice B.',
      nonce,
      iat: Math.floor(world.browser.now() / 1000),
    })
    await page.client.renew()
    expect(page.state().status).toBe('signed_in')
  })

  it('TOK-07: the scope of the answer is the truth from then on', async () => {
    const { world, page } = await start()
    world.provider.behaviour.tokens = { scope: 'openid' }
    await page.client.renew()
    world.provider.behaviour.tokens = { scope: undefined }
    await page.client.renew()
    expect(page.state().scope).toBe('openid')
  })

  it('RT-04: ten who ask at once share one refresh', async () => {
    const { page, renewals } = await start()
    await Promise.all(Array.from({ length: 10 }, () => page.client.renew()))
    expect([renewals(), page.state().renewals]).toEqual([1, 1])
  })

  it('tells the flow that it renews', async () => {
    const { page } = await start()
    await page.client.renew()
    const [, renewal] =
      page.tab.told('flow_started').length > 1
        ? page.tab.told('flow_started')
        : [undefined, page.tab.told('flow_started')[0]]
    expect(renewal).toMatchObject({ flowType: 'refresh', parent: page.tab.told('token_request')[0]?.flow })
    expect(page.tab.told('session_changed').at(-1)).toMatchObject({
      status: 'renewed',
      reason: 'refresh token',
    })
  })
})

describe('RT-06: an ID token that is not the one of this sign-in ends the session', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ sub: 'bob' }, 'refresh_id_token_subject_changed'],
    [{ iss: 'https://evil.example' }, 'refresh_id_token_issuer_changed'],
    [{ aud: 'other' }, 'refresh_id_token_audience_changed'],
    [{ nonce: 'x' }, 'refresh_id_token_nonce_changed'],
    [{ exp: 1 }, 'id_token_expired'],
    [{ at_hash: 'x' }, 'id_token_at_hash_mismatch'],
  ])('%j', async (claims, code) => {
    const { world, page } = await start()
    world.provider.behaviour.claims = claims
    const calls = world.provider.count('userinfo')
    await expect(page.client.renew()).rejects.toMatchObject({ code })
    expect(stops(page)).toMatchObject([{ flowType: 'refresh', during: 'id_token_checked', error: { code } }])
    expect(page.state()).toMatchObject({ status: 'signed_out', claims: null, error: { code } })
    await world.browser.advance(1_000_000)
    expect([world.provider.count('userinfo'), world.provider.count('refresh')]).toEqual([calls, 1])
  })

  it('auth_time moved', async () => {
    const { world, page } = await start({ claims: { auth_time: 1_800_000_000 } })
    world.provider.behaviour.claims = { auth_time: 1_800_000_001 }
    await expect(page.client.renew()).rejects.toMatchObject({ code: 'refresh_id_token_auth_time_changed' })
    expect(page.state().status).toBe('signed_out')
  })
})

describe('META-13: the key was changed', () => {
  it('is asked again once, and found', async () => {
    const { world, page } = await start()
    await world.provider.rotateKey()
    const before = world.provider.count('jwks')
    await page.client.renew()
    expect([page.state().status, world.provider.count('jwks') - before]).toEqual(['signed_in', 1])
    expect(world.provider.asked.findLast(each => each.path === 'jwks')?.cache).toBe('reload')
  })

  it('RT-02: and cannot be asked just now: nothing is used, and the next try sends the newest refresh token', async () => {
    const { world, page } = await start()
    await world.provider.rotateKey()
    world.provider.once('jwks', () => Promise.reject(new TypeError('Failed to fetch')))
    await expect(page.client.renew()).rejects.toMatchObject({ code: 'jwks_fetch_failed' })
    expect(page.state()).toMatchObject({ status: 'signed_in', renewal: 'reconnecting', renewals: 0 })
    await world.browser.advance(1_000)
    await renewed(page, 1)
    const sent = refreshTokens(world)
    expect([sent.length, new Set(sent).size, page.state().status]).toEqual([2, 2, 'signed_in'])
  })
})

describe('IDT-11: a key that is not published, or not any more a secret', () => {
  it.each([
    ['jwks_key_not_found', []],
    ['jwks_invalid', null],
  ] as const)('%s ends the session: nobody knows who made the token', async (code, published) => {
    const { world, page } = await start()
    await world.provider.rotateKey()
    world.provider.always('jwks', async request => {
      const { keys } = JSON.parse(await (await world.provider.answer(request)).text())
      return json({ keys: published ?? keys.map((key: object) => ({ ...key, d: 'c2VjcmV0' })) })
    })
    await expect(page.client.renew()).rejects.toMatchObject({ code })
    expect(page.state()).toMatchObject({ status: 'signed_out', claims: null, error: { code } })
    await world.browser.advance(1_000_000)
    expect(world.provider.count('refresh')).toBe(1)
  })
})

describe('a token that lives for next to nothing', () => {
  it('5.3: is renewed once a second at most, and by a call that needs it', async () => {
    const { world, page } = await start({ expiresIn: 0.001 })
    const before = world.provider.count('refresh')
    await world.browser.advance(10_000)
    expect(world.provider.count('refresh') - before).toBeLessThanOrEqual(10)
    const renewals = world.provider.count('refresh')
    await page.client.fetch('https://op.example/userinfo')
    expect(world.provider.count('refresh') - renewals).toBe(1)
  })
})

describe('DPoP', () => {
  it('T10, DPOP-06: a nonce that is wanted: two requests, one rotation', async () => {
    const { world, page } = await start({ nonces: { refresh: 'n1' } }, { dpop: true })
    await page.client.renew()
    const sent = refreshTokens(world)
    expect([sent.length, new Set(sent).size, page.state().renewals]).toEqual([2, 1, 1])
    await page.client.renew()
    expect(world.provider.count('refresh')).toBe(3)
  })

  it('RT-12: the same key each time', async () => {
    const { world, page } = await start({}, { dpop: true })
    await page.client.renew()
    await page.client.renew()
    const keys = world.provider.asked.flatMap(({ request }) => {
      const proof = request.headers['dpop']
      return proof === undefined ? [] : [Buffer.from(proof.split('.')[0] ?? '', 'base64url').toString()]
    })
    expect([keys.length, new Set(keys).size]).toEqual([4, 1])
  })

  it('DPOP-05: an answer with a Bearer token is thrown away', async () => {
    const { world, page } = await start({}, { dpop: true })
    world.provider.behaviour.tokens = { token_type: 'Bearer' }
    await expect(page.client.renew()).rejects.toMatchObject({
      code: 'token_type_downgraded',
      details: { issuer },
    })
    expect(page.state()).toMatchObject({ status: 'signed_in', tokenType: 'DPoP', renewal: 'unavailable' })
  })
})
