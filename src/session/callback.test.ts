import { describe, expect, it } from 'vitest'
import { clientConfig, issuer } from '../oauth/client.test-data.ts'
import { type Behaviour, json, offline } from './fake-provider.test-data.ts'
import { boot, comeBack, createWorld, leave, openPage, type Page, type World } from './signed-in.test-data.ts'

const answer = (world: World, url: string, change: (query: URLSearchParams) => void = () => {}) => {
  const query = new URLSearchParams(world.provider.authorize(url))
  change(query)
  return `?${query}`
}

/** As far as the address to come back to. */
async function away(config: Record<string, unknown> = {}, metadata: Record<string, unknown> = {}) {
  const world = await createWorld()
  world.provider.behaviour.metadata = metadata
  const page = openPage(world, clientConfig(config))
  await boot(page)
  return { world, page, url: await leave(page, { returnTo: '/orders' }) }
}

const calls = ({ provider }: World) => provider.asked.map(each => each.path)
/** Everything that a script of this origin could find lying about. */
const stored = ({ browser }: World, { tab }: Page) => JSON.stringify([[...browser.local], [...tab.session]])

describe('coming back', () => {
  it('the code is redeemed, the keys are asked beside it, the profile follows, and nothing else', async () => {
    const { world, page, url } = await away()
    const before = world.provider.asked.length
    const back = await comeBack(world, page, answer(world, url))
    expect(back.path).toBe('/orders')
    const state = await back.page.until(({ profile }) => profile.status === 'ready')
    expect(calls(world).slice(before)).toEqual(['token', 'jwks', 'userinfo'])
    expect(state).toMatchObject({
      status: 'signed_in',
      issuer,
      clientId: 'this-app',
      claims: { sub: 'alice' },
      scope: 'openid profile email',
      hasRefreshToken: true,
      tokenType: 'Bearer',
      error: null,
      profile: { status: 'ready', source: 'userinfo', claims: { email: 'alice@op.example' } },
    })
  })

  it('the profile is asked for before anybody is drawn, and after the session was told', async () => {
    const { world, page, url } = await away()
    const back = openPage(world, page.config, page)
    const atSignedIn: string[] = []
    const stop = back.client.store.subscribe(({ status }) => {
      if (status === 'signed_in' && atSignedIn.length === 0)
        atSignedIn.push(...back.tab.steps.slice(-2).map(({ kind }) => kind))
    })
    await boot(back, `/callback${answer(world, url)}`, true)
    stop()
    expect(atSignedIn).toEqual(['session_changed', 'userinfo_request'])
  })

  it('the session is shown while the request for the profile is held', async () => {
    const { world, page, url } = await away()
    const back = openPage(world, page.config, page)
    back.tab.conditions.hold = async message =>
      message.type === 'request' && message.purpose === 'userinfo' ? new Promise(() => {}) : message
    await boot(back, `/callback${answer(world, url)}`, true)
    expect(back.state()).toMatchObject({ status: 'signed_in', profile: { status: 'loading' } })
  })

  it('TOK-02, PKCE-01: with the verifier, once; the keys come while the token request is away', async () => {
    const { world, page, url } = await away()
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    world.provider.once('token', async request => {
      await held
      return world.provider.answer(request)
    })
    const query = answer(world, url)
    const coming = comeBack(world, page, query)
    for (let round = 0; round < 100 && world.provider.count('jwks') < 2; round++)
      await new Promise(resolve => setImmediate(resolve))
    expect([world.provider.count('jwks'), world.provider.count('token')]).toEqual([2, 1])
    release()
    expect((await coming).page.state().status).toBe('signed_in')
    expect(world.provider.form('token')).toMatchObject({
      grant_type: 'authorization_code',
      client_id: 'this-app',
    })
  })

  it('RT-11, TOK-13, WEB-13: no token, code or verifier is in any storage or in the store', async () => {
    const { world, page, url } = await away()
    const query = answer(world, url)
    const { codeVerifier } = JSON.parse(
      [...page.tab.session].find(([key]) => key.includes('transaction.'))?.[1] ?? '',
    )
    const back = await comeBack(world, page, query)
    await back.page.until(({ profile }) => profile.status === 'ready')
    const [response] = back.page.tab.told('token_response')
    const tokens: Record<string, string> = JSON.parse(response?.response.body ?? '')
    const secrets = [
      codeVerifier,
      new URLSearchParams(query).get('code'),
      tokens['access_token'],
      tokens['refresh_token'],
      tokens['id_token'],
    ]
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(10)
      expect(stored(world, back.page)).not.toContain(secret)
      expect(JSON.stringify(back.page.state())).not.toContain(secret)
    }
  })

  it('ISS-05: a provider without iss, without expires_in, without refresh token', async () => {
    const { world, page, url } = await away({}, { authorization_response_iss_parameter_supported: undefined })
    Object.assign(world.provider.behaviour, {
      expiresIn: null,
      refreshToken: 'none',
    } satisfies Partial<Behaviour>)
    const query = new URLSearchParams(answer(world, url))
    query.delete('iss')
    const back = await comeBack(world, page, `?${query}`)
    expect(back.page.state()).toMatchObject({
      status: 'signed_in',
      hasRefreshToken: false,
      accessToken: { expiresAt: null, renewAt: null },
    })
  })

  it('TOK-07: the granted scope is the truth', async () => {
    const { world, page, url } = await away()
    world.provider.behaviour.tokens = { scope: 'openid' }
    expect((await comeBack(world, page, answer(world, url))).page.state().scope).toBe('openid')
  })

  it('TOK-03: the provider of the transaction answers, whatever is configured by now', async () => {
    const { world, page, url } = await away()
    const query = answer(world, url)
    const other = openPage(world, clientConfig({ issuer: 'https://other.example', client_id: 'x' }), page)
    await boot(other, `/callback${query}`)
    expect([other.state().status, other.state().issuer]).toEqual(['signed_in', issuer])
  })

  it('META-13: the key was changed meanwhile', async () => {
    const { world, page, url } = await away()
    await world.provider.rotateKey()
    expect((await comeBack(world, page, answer(world, url))).page.state().status).toBe('signed_in')
  })

  it('META-13: the keys cannot be asked again: the kept ones serve', async () => {
    const { world, page, url } = await away()
    world.provider.always('jwks', offline)
    expect((await comeBack(world, page, answer(world, url))).page.state().status).toBe('signed_in')
  })

  it('META-13: keys that were kept verify at once: an address of keys that hangs is not waited for', async () => {
    const { world, page, url } = await away()
    world.provider.always('jwks', () => new Promise(() => {}))
    expect((await comeBack(world, page, answer(world, url))).page.state().status).toBe('signed_in')
  })

  it('META-13: an unknown key for ever: asked twice, past the cache, then refused', async () => {
    const { world, page, url } = await away()
    const old = await (
      await world.provider.answer({ url: `${issuer}/jwks`, method: 'GET', headers: {}, body: null })
    ).json()
    world.provider.always('jwks', () => json(old))
    await world.provider.rotateKey()
    const before = world.provider.count('jwks')
    const back = await comeBack(world, page, answer(world, url))
    expect([back.page.state().error?.code, world.provider.count('jwks') - before]).toEqual([
      'jwks_key_not_found',
      2,
    ])
    expect(world.provider.asked.filter(each => each.path === 'jwks').at(-1)?.cache).toBe('reload')
  })

  it('DPOP-04: the token request proves the key that the code is bound to', async () => {
    const { world, page, url } = await away({ dpop: true })
    const back = await comeBack(world, page, answer(world, url))
    await back.page.until(({ profile }) => profile.status === 'ready')
    expect([back.page.state().tokenType, world.browser.keys.size]).toEqual(['DPoP', 0])
    const profile = world.provider.asked.at(-1)?.request.headers ?? {}
    expect(profile['authorization']).toMatch(/^DPoP /)
    expect(profile['dpop']).toMatch(/^ey/)
  })

  it('DPOP-11: a key that could not be kept is made anew', async () => {
    const world = await createWorld()
    const page = openPage(world, clientConfig({ dpop: true }))
    page.tab.conditions.keysRefused = true
    await boot(page)
    const back = await comeBack(world, page, answer(world, await leave(page)))
    expect(back.page.state()).toMatchObject({ status: 'signed_in', tokenType: 'DPoP' })
  })

  it('a key that is gone stops before the code is spent', async () => {
    const { world, page, url } = await away({ dpop: true })
    world.browser.keys.clear()
    const back = await comeBack(world, page, answer(world, url))
    expect([back.page.state().error?.code, world.provider.count('token')]).toEqual([
      'dpop_key_unavailable',
      0,
    ])
  })
})

