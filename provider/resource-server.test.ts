import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Demo } from './demo.ts'
import { createDpopSender } from './dpop-sender.ts'
import { createResourceServer } from './resource-server.ts'
import { call, exchange, freshCode, freshTokens, member, post, startTestDemo } from './test-client.ts'
import { alter, boundToken } from './weak/api.scenarios.ts'

let demo: Demo
beforeAll(async () => {
  demo = await startTestDemo({ accessTokenSeconds: 60 })
})
afterAll(() => demo.close())
afterEach(() => {
  vi.useRealTimers()
  demo.weaknesses.set([])
})

const profile = (authorization: string | null, headers = {}) =>
  call(demo.profileUrl, demo, authorization, headers)
const challenge = (answer: { headers: Headers }) => answer.headers.get('www-authenticate') ?? ''

describe('bearer tokens', () => {
  it('a good token opens the profile, and nobody may cache it', async () => {
    const { access } = await freshTokens(demo)
    const answer = await profile(`Bearer ${access}`)
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({
      sub: 'u_7Q2m4Wd9',
      given_name: 'Alice',
      locale: 'sv-SE',
      plan: 'Plus',
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('without a token: 401 that names both schemes and no error (RFC 6750 §3)', async () => {
    const answer = await profile(null)
    expect(answer.status).toBe(401)
    expect(challenge(answer)).toMatch(/^Bearer realm="[^"]+", DPoP realm="[^"]+", algs="ES256 /)
    expect(challenge(answer)).not.toContain('error')
  })

  it('another scheme is no token', async () => {
    expect((await profile('Basic YTpi')).status).toBe(401)
  })

  it.each(['garbage', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.'])(
    'BEAR-04: %s is an invalid_token',
    async token => {
      const answer = await profile(`Bearer ${token}`)
      expect(answer.status).toBe(401)
      expect(challenge(answer)).toContain('Bearer realm=')
      expect(challenge(answer)).toContain('error="invalid_token"')
    },
  )

  it('an altered signature, an ID token and a token for UserInfo are invalid', async () => {
    const { access, idToken } = await freshTokens(demo)
    const opaque = (await freshTokens(demo, { scope: 'openid' })).access
    for (const token of [alter(access), idToken, opaque])
      expect(challenge(await profile(`Bearer ${token}`))).toContain('error="invalid_token"')
  })

  it('a token for another API says so', async () => {
    const { access } = await freshTokens(demo, { resource: `${demo.apiOrigin}/other-api` })
    expect((await profile(`Bearer ${access}`)).json['error_description']).toBe(
      'the access token is for another API',
    )
  })

  it('an expired token is refused, unless the API does not look', async () => {
    const { access } = await freshTokens(demo)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
    const answer = await profile(`Bearer ${access}`)
    expect([answer.status, answer.json['error_description']]).toEqual([401, 'the access token expired'])
    demo.weaknesses.set(['api_accepts_expired'])
    expect((await profile(`Bearer ${access}`)).status).toBe(200)
  })

  it('BEAR-05: a missing scope is 403 and named', async () => {
    const { access } = await freshTokens(demo)
    const answer = await call(`${demo.apiOrigin}/user/orders`, demo, `Bearer ${access}`)
    expect(answer.status).toBe(403)
    expect(challenge(answer)).toMatch(/error="insufficient_scope".*scope="read_orders"/)
  })

  it('with the scope the orders come', async () => {
    const { access } = await freshTokens(demo, { scope: 'openid read_orders' })
    const answer = await call(`${demo.apiOrigin}/user/orders`, demo, `Bearer ${access}`)
    expect(answer.json['orders']).toHaveLength(2)
  })

  it('BEAR-01, BEAR-02: a token in the query is 400, alone or beside the header', async () => {
    const { access } = await freshTokens(demo)
    for (const authorization of [null, `Bearer ${access}`]) {
      const answer = await call(`${demo.profileUrl}?access_token=${access}`, demo, authorization)
      expect(answer.status).toBe(400)
      expect(challenge(answer)).toContain('error="invalid_request"')
    }
  })
})

describe('DPoP (RFC 9449)', () => {
  it('DPOP-03: a bound token with a good proof opens the profile', async () => {
    const { sender, token } = await boundToken(demo)
    const dpop = await sender.proof('GET', demo.profileUrl, token)
    expect((await profile(`DPoP ${token}`, { dpop })).status).toBe(200)
  })

  it('DPOP-16: as Bearer, or without a proof, it does not', async () => {
    const { token } = await boundToken(demo)
    for (const scheme of ['Bearer', 'DPoP']) {
      const answer = await profile(`${scheme} ${token}`)
      expect(answer.status).toBe(401)
      expect(challenge(answer)).toContain('error="invalid_token"')
    }
  })

  it.each([
    ['htm', { htm: 'POST' }],
    ['htu', { htu: 'http://localhost:1/user/profile' }],
    ['ath', { ath: 'x' }],
    ['jti', { jti: undefined }],
    ['iat', { iat: 1 }],
  ])('a proof with a wrong %s is refused', async (_claim, changes) => {
    const { sender, token } = await boundToken(demo)
    const dpop = await sender.proof('GET', demo.profileUrl, token, changes)
    const answer = await profile(`DPoP ${token}`, { dpop })
    expect(answer.status).toBe(401)
    expect(challenge(answer)).toMatch(/^DPoP .*error="invalid_dpop_proof".*algs=/)
  })

  it('DPOP-02: query and fragment of the address do not count', async () => {
    const { sender, token } = await boundToken(demo)
    const dpop = await sender.proof('GET', `${demo.profileUrl}?a=1#x`, token)
    expect((await call(`${demo.profileUrl}?b=2`, demo, `DPoP ${token}`, { dpop })).status).toBe(200)
  })

  it('a replayed proof and a proof of another key are refused', async () => {
    const { sender, token } = await boundToken(demo)
    const dpop = await sender.proof('GET', demo.profileUrl, token)
    await profile(`DPoP ${token}`, { dpop })
    expect((await profile(`DPoP ${token}`, { dpop })).json['error']).toBe('invalid_dpop_proof')
    const foreign = await (await createDpopSender()).proof('GET', demo.profileUrl, token)
    expect((await profile(`DPoP ${token}`, { dpop: foreign })).json['error']).toBe('invalid_token')
  })

  it('an unbound token with the DPoP scheme is refused', async () => {
    const { access } = await freshTokens(demo)
    const dpop = await (await createDpopSender()).proof('GET', demo.profileUrl, access)
    expect((await profile(`DPoP ${access}`, { dpop })).json['error']).toBe('invalid_token')
  })

  it('DPOP-06, DPOP-07: both servers demand their nonce when asked to', async () => {
    const strict = await startTestDemo({ dpopNonce: true })
    try {
      const sender = await createDpopSender()
      const { asked, code } = await freshCode(strict)
      const url = `${strict.issuer}/token`
      const first = await exchange(strict, asked, code, {}, { dpop: await sender.proof('POST', url) })
      expect(first.json['error']).toBe('use_dpop_nonce')
      const nonce = first.headers.get('dpop-nonce')
      const tokens = await exchange(
        strict,
        asked,
        code,
        {},
        { dpop: await sender.proof('POST', url, undefined, { nonce }) },
      )
      const token = member(tokens, 'access_token')
      const ask = async (changes = {}) =>
        call(strict.profileUrl, strict, `DPoP ${token}`, {
          dpop: await sender.proof('GET', strict.profileUrl, token, changes),
        })
      const refused = await ask()
      expect([refused.status, refused.json['error']]).toEqual([401, 'use_dpop_nonce'])
      expect((await ask({ nonce: refused.headers.get('dpop-nonce') })).status).toBe(200)
    } finally {
      await strict.close()
    }
  })
})

describe('around it', () => {
  it('health, pictures, unknown paths and other methods', async () => {
    expect((await call(`${demo.apiOrigin}/`, demo, null)).json['resources']).toEqual([
      '/user/profile',
      '/user/orders',
    ])
    const picture = await fetch(`${demo.apiOrigin}/avatars/bob.svg`)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    for (const nobody of ['eve', 'constructor'])
      expect((await fetch(`${demo.apiOrigin}/avatars/${nobody}.svg`)).status, nobody).toBe(404)
    expect((await fetch(demo.profileUrl, { method: 'POST' })).status).toBe(405)
  })

  it('revoking an access token that is a JWT is refused: it lives until it expires', async () => {
    const { access } = await freshTokens(demo)
    const answer = await post(demo, '/revoke', { token: access, client_id: 'pkce-lens' })
    expect(answer.json['error']).toBe('unsupported_token_type')
    expect((await profile(`Bearer ${access}`)).status).toBe(200)
  })

  it('without the provider the API says 503, not that the token is bad', async () => {
    const away = await startTestDemo()
    const { access } = await freshTokens(away)
    await away.close()
    const port = Number(new URL(away.issuer).port)
    const resourcePort = Number(new URL(away.apiOrigin).port)
    const lonely = await createResourceServer({ port, resourcePort, appOrigin: away.appOrigin })
    try {
      const answer = await call(away.profileUrl, away, `Bearer ${access}`)
      expect([answer.status, answer.json['error']]).toEqual([503, 'temporarily_unavailable'])
    } finally {
      await lonely.close()
    }
  })
})
