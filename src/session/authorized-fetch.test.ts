import { describe, expect, it } from 'vitest'
import { clientConfig, serverMetadata } from '../oauth/client.test-data.ts'
import { allowedOrigins, toResponse } from './authorized-fetch.ts'
import { json, offline } from './fake-provider.test-data.ts'
import { boot, comeBack, createWorld, leave, openPage, signedIn, stops } from './signed-in.test-data.ts'

const api = 'https://api.example/orders'
const withApi = { profile_url: 'https://api.example/me' }
const refusal = (status: number, challenge: string) => () =>
  json({}, status, { 'www-authenticate': challenge })

async function atTheApi(config: Record<string, unknown> = {}) {
  const world = await createWorld()
  const page = await signedIn(world, { ...withApi, ...config })
  return { world, page, before: world.provider.count('api') }
}

describe('a call', () => {
  it('BEAR-01: carries the token in its header, and the rest as it was asked', async () => {
    const { world, page } = await atTheApi()
    const response = await page.client.fetch(`${api}?id=1`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', Authorization: 'Basic nonsense' },
      body: '{"a":1}',
    })
    expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ sub: 'alice' })])
    const { request } = world.provider.asked.at(-1) ?? {}
    expect(request).toMatchObject({
      method: 'PUT',
      url: `${api}?id=1`,
      body: '{"a":1}',
      headers: { 'content-type': 'application/json', authorization: expect.stringMatching(/^Bearer at-/) },
    })
    expect(page.tab.told('api_request')).toHaveLength(1)
  })

  it('resolves with the answer of the API, good or bad, as fetch does', async () => {
    const { world, page } = await atTheApi()
    for (const status of [404, 500, 429, 400]) {
      world.provider.once('api', () => json({ status }, status))
      expect((await page.client.fetch(api)).status).toBe(status)
    }
    world.provider.once('api', () => new Response(null, { status: 204 }))
    expect((await page.client.fetch(api)).status).toBe(204)
    expect(world.provider.count('refresh')).toBe(0)
  })

  it('BEAR-03, RES-04: goes to no other origin', async () => {
    const { world, page } = await atTheApi()
    const before = world.provider.asked.length
    for (const [url, received] of [
      ['https://evil.example/x', 'https://evil.example'],
      ['http://api.example/', 'http://api.example'],
      ['https://api.example:8443/', 'https://api.example:8443'],
      ['/own', 'https://app.example'],
    ] as const) {
      const error = {
        code: 'resource_origin_not_allowed',
        expected: 'https://api.example, https://op.example',
        received,
        clause: 'RFC 9700 §4.9',
      }
      await expect(page.client.fetch(url)).rejects.toMatchObject({ details: error })
      expect(stops(page).at(-1)).toEqual({ flowType: 'use', during: 'api_request', error })
    }
    expect(world.provider.asked).toHaveLength(before)
  })

  it('BEAR-03: a grant without any API is good for none', async () => {
    const world = await createWorld()
    world.provider.behaviour.metadata = { userinfo_endpoint: undefined }
    const page = openPage(world)
    await boot(page)
    const { page: back } = await comeBack(world, page, world.provider.authorize(await leave(page)))
    await expect(back.client.fetch(api)).rejects.toMatchObject({ details: { expected: 'no origin' } })
  })

  it('needs somebody to be signed in', async () => {
    const world = await createWorld()
    const page = openPage(world)
    await boot(page)
    await expect(page.client.fetch(api)).rejects.toMatchObject({ code: 'session_expired' })
    await expect(page.client.renew()).rejects.toMatchObject({ code: 'session_expired' })
    expect(world.provider.asked).toEqual([])
  })

  it('a network that fails is an error', async () => {
    const { world, page } = await atTheApi()
    world.provider.once('api', offline)
    await expect(page.client.fetch(api)).rejects.toMatchObject({ code: 'resource_request_failed' })
  })
})

