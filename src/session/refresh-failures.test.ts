import { describe, expect, it } from 'vitest'
import { issuer } from '../oauth/client.test-data.ts'
import { turn } from './fake-ports.test-data.ts'
import { type Behaviour, json, offline, silence } from './fake-provider.test-data.ts'
import { createWorld, type Page, signedIn } from './signed-in.test-data.ts'

const api = 'https://op.example/userinfo'

async function start(behaviour: Partial<Behaviour> = {}, config: Record<string, unknown> = {}) {
  const world = await createWorld()
  Object.assign(world.provider.behaviour, behaviour)
  const page = await signedIn(world, config)
  return { world, page, renewals: () => world.provider.count('refresh') }
}
const refusal =
  (error: string, status = 400) =>
  () =>
    json({ error }, status)
/** Answers the next frame with what the provider says of the person it knows. */
async function answerFrame(page: Page, authorize: (url: string) => string) {
  const frame = await page.tab.opened('frames')
  frame.answer(authorize(frame.url))
  return frame
}
const parametersOf = (url: string) => Object.fromEntries(new URL(url).searchParams)

describe('RT-08: the network never ends a session', () => {
  it('META-13: a page in place of the key set says nothing of the session', async () => {
    const { world, page } = await start()
    await world.provider.rotateKey()
    world.provider.once('jwks', () => new Response('<h1>Back soon</h1>'))
    await expect(page.client.renew()).rejects.toMatchObject({
      code: 'jwks_invalid',
      details: { httpStatus: 200 },
    })
    expect(page.state()).toMatchObject({ status: 'signed_in', error: null })
    await page.client.renew()
    expect(page.state().status).toBe('signed_in')
  })

  it('T5: 503 three times, then 200: full jitter, doubling, still signed in', async () => {
    const { world, page, renewals } = await start()
    page.tab.conditions.random = 0.999_999
    for (let count = 0; count < 3; count++) world.provider.once('refresh', () => json({}, 503))
    await world.browser.advance(270_000)
    await page.until(state => state.renewal === 'reconnecting')
    const waits: number[] = []
    for (const [attempt, upTo] of [
      [2, 1_000],
      [3, 2_000],
      [4, 4_000],
    ] as const) {
      await turn()
      const [wait = 0] = world.browser.timers()
      waits.push(Math.round(wait))
      await world.browser.advance(upTo)
      if (attempt < 4) await page.tab.until('failed', attempt)
      await turn()
      expect(renewals()).toBe(attempt)
    }
    await page.until(state => state.renewals === 1 && state.renewal === 'idle')
    expect(waits).toEqual([1_000, 2_000, 4_000])
    expect(page.state()).toMatchObject({ status: 'signed_in', renewal: 'idle', error: null })
  })

  it('the wait grows to a minute and no further; without luck it is a quarter of a second', async () => {
    const { world, page } = await start()
    page.tab.conditions.random = 0.999_999
    world.provider.always('refresh', () => json({}, 500))
    for (let count = 1; count <= 9; count++) {
      await page.client.renew().catch(() => {})
      await turn()
    }
    expect(Math.round(world.browser.timers()[0] ?? 0)).toBe(60_000)
    page.tab.conditions.random = 0
    await page.client.renew().catch(() => {})
    await turn()
    expect(world.browser.timers()).toEqual([250])
  })

  it.each([
    ['7', 7_000],
    ['100000', 300_000],
    ['0', 250],
    ['soon', 250],
  ])('Retry-After: %s is honoured up to five minutes', async (text, wait) => {
    const { world, page } = await start()
    world.provider.once('refresh', () => json({}, 503, { 'retry-after': text }))
    await expect(page.client.renew()).rejects.toMatchObject({ code: 'token_http_error' })
    await turn()
    expect(world.browser.timers()).toEqual([wait])
  })

  it('429 waits a second at least', async () => {
    const { world, page } = await start()
    world.provider.once('refresh', () => json({}, 429))
    await expect(page.client.renew()).rejects.toMatchObject({ code: 'rate_limited' })
    await turn()
    expect(world.browser.timers()).toEqual([1_000])
  })

  it('offline: calls use the token while it lives, then wait; online again, one refresh serves all', async () => {
    const { world, page, renewals } = await start()
    page.tab.conditions.random = 0.999_999
    world.provider.always('refresh', offline)
    page.tab.conditions.online = false
    await world.browser.advance(271_000)
    await page.until(state => state.renewal === 'reconnecting')
    expect((await page.client.fetch(api)).status).toBe(200)
    await world.browser.advance(30_000)
    expect(page.state()).toMatchObject({ status: 'signed_in', renewal: 'reconnecting' })
    const tried = renewals()
    const calls = Array.from({ length: 50 }, () => page.client.fetch(api))
    await turn()
    world.provider.always('refresh', null)
    page.tab.conditions.online = true
    page.tab.wake('online')
    await page.until(state => state.renewals === 1 && state.renewal === 'idle')
    await world.browser.advance(20_000)
    expect(new Set((await Promise.all(calls)).map(each => each.status))).toEqual(new Set([200]))
    expect(renewals() - tried).toBe(1)
  })

  it('a call does not hammer a server that asked for patience', async () => {
    const { world, page, renewals } = await start()
    page.tab.conditions.visible = false
    await world.browser.advance(300_000)
    world.provider.once('refresh', () => json({}, 503, { 'retry-after': '20' }))
    await expect(page.client.fetch(api)).rejects.toMatchObject({ code: 'token_http_error' })
    const second = page.client.fetch(api)
    await world.browser.advance(19_999)
    expect(renewals()).toBe(1)
    await world.browser.advance(1)
    expect([(await second).status, renewals()]).toEqual([200, 2])
  })

  it('a call waits twenty seconds for the network, then says that it is away', async () => {
    const { world, page, renewals } = await start()
    page.tab.conditions.visible = false
    await world.browser.advance(300_000)
    world.provider.always('refresh', () => json({}, 503, { 'retry-after': '60' }))
    await expect(page.client.fetch(api)).rejects.toMatchObject({ code: 'token_http_error' })
    const second = page.client.fetch(api)
    const refused = expect(second).rejects.toMatchObject({ code: 'token_http_error' })
    await world.browser.advance(20_000)
    await refused
    expect([page.state().status, renewals()]).toEqual(['signed_in', 1])
  })

  it('focus and visibility do not cut a wait short; a hidden tab does not try at all', async () => {
    const { world, page, renewals } = await start()
    world.provider.always('refresh', () => json({}, 503, { 'retry-after': '10' }))
    await expect(page.client.renew()).rejects.toThrow()
    page.tab.wake('focus')
    page.tab.wake('visible')
    await turn()
    expect(renewals()).toBe(1)
    page.tab.conditions.visible = false
    await world.browser.advance(60_000)
    expect(renewals()).toBe(1)
  })

  it('a refresh that gets no answer at all is given up after 15 seconds and tried again', async () => {
    const { world, page, renewals } = await start()
    world.provider.once('refresh', silence)
    await world.browser.advance(270_000)
    await world.browser.advance(15_250)
    await page.until(state => state.renewals === 1 && state.renewal === 'idle')
    expect(renewals()).toBe(2)
  })

  it('T4: an answer lost after the rotation: the repeat is refused, then the person is asked', async () => {
    const { world, page, renewals } = await start({}, { restore: 'off' })
    world.provider.once('refresh', async request => {
      await world.provider.answer(request)
      throw new TypeError('Failed to fetch')
    })
    await world.browser.advance(270_000)
    await page.until(state => state.renewal === 'reconnecting')
    await world.browser.advance(1_000)
    await page.until(state => state.status === 'signed_out')
    expect(page.state().error).toMatchObject({
      code: 'session_expired',
      protocolError: 'invalid_grant',
      hints: ['refresh_rejected'],
    })
    expect(renewals()).toBe(2)
    await world.browser.advance(1_000_000)
    expect(renewals()).toBe(2)
  })
})

