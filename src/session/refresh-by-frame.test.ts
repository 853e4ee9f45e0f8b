import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { issuer } from '../oauth/client.test-data.ts'
import { turn } from './fake-ports.test-data.ts'
import { type Behaviour, json, offline } from './fake-provider.test-data.ts'
import { createWorld, type Page, signedIn } from './signed-in.test-data.ts'

async function start(behaviour: Partial<Behaviour> = {}, config: Record<string, unknown> = {}) {
  const world = await createWorld()
  Object.assign(world.provider.behaviour, behaviour)
  const page = await signedIn(world, config)
  return { world, page, renewals: () => world.provider.count('refresh') }
}
/** Answers the next frame with what the provider says of the person it knows. */
async function answerFrame(page: Page, authorize: (url: string) => string, count = 1) {
  const frame = await page.tab.opened('frames', count)
  frame.answer(authorize(frame.url))
  return frame
}
const refused = () => json({ error: 'invalid_grant' }, 400)
const parametersOf = (url: string) => Object.fromEntries(new URL(url).searchParams)

describe('without a refresh token', () => {
  it('a hidden frame renews', async () => {
    const { world, page } = await start({ refreshToken: 'none' })
    const { signedInAt } = page.state()
    await world.browser.advance(270_000)
    const frame = await answerFrame(page, world.provider.authorize)
    await page.until(state => state.renewals === 1 && state.renewal === 'idle')
    expect(page.state().signedInAt).toBe(signedInAt)
    expect([frame.isClosed, page.state().status, world.provider.count('refresh')]).toEqual([
      true,
      'signed_in',
      0,
    ])
  })

  it('AREQ-03: what is asked by redirect afterwards comes back to the address of the configuration', async () => {
    const { world, page } = await start({ refreshToken: 'none' })
    await world.browser.advance(270_000)
    await answerFrame(page, world.provider.authorize)
    await page.until(state => state.renewals === 1 && state.renewal === 'idle')
    await page.client.signIn({ moreScope: 'orders' })
    const [to] = page.tab.navigations
    expect(parametersOf(to?.url ?? '')['redirect_uri']).toBe(page.config.redirectUri)
  })

  it('RES-04: what was granted beyond the configuration is asked for again', async () => {
    const world = await createWorld()
    world.provider.behaviour.refreshToken = 'none'
    const page = await signedIn(world, {}, { moreScope: 'orders' })
    const renewing = page.client.renew()
    await answerFrame(page, world.provider.authorize)
    await renewing
    expect(page.state().scope?.split(' ')).toContain('orders')
  })

  it('T8: by another person: signed out', async () => {
    const { world, page } = await start({ refreshToken: 'none' })
    world.provider.behaviour.person = 'bob'
    await world.browser.advance(270_000)
    await answerFrame(page, world.provider.authorize)
    await page.until(state => state.status === 'signed_out')
    expect(page.state().error?.code).toBe('silent_subject_changed')
  })

  it.each<[string, (url: string) => string | null]>([
    [
      'refuses',
      url => `?error=login_required&state=${parametersOf(url)['state']}&iss=${encodeURIComponent(issuer)}`,
    ],
    ['never answers', () => null],
  ])(
    'SIL-06: a frame that %s is not asked again; the session lasts as long as its token',
    async (_, answer) => {
      const { world, page } = await start({ refreshToken: 'none' })
      await world.browser.advance(270_000)
      const frame = await page.tab.opened('frames')
      // OIDC Core 3.1.2.1: with `prompt=none` the provider is told whose session is meant.
      expect(parametersOf(frame.url)).toMatchObject({
        prompt: 'none',
        id_token_hint: expect.stringMatching(/^eyJ/),
      })
      const query = answer(frame.url)
      if (query !== null) frame.answer(query)
      await world.browser.advance(10_000)
      await page.until(state => state.renewal === 'unavailable')
      await world.browser.advance(19_999)
      expect([page.state().status, page.tab.frames.length]).toEqual(['signed_in', 1])
      await world.browser.advance(1)
      expect(page.state()).toMatchObject({ status: 'signed_out', error: { code: 'session_expired' } })
      expect(page.tab.frames).toHaveLength(1)
    },
  )

  it.each([
    ['is away', offline],
    ['is overloaded', () => json({}, 500)],
    ['asks for patience', () => json({}, 429)],
  ])('RT-08: a provider that %s is tried again', async (_, trouble) => {
    const { world, page } = await start({ refreshToken: 'none', expiresIn: 3_600 })
    world.provider.always('discovery', trouble)
    await world.browser.advance(3_540_000)
    await page.until(state => state.renewal === 'reconnecting')
    world.provider.always('discovery', null)
    await world.browser.advance(1_000)
    await answerFrame(page, world.provider.authorize)
    await page.until(state => state.renewals === 1 && state.renewal === 'idle')
    expect(page.state().status).toBe('signed_in')
  })

  it('RT-08: a frame that hears nothing while the browser is offline is asked again', async () => {
    const { world, page } = await start({ refreshToken: 'none' })
    page.tab.conditions.online = false
    await world.browser.advance(270_000)
    await page.tab.opened('frames')
    await world.browser.advance(10_000)
    await page.until(state => state.renewal === 'reconnecting')
    page.tab.conditions.online = true
    page.tab.wake('online')
    await answerFrame(page, world.provider.authorize, 2)
    await page.until(state => state.renewals === 1 && state.renewal === 'idle')
  })

  it('RT-08: code of ours that does not come says nothing of the session: it is asked for again', async () => {
    vi.doMock('./restore.ts', () => {
      throw new TypeError('Failed to fetch dynamically imported module')
    })
    onTestFinished(() => vi.doUnmock('./restore.ts'))
    const { world, page } = await start({ refreshToken: 'none' })
    await world.browser.advance(270_000)
    await page.until(state => state.renewal === 'reconnecting')
    vi.doUnmock('./restore.ts')
    await world.browser.advance(1_000)
    await answerFrame(page, world.provider.authorize)
    await page.until(state => state.renewals === 1 && state.renewal === 'idle')
  })

  it('a code of the frame that is refused is no reason for another frame', async () => {
    const { world, page } = await start({ refreshToken: 'none' })
    world.provider.once('token', refused)
    const renewing = page.client.renew()
    const failing = expect(renewing).rejects.toMatchObject({ details: { protocolError: 'invalid_grant' } })
    await answerFrame(page, world.provider.authorize)
    await failing
    await turn()
    expect([page.state().renewal, page.tab.frames.length]).toEqual(['unavailable', 1])
  })

  it('and without a frame nothing is tried', async () => {
    const { world, page } = await start({ refreshToken: 'none' }, { restore: 'off' })
    await expect(page.client.renew()).rejects.toMatchObject({
      details: {
        code: 'silent_interaction_required',
        expected: 'a refresh token, or a frame that sees the provider',
        received: 'neither',
        issuer,
      },
    })
    await world.browser.advance(300_000)
    expect([page.state().error?.code, page.tab.frames]).toEqual(['session_expired', []])
  })

  it('nor where a frame was seen to be blind', async () => {
    const { world, page } = await start({ refreshToken: 'none' })
    const key = 'pkce-lens.was-signed-in'
    world.browser.local.set(key, (world.browser.local.get(key) ?? '').replace('unknown', 'blind'))
    await expect(page.client.renew()).rejects.toMatchObject({ code: 'silent_interaction_required' })
    expect(page.tab.frames).toEqual([])
  })

  it('a browser that forgot what it saw of frames asks one', async () => {
    const { world, page } = await start({ refreshToken: 'none' })
    world.browser.local.clear()
    const renewing = page.client.renew()
    await answerFrame(page, world.provider.authorize)
    await renewing
    expect(page.state().renewals).toBe(1)
  })
})