describe('the origins of a grant', () => {
  it('BEAR-03: are those of the profile, the resource and UserInfo', () => {
    const config = clientConfig({ profile_url: 'https://api.example/me', resource: 'https://res.example/x' })
    expect(allowedOrigins({ config, metadata: serverMetadata() })).toEqual([
      'https://api.example',
      'https://res.example',
      'https://op.example',
    ])
    const bare = {
      config: clientConfig({ resource: 'urn:api' }),
      metadata: serverMetadata({ userinfo_endpoint: undefined }),
    }
    expect(allowedOrigins(bare)).toEqual([])
    expect(
      allowedOrigins({ config: clientConfig(), metadata: serverMetadata({ userinfo_endpoint: 'x' }) }),
    ).toEqual([])
  })
})

describe('BEAR-03: a resource that is named by plain http', () => {
  it.each([
    ['http://api.example/x', []],
    ['http://localhost:9001/x', ['http://localhost:9001']],
  ])('%s', (resource, origins) => {
    const metadata = serverMetadata({ userinfo_endpoint: undefined })
    expect(allowedOrigins({ config: clientConfig({ resource }), metadata })).toEqual(origins)
  })

  it('gets no token', async () => {
    const page = await signedIn(await createWorld(), { resource: 'http://api.example' })
    const before = page.tab.sent.length
    await expect(page.client.fetch('http://api.example/orders')).rejects.toMatchObject({
      code: 'resource_origin_not_allowed',
    })
    expect(page.tab.sent).toHaveLength(before)
  })
})

describe('BEAR-04: a 401', () => {
  it('makes one refresh and one repeat with the new token', async () => {
    const { world, page, before } = await atTheApi()
    world.provider.once('api', refusal(401, 'Bearer error="invalid_token"'))
    expect((await page.client.fetch(api)).status).toBe(200)
    expect([world.provider.count('refresh'), world.provider.count('api') - before]).toEqual([1, 2])
    const tokens = world.provider.asked
      .filter(each => each.path === 'api')
      .map(each => each.request.headers['authorization'])
    expect(tokens.at(-1)).not.toBe(tokens.at(-2))
  })

  it('again makes an error, not a loop', async () => {
    const { world, page, before } = await atTheApi()
    world.provider.always('api', refusal(401, 'Bearer error="invalid_token"'))
    await expect(page.client.fetch(api)).rejects.toMatchObject({
      code: 'resource_unauthorized',
      details: { httpStatus: 401, protocolError: 'invalid_token', endpoint: api },
    })
    const checks = (outcome: string, received: string, code: Record<string, string> = {}) => [
      {
        requirement: 'BEAR-04',
        name: 'The API let us in',
        clause: 'RFC 6750 §3.1',
        expected: 'no 401, no 403',
        received,
        outcome,
        ...code,
      },
    ]
    const refused = checks('failed', '401', { code: 'resource_unauthorized' })
    expect(page.tab.told('api_response').map(told => told.checks)).toEqual([refused, refused])
    expect(stops(page)).toMatchObject([
      { flowType: 'use', during: 'api_response', error: { code: 'resource_unauthorized', hints: [] } },
    ])
    expect(page.tab.told('failed')[0]?.exchange).toBe(page.tab.told('api_response')[1]?.exchange)
    expect([world.provider.count('refresh'), world.provider.count('api') - before]).toEqual([1, 2])
    expect(page.state().status).toBe('signed_in')
    world.provider.always('api', null)
    await page.client.fetch(api)
    expect(page.tab.told('api_response').at(-1)?.checks).toEqual(checks('passed', '200'))
  })

  it('of twenty calls at once makes one refresh', async () => {
    const { world, page } = await atTheApi()
    for (let count = 0; count < 20; count++) world.provider.once('api', refusal(401, 'Bearer'))
    const answers = await Promise.all(Array.from({ length: 20 }, () => page.client.fetch(api)))
    expect([new Set(answers.map(each => each.status)), world.provider.count('refresh')]).toEqual([
      new Set([200]),
      1,
    ])
  })

  it('to a call that began before another one renewed the token makes no refresh', async () => {
    const { world, page } = await atTheApi()
    world.provider.once('api', async () => {
      await page.client.renew()
      return json({}, 401)
    })
    expect((await page.client.fetch(api)).status).toBe(200)
    expect(world.provider.count('refresh')).toBe(1)
  })

  it('where the renewal fails for another reason: that is the error', async () => {
    const { world, page } = await atTheApi()
    world.provider.once('api', refusal(401, 'Bearer error="invalid_token"'))
    world.provider.once('refresh', offline)
    await expect(page.client.fetch(api)).rejects.toMatchObject({ code: 'refresh_network_failed' })
  })

  it('where nothing can renew the token: the refusal of the API is the error', async () => {
    const { world, page } = await atTheApi({ restore: 'off' })
    world.provider.behaviour.refreshToken = 'none'
    const other = await signedIn(world, { ...withApi, restore: 'off' })
    world.provider.always('api', refusal(401, 'Bearer error="invalid_token"'))
    await expect(other.client.fetch(api)).rejects.toMatchObject({ code: 'resource_unauthorized' })
    expect([page.state().status, other.state().status]).toEqual(['signed_in', 'signed_in'])
  })
})

