import { describe, expect, it } from 'vitest'
import { clientConfig, issuer } from '../oauth/client.test-data.ts'
import { turn } from './fake-ports.test-data.ts'
import { json, offline, silence } from './fake-provider.test-data.ts'
import { boot, comeBack, createWorld, leave, openPage, signedIn, stops } from './signed-in.test-data.ts'

const api = 'https://op.example/userinfo'

async function start(metadata: Record<string, unknown> = {}, config: Record<string, unknown> = {}) {
  const world = await createWorld()
  world.provider.behaviour.metadata = metadata
  const page = await signedIn(world, config)
  const tokens: Record<string, string> = JSON.parse(page.tab.told('token_response')[0]?.response.body ?? '')
  return { world, page, tokens }
}

it('LOUT-01: a sign-out that was given up is not missed at the next page', async () => {
  const world = await createWorld()
  const page = await signedIn(world)
  await page.client.signOut()
  page.client.stopWaiting()
  const { page: back } = await comeBack(world, page, world.provider.authorize(await leave(page)))
  const again = openPage(world, page.config, back)
  const booting = boot(again, '/profile', true)
  const frame = await again.tab.opened('frames')
  frame.answer(world.provider.authorize(frame.url))
  await booting
  expect([again.state().status, again.state().error]).toEqual(['signed_in', null])
})