describe('RESP-11: a callback is finished once', () => {
  it('two loads of the same address spend the code once', async () => {
    const { world, page, url } = await away()
    const query = answer(world, url)
    const first = await comeBack(world, page, query)
    const again = openPage(world, first.page.config, first.page)
    const booting = boot(again, `/callback${query}`, true)
    const frame = await again.tab.opened('frames')
    frame.answer(world.provider.authorize(frame.url))
    expect([await booting, again.state().status]).toEqual(['/orders', 'signed_in'])
    expect(
      world.provider.asked
        .filter(each => each.path === 'token')
        .map(each => new URLSearchParams(each.request.body ?? '').get('code'))
        .filter(code => query.includes(String(code))),
    ).toHaveLength(1)
  })

  it('a reload in the middle, when the address is clean already, asks the session', async () => {
    const { world, page } = await away()
    const again = openPage(world, page.config, page)
    expect([await boot(again, '/callback'), again.state().status, again.state().error]).toEqual([
      '/',
      'signed_out',
      null,
    ])
  })
})

describe('a message that is held', () => {
  it('the callback is judged as it was edited', async () => {
    const { world, page, url } = await away()
    const query = answer(world, url)
    const back = openPage(world, page.config, page)
    back.tab.conditions.hold = async message =>
      message.type === 'callback' ? { ...message, url: message.url.replace('state=', 'state=x') } : message
    await boot(back, `/callback${query}`)
    expect(back.state().error?.code).toBe('auth_response_state_mismatch')
    expect(back.tab.told('authorization_response')[0]?.tampered).toEqual(['url'])
  })

  it('the callback is dropped', async () => {
    const { world, page, url } = await away()
    const query = answer(world, url)
    const back = openPage(world, page.config, page)
    back.tab.conditions.hold = async message => (message.type === 'callback' ? null : message)
    await boot(back, `/callback${query}`)
    expect([back.state().error?.code, world.provider.count('token')]).toEqual(['message_dropped', 0])
  })
})
