import { createHash } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import type { SignInWish } from '../oauth/authorization-request.ts'
import { clientConfig, issuer } from '../oauth/client.test-data.ts'
import { json, offline } from './fake-provider.test-data.ts'
import { boot, createWorld, leave, openPage, type Page, signedIn, type World } from './signed-in.test-data.ts'

async function start(config: Record<string, unknown> = {}): Promise<{ world: World; page: Page }> {
  const world = await createWorld()
  const page = openPage(world, clientConfig(config))
  await boot(page)
  return { world, page }
}
const parametersOf = (url: string) => Object.fromEntries(new URL(url).searchParams)
const keptTransactions = (page: Page) => [...page.tab.session].filter(([key]) => key.includes('transaction.'))

describe('leaving for the provider', () => {
  it('PKCE-01, PKCE-07, AREQ-08: by navigation, with the hash of a verifier that stays here', async () => {
    const { page } = await start()
    const url = await leave(page)
    expect(page.tab.navigations).toEqual([{ url, method: 'GET', body: null }])
    const [[key, value] = ['', '']] = keptTransactions(page)
    const kept: Record<string, string> = JSON.parse(value)
    const sent = parametersOf(url)
    const hash = createHash('sha256')
      .update(kept['codeVerifier'] ?? '')
      .digest('base64url')
    expect([sent['code_challenge'], sent['state'], sent['nonce']]).toEqual([
      hash,
      kept['state'],
      kept['nonce'],
    ])
    expect(key).toContain(kept['state'])
    expect(url).not.toContain(kept['codeVerifier'])
    expect(page.state().status).toBe('signing_in')
  })

  it('tells its Steps in flow order', async () => {
    const { page } = await start()
    await leave(page)
    expect(page.tab.steps.map(step => step.kind)).toEqual([
      'flow_started',
      'discovery_request',
      'discovery_response',
      'keys_request',
      'keys_response',
      'pkce_created',
      'transaction_created',
      'authorization_request',
    ])
    expect(new Set(page.tab.steps.map(step => step.flow)).size).toBe(1)
  })

  it('PKCE-02, WEB-12: verifier, state and nonce are of the system’s chance, 32 bytes each', async () => {
    vi.spyOn(Math, 'random').mockImplementation(() => {
      throw new Error('not random enough')
    })
    const drawn = vi.spyOn(crypto, 'getRandomValues')
    const { page } = await start()
    await leave(page)
    vi.restoreAllMocks()
    const chance = drawn.mock.results.flatMap(({ value }) =>
      value instanceof Uint8Array ? [Buffer.from(value).toString('base64url')] : [],
    )
    const kept: Record<string, string> = JSON.parse(keptTransactions(page)[0]?.[1] ?? '')
    for (const name of ['codeVerifier', 'state', 'nonce']) {
      expect(chance).toContain(kept[name])
      expect(kept[name]).toHaveLength(43)
    }
  })

  it('AREQ-09: every attempt has fresh values', async () => {
    const { world, page } = await start()
    const urls = [await leave(page)]
    for (let count = 0; count < 2; count++) {
      const again = openPage(world, page.config, page)
      await boot(again)
      urls.push(await leave(again))
    }
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(new Set(urls.map(url => parametersOf(url)[name])).size).toBe(3)
  })

  it('AREQ-10, AREQ-13: the return path is kept here, not in the state', async () => {
    const { page } = await start()
    const url = await leave(page, { returnTo: '/orders?id=secret' })
    expect(url).not.toContain('orders')
    expect(JSON.parse(keptTransactions(page)[0]?.[1] ?? '')).toMatchObject({ returnTo: '/orders?id=secret' })
    const evil = (await start()).page
    await leave(evil, { returnTo: 'https://evil.example/' })
    expect(JSON.parse(keptTransactions(evil)[0]?.[1] ?? '')).toMatchObject({ returnTo: '/profile' })
  })

  it('two clicks leave once', async () => {
    const { page } = await start()
    await Promise.all([page.client.signIn(), page.client.signIn()])
    expect(page.tab.navigations).toHaveLength(1)
  })

  it('does not wait for what was prepared while the page loaded', async () => {
    const { world, page } = await start()
    await page.client.prepare()
    world.provider.always('discovery', offline)
    world.provider.always('jwks', offline)
    expect(await leave(page)).toContain(`${issuer}/authorize?`)
  })

  it('asks what was wished', async () => {
    const { page } = await start()
    const wish: SignInWish = {
      prompt: 'login',
      loginHint: 'bob',
      maxAge: 60,
      acrValues: 'gold',
      moreScope: 'orders',
    }
    expect(parametersOf(await leave(page, wish))).toMatchObject({
      prompt: 'login',
      login_hint: 'bob',
      max_age: '60',
      acr_values: 'gold',
      scope: 'openid profile email orders',
    })
    expect(JSON.parse(keptTransactions(page)[0]?.[1] ?? '')).toMatchObject({ maxAge: 60, acrValues: 'gold' })
  })

  it('IDT-18, IDT-19: what the configuration asks is checked as well', async () => {
    const { page } = await start({ extra_authorization_params: { max_age: '60', acr_values: 'gold' } })
    await leave(page)
    expect(JSON.parse(keptTransactions(page)[0]?.[1] ?? '')).toMatchObject({ maxAge: 60, acrValues: 'gold' })
  })

  it('IDT-19: an empty acr_values of the configuration asks for nothing, and the sign-in is found again', async () => {
    const page = await signedIn(await createWorld(), { extra_authorization_params: { acr_values: '' } })
    expect(page.state()).toMatchObject({ status: 'signed_in', error: null })
  })

  it('a step-up binds to the person who is signed in', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    await leave(page, { moreScope: 'orders' })
    expect(JSON.parse(keptTransactions(page)[0]?.[1] ?? '')).toMatchObject({ subject: 'alice' })
  })
})