describe('signing out', () => {
  it('REV-01, REV-02, LOUT-01 to LOUT-06: refresh token, access token, then the provider by a form POST', async () => {
    const { world, page, tokens } = await start()
    await page.client.signOut()
    const revoked = world.provider.asked
      .filter(each => each.path === 'revoke')
      .map(each => Object.fromEntries(new URLSearchParams(each.request.body ?? '')))
    expect(revoked).toEqual([
      { token: tokens['refresh_token'], token_type_hint: 'refresh_token', client_id: 'this-app' },
      { token: tokens['access_token'], token_type_hint: 'access_token', client_id: 'this-app' },
    ])
    expect(page.tab.navigations).toMatchObject([{ url: `${issuer}/logout`, method: 'POST' }])
    expect(Object.fromEntries(new URLSearchParams(page.tab.navigations[0]?.body ?? ''))).toEqual({
      id_token_hint: tokens['id_token'],
      client_id: 'this-app',
      post_logout_redirect_uri: 'https://app.example/',
      state: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect([world.provider.isAlive(tokens['access_token'] ?? ''), world.browser.timers()]).toEqual([
      false,
      [],
    ])
  })

  it('LOUT-03, LOUT-06: by GET, for a provider that takes no form, without the ID token', async () => {
    const { page } = await start({}, { end_session_method: 'get' })
    await page.client.signOut()
    const [left] = page.tab.navigations
    const url = new URL(left?.url ?? '')
    expect([left?.method, left?.body, url.origin + url.pathname]).toEqual(['GET', null, `${issuer}/logout`])
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'this-app',
      post_logout_redirect_uri: 'https://app.example/',
      state: expect.stringMatching(/^[\w-]{43}$/),
    })
  })

  it('LOUT-06: by GET what the address has already stays, and a message that was edited says so', async () => {
    const metadata = { end_session_endpoint: `${issuer}/logout?tenant=7` }
    const { page } = await start(metadata, { end_session_method: 'get' })
    page.tab.conditions.hold = async message =>
      message.type === 'navigation' ? { ...message, url: `${message.url}&more=1` } : message
    await page.client.signOut()
    const { searchParams } = new URL(page.tab.navigations[0]?.url ?? '')
    expect(['tenant', 'client_id', 'more'].map(name => searchParams.get(name))).toEqual([
      '7',
      'this-app',
      '1',
    ])
    expect(page.tab.told('end_session_request')[0]).toMatchObject({ method: 'GET', tampered: ['url'] })
  })

  it('REV-01, DPOP-04: without a refresh token the access token alone, proved with its key', async () => {
    const world = await createWorld()
    world.provider.behaviour.refreshToken = 'none'
    const page = await signedIn(world, { dpop: true })
    await page.client.signOut()
    const revoked = world.provider.asked.filter(each => each.path === 'revoke')
    expect(revoked.map(({ request }) => [request.headers['dpop']?.slice(0, 2), request.body])).toEqual([
      ['ey', expect.stringContaining('token_type_hint=access_token')],
    ])
    expect(stops(page)).toEqual([])
  })

  it('LOUT-02: everything is forgotten before the tab leaves', async () => {
    const { world, page } = await start()
    // More was asked for, and they came back without an answer.
    await leave(page)
    page.client.stopWaiting()
    expect([...page.tab.session.keys()]).toContainEqual(expect.stringMatching(/^pkce-lens\.transaction\./))
    let atLeaving: unknown
    page.tab.conditions.hold = async message => {
      if (message.type === 'navigation')
        atLeaving = { ...page.state(), stored: [...page.tab.session.keys(), ...world.browser.local.keys()] }
      return message
    }
    await page.client.signOut()
    expect(atLeaving).toMatchObject({
      status: 'signing_out',
      claims: null,
      profile: { status: 'idle', claims: null },
    })
    expect(JSON.stringify(atLeaving)).not.toMatch(/pkce-lens\.(was-signed-in|transaction)/)
    await expect(page.client.fetch(api)).rejects.toMatchObject({ code: 'session_expired' })
    await world.browser.advance(1_000_000)
    expect(world.provider.count('refresh')).toBe(0)
  })

  it('twice at once is once', async () => {
    const { world, page } = await start()
    await Promise.all([page.client.signOut(), page.client.signOut()])
    expect([world.provider.count('revoke'), page.tab.navigations.length]).toEqual([2, 1])
  })

  it('of nobody is nothing', async () => {
    const world = await createWorld()
    const page = openPage(world)
    await boot(page)
    await page.client.signOut()
    expect([page.state().status, world.provider.asked, page.tab.navigations]).toEqual(['signed_out', [], []])
  })

  it('REV-06: a revocation that hangs is waited for two seconds in all', async () => {
    const { world, page } = await start()
    world.provider.always('revoke', silence)
    const leaving = page.client.signOut()
    await page.tab.until('revocation_request')
    await world.browser.advance(1_999)
    expect([page.state().status, page.tab.navigations]).toEqual(['signing_out', []])
    await world.browser.advance(1)
    await leaving
    expect(page.tab.navigations).toHaveLength(1)
  })

  it.each<[string, () => Promise<Response> | Response]>([
    ['is refused', () => json({ error: 'unsupported_token_type' }, 400)],
    ['is blocked', () => offline({ url: '', method: '', headers: {}, body: null })],
  ])('REV-04 to REV-06: a revocation that %s stops nothing', async (_, answer) => {
    const { world, page } = await start()
    world.provider.always('revoke', answer)
    await page.client.signOut()
    expect([page.tab.navigations.length, page.state().claims]).toEqual([1, null])
  })

  it('without a revocation endpoint', async () => {
    const { world, page } = await start({ revocation_endpoint: undefined })
    await page.client.signOut()
    expect([world.provider.count('revoke'), page.tab.navigations.length]).toEqual([0, 1])
    expect(stops(page)).toEqual([])
  })

  it('LOUT-01: without an end_session_endpoint: signed out here, and said that the provider still knows', async () => {
    const { page } = await start({ end_session_endpoint: undefined })
    await page.client.signOut()
    expect(page.state()).toMatchObject({ status: 'signed_out', warnings: ['logout_endpoint_missing'] })
    expect(page.tab.navigations).toEqual([])
  })

  it('T13: a refresh under way is waited for, and what it brings is handed back too', async () => {
    const { world, page } = await start()
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    world.provider.once('refresh', async request => {
      await held
      return world.provider.answer(request)
    })
    const renewing = page.client.renew()
    await page.tab.until('refresh_request')
    const leaving = page.client.signOut()
    await turn()
    expect(world.provider.count('revoke')).toBe(0)
    release()
    await Promise.all([renewing, leaving])
    const renewed: Record<string, string> = JSON.parse(
      page.tab.told('refresh_response')[0]?.response.body ?? '',
    )
    const revoked = world.provider.asked
      .filter(each => each.path === 'revoke')
      .map(each => new URLSearchParams(each.request.body ?? '').get('token'))
    expect(revoked).toEqual([renewed['refresh_token'], renewed['access_token']])
    expect(page.state().claims).toBeNull()
  })

  it('T13: one that fails leaves the tokens that were there to be handed back', async () => {
    const { world, page, tokens } = await start()
    let fail = () => {}
    world.provider.once(
      'refresh',
      () =>
        new Promise((_, reject) => {
          fail = () => reject(new TypeError('Failed to fetch'))
        }),
    )
    const renewing = expect(page.client.renew()).rejects.toThrow()
    await page.tab.until('refresh_request')
    await turn()
    const leaving = page.client.signOut()
    await turn()
    fail()
    await Promise.all([renewing, leaving])
    expect([world.provider.form('revoke')['token'], page.tab.navigations.length]).toEqual([
      tokens['access_token'],
      1,
    ])
  })

  it('T13: but not for ever, and its late result is thrown away', async () => {
    const { world, page } = await start()
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    world.provider.once('refresh', async request => {
      const response = await world.provider.answer(request)
      await held
      return response
    })
    const renewing = page.client.renew()
    const refused = expect(renewing).rejects.toMatchObject({ code: 'session_expired' })
    await page.tab.until('refresh_request')
    const leaving = page.client.signOut()
    await turn()
    await world.browser.advance(2_000)
    await leaving
    release()
    await refused
    expect([page.state().claims, page.state().accessToken, page.tab.navigations.length]).toEqual([
      null,
      null,
      1,
    ])
  })

  it('no renewal begins while one signs out', async () => {
    const { world, page } = await start()
    world.provider.always('revoke', silence)
    await world.browser.advance(269_500)
    const leaving = page.client.signOut()
    await page.tab.until('revocation_request')
    await world.browser.advance(2_000)
    await leaving
    expect(world.provider.count('refresh')).toBe(0)
  })

  it('a person may drop the message to the provider: signed out here', async () => {
    const { page } = await start()
    page.tab.conditions.hold = async message => (message.type === 'navigation' ? null : message)
    await page.client.signOut()
    expect([page.state().status, page.tab.navigations]).toEqual(['signed_out', []])
    // Told, or the picture would show it as held for ever.
    const error = { code: 'message_dropped' }
    expect(stops(page)).toEqual([{ flowType: 'sign_out', during: 'end_session_request', error }])
  })

  it.each([
    ['url', 'https://evil.example/'],
    ['body', 'client_id=other'],
  ] as const)('a message whose %s was edited says so, and is sent as it is', async (part, value) => {
    const { page } = await start()
    const held: unknown[] = []
    page.tab.conditions.hold = async (message, { type }) => {
      if (message.type !== 'navigation') return message
      held.push([message, type])
      return { ...message, [part]: value }
    }
    await page.client.signOut()
    const asked = { type: 'navigation', purpose: 'end_session', method: 'POST', url: `${issuer}/logout` }
    expect(held).toEqual([[{ ...asked, body: expect.stringContaining('id_token_hint=ey') }, 'sign_out']])
    expect(page.tab.navigations[0]?.[part]).toBe(value)
    expect(page.tab.told('end_session_request')[0]?.tampered).toEqual([part])
  })
})