describe('RT-05: invalid_grant ends it', () => {
  it('without a frame at once, and the token is never sent again', async () => {
    const { world, page, renewals } = await start({}, { restore: 'off' })
    world.provider.always('refresh', refusal('invalid_grant'))
    await expect(page.client.renew()).rejects.toMatchObject({ details: { protocolError: 'invalid_grant' } })
    expect(page.state()).toMatchObject({
      status: 'signed_out',
      claims: null,
      error: { code: 'session_expired', issuer },
    })
    expect(page.tab.told('session_changed').at(-1)).toMatchObject({
      status: 'signed_out',
      reason: 'session_expired',
    })
    await expect(page.client.fetch(api)).rejects.toMatchObject({ code: 'session_expired' })
    expect(renewals()).toBe(1)
  })

  it('unless a hidden frame finds the session: with the hint of who it was', async () => {
    const { world, page } = await start()
    world.provider.once('refresh', refusal('invalid_grant'))
    const renewing = page.client.renew()
    const frame = await answerFrame(page, world.provider.authorize)
    await renewing
    expect(parametersOf(frame.url)).toMatchObject({
      prompt: 'none',
      id_token_hint: expect.stringMatching(/^ey/),
    })
    expect(page.state()).toMatchObject({
      status: 'signed_in',
      renewals: 1,
      renewal: 'idle',
      hasRefreshToken: true,
    })
    await page.client.renew()
    expect(page.state().renewals).toBe(2)
  })

  it('the frame says no: it is over', async () => {
    const { world, page } = await start()
    world.provider.behaviour.person = null
    world.provider.once('refresh', refusal('invalid_grant'))
    const renewing = page.client.renew()
    await answerFrame(page, world.provider.authorize)
    await expect(renewing).rejects.toThrow()
    expect(page.state()).toMatchObject({ status: 'signed_out', error: { code: 'session_expired' } })
  })

  it('T8, SIL-05: the frame brings another person: signed out, and it is said why', async () => {
    const { world, page } = await start()
    world.provider.behaviour.person = 'bob'
    world.provider.once('refresh', refusal('invalid_grant'))
    const renewing = page.client.renew()
    await answerFrame(page, world.provider.authorize)
    await expect(renewing).rejects.toThrow()
    expect(page.state()).toMatchObject({
      status: 'signed_out',
      claims: null,
      error: { code: 'silent_subject_changed' },
    })
  })

  it('T6: tokens belong to one tab: the refusal of one leaves the other signed in with its own grant', async () => {
    const { world, page } = await start({}, { restore: 'off' })
    const other = await signedIn(world, { restore: 'off' })
    world.provider.once('refresh', refusal('invalid_grant'))
    await page.client.renew().catch(() => {})
    await other.client.renew()
    expect([page.state().status, other.state().status, other.state().renewals]).toEqual([
      'signed_out',
      'signed_in',
      1,
    ])
  })
})

describe('a configuration that is wrong', () => {
  it.each(['invalid_client', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope'])(
    '%s: no further try; signed in until the access token ends',
    async error => {
      const { world, page, renewals } = await start()
      world.provider.always('refresh', refusal(error, 401))
      await world.browser.advance(270_000)
      await page.until(state => state.renewal === 'unavailable')
      expect((await page.client.fetch(api)).status).toBe(200)
      await world.browser.advance(29_999)
      expect(page.state().status).toBe('signed_in')
      await world.browser.advance(1)
      expect(page.state()).toMatchObject({ status: 'signed_out', error: { code: 'session_expired' } })
      expect(renewals()).toBe(1)
    },
  )
})