describe('other refusals', () => {
  it('BEAR-05: insufficient scope: no refresh, and which scope is needed', async () => {
    const { world, page, before } = await atTheApi()
    world.provider.once('api', refusal(403, 'Bearer error="insufficient_scope", scope="orders"'))
    await expect(page.client.fetch(api)).rejects.toMatchObject({
      code: 'resource_insufficient_scope',
      details: { expected: 'scope orders', hints: ['scope:orders'], endpoint: api },
    })
    expect([world.provider.count('refresh'), world.provider.count('api') - before]).toEqual([0, 1])
  })

  it('BEAR-09: step-up: no refresh, and what is asked', async () => {
    const { world, page } = await atTheApi()
    world.provider.once(
      'api',
      refusal(401, 'Bearer error="insufficient_user_authentication", acr_values="gold", max_age="60"'),
    )
    await expect(page.client.fetch(api)).rejects.toMatchObject({
      code: 'resource_step_up_required',
      details: { hints: ['acr_values:gold', 'max_age:60'] },
    })
    expect(world.provider.count('refresh')).toBe(0)
  })

  it('BEAR-06: a challenge that CORS hides is hinted at', async () => {
    const { world, page } = await atTheApi()
    world.provider.once('api', () => json({}, 403))
    await expect(page.client.fetch(api)).rejects.toMatchObject({
      details: { hints: ['cors_header_not_exposed'] },
    })
  })
})

describe('1,000 calls at the moment of expiry', () => {
  it('RT-04: make one refresh, and all succeed with the new token', async () => {
    const { world, page, before } = await atTheApi()
    page.tab.conditions.visible = false
    await world.browser.advance(300_000)
    expect(world.provider.count('refresh')).toBe(0)
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => page.client.fetch(api)))
    expect(answers.every(each => each.status === 200)).toBe(true)
    expect([world.provider.count('refresh'), world.provider.count('api') - before]).toEqual([1, 1_000])
  })

  it('a token with ten seconds left is used, with less it is renewed first', async () => {
    const { world, page } = await atTheApi()
    page.tab.conditions.visible = false
    await world.browser.advance(290_000)
    await page.client.fetch(api)
    expect(world.provider.count('refresh')).toBe(0)
    await world.browser.advance(1)
    await page.client.fetch(api)
    expect(world.provider.count('refresh')).toBe(1)
  })
})

describe('a Response for the caller', () => {
  it.each([204, 205, 304])('%s has no body', status => {
    expect(toResponse({ status, headers: {}, body: 'x' }).body).toBeNull()
  })

  it('keeps status, headers and body', async () => {
    const response = toResponse({ status: 418, headers: { a: 'b' }, body: 'tea' })
    expect([response.status, response.headers.get('a'), await response.text()]).toEqual([418, 'b', 'tea'])
  })
})