describe('a sign-in that cannot leave', () => {
  const failing = async (page: Page, wish?: SignInWish) => {
    await page.client.signIn(wish)
    expect(page.tab.navigations).toEqual([])
    expect([page.state().status, keptTransactions(page)]).toEqual(['signed_out', []])
    return page.state().error
  }

  it('META-04: the provider names another issuer', async () => {
    const { world, page } = await start()
    world.provider.behaviour.metadata = { issuer: `${issuer}/` }
    expect(await failing(page, { returnTo: '/orders' })).toMatchObject({
      code: 'discovery_issuer_mismatch',
      returnTo: '/orders',
    })
    world.provider.behaviour.metadata = {}
    expect(await leave(page)).toContain(issuer)
  })

  it('PKCE-09: no S256', async () => {
    const { world, page } = await start()
    world.provider.behaviour.metadata = { code_challenge_methods_supported: ['plain'] }
    expect(await failing(page)).toMatchObject({ code: 'discovery_pkce_s256_unsupported' })
  })

  it('the provider is away', async () => {
    const { world, page } = await start()
    world.provider.always('discovery', offline)
    page.tab.conditions.reachable = false
    expect(await failing(page)).toMatchObject({
      code: 'discovery_fetch_failed',
      hints: ['network_unreachable'],
    })
  })

  it('PKCE-10: the page is no secure context', async () => {
    const { page } = await start()
    page.tab.conditions.secure = false
    // Browsers hide it there.
    vi.spyOn(crypto, 'randomUUID').mockImplementation(() => {
      throw new TypeError('crypto.randomUUID is not a function')
    })
    expect(await failing(page)).toMatchObject({ code: 'insecure_context' })
    vi.restoreAllMocks()
  })

  it('the browser stores nothing', async () => {
    const { page } = await start()
    page.tab.conditions.storageFull = true
    expect(await failing(page)).toMatchObject({ code: 'storage_unavailable' })
  })

  it('the person drops the message', async () => {
    const { page } = await start()
    page.tab.conditions.hold = async message => (message.type === 'navigation' ? null : message)
    await page.client.signIn()
    expect([page.tab.navigations, page.state().error?.code]).toEqual([[], 'message_dropped'])
  })
})

describe('an address that was edited while it was held', () => {
  it('is the one that is opened; what was changed is told by name', async () => {
    const { page } = await start()
    const held: unknown[] = []
    page.tab.conditions.hold = async (message, { type }) => {
      if (message.type !== 'navigation') return message
      held.push([message, type])
      const url = new URL(message.url)
      url.searchParams.set('scope', 'openid')
      url.searchParams.delete('code_challenge_method')
      url.searchParams.set('evil', '1')
      return { ...message, url: url.href }
    }
    const opened = await leave(page)
    expect(parametersOf(opened)).toMatchObject({ scope: 'openid', evil: '1' })
    const asked = { type: 'navigation', purpose: 'authorization', method: 'GET', body: null }
    expect(held).toEqual([
      [{ ...asked, url: expect.stringContaining('code_challenge_method=S256') }, 'sign_in'],
    ])
    const [told] = page.tab.told('authorization_request')
    expect([told?.url, told?.tampered?.toSorted()]).toEqual([
      opened,
      ['code_challenge_method', 'evil', 'scope'],
    ])
    expect(told?.checks.find(check => check.requirement === 'PKCE-05')?.outcome).toBe('failed')
  })
})