describe('with a refresh token that was refused', () => {
  it('and a code of the frame that is refused as well: it is over, and no other frame is asked', async () => {
    const { world, page } = await start()
    world.provider.once('refresh', refused)
    world.provider.once('token', refused)
    const renewing = page.client.renew()
    const failing = expect(renewing).rejects.toMatchObject({ details: { protocolError: 'invalid_grant' } })
    await answerFrame(page, world.provider.authorize)
    await failing
    expect(page.state()).toMatchObject({
      status: 'signed_out',
      error: { code: 'session_expired', hints: ['refresh_rejected'] },
    })
    expect(page.tab.frames).toHaveLength(1)
  })

  it.each([
    ['finds it', 'alice'],
    ['does not find it', null],
  ])('LOUT-08: a session that ended while the frame asks stays ended, though it %s', async (_, person) => {
    const { world, page } = await start()
    world.provider.once('refresh', refused)
    const renewing = page.client.renew()
    const failing = expect(renewing).rejects.toThrow()
    const frame = await page.tab.opened('frames')
    page.tab.ports.localStorage.set('pkce-lens.session-version', '1')
    page.tab.wake('pageshow')
    world.provider.behaviour.person = person
    frame.answer(world.provider.authorize(frame.url))
    await failing
    expect(page.state()).toMatchObject({ status: 'signed_out', claims: null, accessToken: null, error: null })
  })

  it('RT-05: a frame that was once seen to be blind is asked before the session ends', async () => {
    const { world, page } = await start()
    const key = 'pkce-lens.was-signed-in'
    world.browser.local.set(key, (world.browser.local.get(key) ?? '').replace('unknown', 'blind'))
    world.provider.once('refresh', refused)
    const renewing = page.client.renew()
    await answerFrame(page, world.provider.authorize)
    await renewing
    expect(page.state()).toMatchObject({ status: 'signed_in', renewals: 1, hasRefreshToken: true })
  })

  it.each([
    ['is away', offline],
    ['answers 503', () => json({}, 503)],
  ])(
    'RT-08: a token endpoint that %s while the frame asks does not end the session; the refused token is not sent again',
    async (_, trouble) => {
      const { world, page, renewals } = await start()
      page.tab.conditions.random = 0.999_999
      const key = 'pkce-lens.was-signed-in'
      world.browser.local.set(key, (world.browser.local.get(key) ?? '').replace('unknown', 'blind'))
      world.provider.once('refresh', refused)
      world.provider.once('token', trouble)
      const renewing = page.client.renew()
      const failing = expect(renewing).rejects.toMatchObject({ details: { protocolError: 'invalid_grant' } })
      await answerFrame(page, world.provider.authorize)
      await failing
      await page.until(state => state.renewal === 'reconnecting')
      await world.browser.advance(1_000)
      await answerFrame(page, world.provider.authorize, 2)
      await page.until(state => state.renewals === 1 && state.renewal === 'idle')
      expect([page.state().status, renewals()]).toEqual(['signed_in', 1])
    },
  )
})