describe('coming back from the provider', () => {
  async function signedOutAt() {
    const { world, page } = await start()
    await page.client.signOut()
    const state = new URLSearchParams(page.tab.navigations[0]?.body ?? '').get('state')
    return { world, page, state }
  }

  it.each<[string, (state: string) => string, string]>([
    ['with its state', state => `/?state=${state}`, 'passed'],
    ['with another state', () => '/?state=x', 'warning'],
    ['with none', () => '/', 'warning'],
  ])('LOUT-05: %s: signed out, noted at most', async (_, path, outcome) => {
    const { world, page, state } = await signedOutAt()
    const back = openPage(world, page.config, page)
    await boot(back, path(state ?? ''), true)
    expect([back.state().status, back.state().error, back.tab.navigations]).toEqual(['signed_out', null, []])
    expect(back.tab.told('end_session_response')).toMatchObject([
      { flowType: 'sign_out', checks: [{ outcome }] },
    ])
    const again = openPage(world, page.config, back)
    for (const mark of ['not ours', '{}', '{"state":"a"}', '{"state":1,"flow":"f"}']) {
      again.tab.session.set('pkce-lens.signing-out', mark)
      await boot(again)
      expect(again.tab.session.has('pkce-lens.signing-out')).toBe(false)
      expect([again.tab.steps, again.state().error]).toEqual([[], null])
    }
  })

  it('on another page of the app: the provider did not send the person back', async () => {
    const { world, page } = await signedOutAt()
    const back = openPage(world, page.config, page)
    await boot(back, '/profile', true)
    const error = {
      code: 'logout_not_returned',
      expected: 'https://app.example/',
      received: 'another page of this app',
      issuer,
      clause: 'OpenID Connect RP-Initiated Logout 1.0 §3',
    }
    expect([back.state().status, back.state().error, back.tab.navigations]).toEqual(['signed_out', error, []])
    expect(stops(back)).toEqual([{ flowType: 'sign_out', during: 'end_session_response', error }])
  })

  it('no automatic sign-in undoes it, not even where another tab signed in meanwhile', async () => {
    const { world, page, state } = await signedOutAt()
    await signedIn(world)
    const back = openPage(world, clientConfig({ restore: 'redirect' }), page)
    await boot(back, `/?state=${state}`, true)
    expect([back.state().status, back.tab.navigations]).toEqual(['signed_out', []])
  })
})