describe('PAR', () => {
  it.each([
    ['PAR-05', {}, { require_pushed_authorization_requests: true }],
    ['PAR-01', { par: true }, {}],
  ])(
    '%s: the parameters are pushed, the address shows their reference only (PAR-03)',
    async (_, config, metadata) => {
      const { world, page } = await start(config)
      world.provider.behaviour.metadata = metadata
      const url = await leave(page)
      expect(parametersOf(url)).toEqual({
        client_id: 'this-app',
        request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:/),
      })
      expect(world.provider.form('par')).toMatchObject({
        response_type: 'code',
        code_challenge_method: 'S256',
      })
      expect(page.tab.told('par_request')[0]?.request.url).toBe(`${issuer}/par`)
    },
  )

  it('PAR-05: demanded by the provider, forbidden by the configuration', async () => {
    const { world, page } = await start({ par: false })
    world.provider.behaviour.metadata = { require_pushed_authorization_requests: true }
    await page.client.signIn()
    expect([page.state().error?.code, world.provider.count('par')]).toEqual([
      'par_required_not_configured',
      0,
    ])
  })

  it.each([
    ['asked by the configuration', { par: true }, {}],
    ['demanded by the provider', {}, { require_pushed_authorization_requests: true }],
  ])('META-06: %s, and the metadata names no place for it', async (_, config, metadata) => {
    const { world, page } = await start(config)
    world.provider.behaviour.metadata = { ...metadata, pushed_authorization_request_endpoint: undefined }
    await page.client.signIn()
    expect([page.state().error, page.tab.navigations]).toEqual([
      {
        code: 'discovery_missing_field',
        expected: 'pushed_authorization_request_endpoint',
        received: 'nothing',
        clause: 'RFC 9126 §5',
        issuer,
        returnTo: '/profile',
      },
      [],
    ])
  })

  it('PAR-04: time that the pushed request itself was held does not count', async () => {
    const { world, page } = await start({ par: true })
    page.tab.conditions.hold = async message => {
      if (message.type === 'request' && message.purpose === 'par') await world.browser.advance(61_000)
      return message
    }
    await page.client.signIn()
    expect([page.state().error, page.tab.navigations.length]).toEqual([null, 1])
  })

  it('PAR-04: what was held for longer than the reference is good does not leave', async () => {
    const { world, page } = await start({ par: true })
    page.tab.conditions.hold = async message => {
      if (message.type === 'navigation') await world.browser.advance(61_000)
      return message
    }
    await page.client.signIn()
    expect([page.state().error?.code, page.tab.navigations]).toEqual(['par_request_uri_expired', []])
  })

  it('PAR-06: a refusal stops the sign-in', async () => {
    const { world, page } = await start({ par: true })
    world.provider.once('par', () => json({ error: 'invalid_request' }, 400))
    await page.client.signIn()
    expect([page.state().error?.code, page.tab.navigations]).toEqual(['par_error', []])
  })
})

describe('DPoP', () => {
  it('DPOP-12: the code is bound to the key that waits here', async () => {
    const { world, page } = await start({ dpop: true })
    const jkt = parametersOf(await leave(page))['dpop_jkt'] ?? ''
    const key = world.browser.keys.get(jkt)
    expect([key?.thumbprint, key?.privateKey.extractable]).toEqual([jkt, false])
    expect(JSON.parse(keptTransactions(page)[0]?.[1] ?? '')).toMatchObject({ dpopThumbprint: jkt })
  })

  it('DPOP-11: a browser that keeps no key: the code is not bound, the sign-in goes on', async () => {
    const { page } = await start({ dpop: true })
    page.tab.conditions.keysRefused = true
    expect(parametersOf(await leave(page))).not.toHaveProperty('dpop_jkt')
    expect(JSON.parse(keptTransactions(page)[0]?.[1] ?? '')).not.toHaveProperty('dpopThumbprint')
    const [told] = page.tab.told('authorization_request')
    expect(told?.checks.filter(({ outcome }) => outcome === 'warning')).toMatchObject([
      { requirement: 'DPOP-11', code: 'dpop_key_storage_failed' },
    ])
  })

  it.each([undefined, ['RS256']])('DPOP-15: the provider offers %j', async algorithms => {
    const { world, page } = await start({ dpop: true })
    world.provider.behaviour.metadata = { dpop_signing_alg_values_supported: algorithms }
    await page.client.signIn()
    expect(page.state().error?.code).toBe('dpop_alg_unsupported')
  })
})
