import { createHash } from 'node:crypto'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Demo } from './demo.ts'
import {
  ask,
  call,
  codeOf,
  exchange,
  freshCode,
  freshTokens,
  member,
  post,
  refresh,
  startTestDemo,
  walk,
} from './test-client.ts'
import { Visitor } from './visitor.ts'

let demo: Demo
beforeAll(async () => {
  demo = await startTestDemo()
})
afterAll(() => demo.close())

describe('code flow', () => {
  it('signs alice in: code, tokens, profile', async () => {
    const { asked, code } = await freshCode(demo)
    const tokens = await exchange(demo, asked, code)
    expect(tokens.status).toBe(200)
    expect(tokens.json).toMatchObject({ token_type: 'Bearer', expires_in: 60, scope: 'read_profile' })
    expect(tokens.headers.get('cache-control')).toBe('no-store')
    const profile = await call(demo.profileUrl, demo, `Bearer ${member(tokens, 'access_token')}`)
    expect(profile.json).toMatchObject({
      name: 'Alice Åström',
      email: 'alice@example.com',
      member_since: '2024-11-02',
    })
  })

  it('ISS-01: the answer names the issuer and returns the state unchanged', async () => {
    const asked = ask(demo, { state: 'ä&+ =%2F' })
    const { url } = await walk(new Visitor(demo.issuer), asked.url)
    expect(url.searchParams.get('iss')).toBe(demo.issuer)
    expect(url.searchParams.get('state')).toBe('ä&+ =%2F')
  })

  it('the ID token carries the profile itself, nonce, at_hash, auth_time and acr, signed by a published key', async () => {
    const { access, asked, idToken } = await freshTokens(demo)
    const keys = createRemoteJWKSet(new URL(`${demo.issuer}/jwks`))
    const { payload } = await jwtVerify(idToken, keys, { issuer: demo.issuer, audience: 'pkce-lens' })
    const half = createHash('sha256').update(access).digest().subarray(0, 16).toString('base64url')
    expect(payload).toMatchObject({
      nonce: asked.nonce,
      at_hash: half,
      name: 'Alice Åström',
      email: 'alice@example.com',
      email_verified: true,
      acr: 'urn:pkce-lens:acr:password',
      amr: ['pwd'],
    })
    expect(payload['auth_time']).toBeTypeOf('number')
    expect(payload['picture']).toBe(`${demo.apiOrigin}/avatars/alice.svg`)
  })

  it('the access token is a JWT for the API (RFC 9068)', async () => {
    const { access } = await freshTokens(demo)
    expect(decodeProtectedHeader(access)).toMatchObject({ typ: 'at+jwt', alg: 'RS256' })
    expect(decodeJwt(access)).toMatchObject({ aud: demo.apiOrigin, iss: demo.issuer, client_id: 'pkce-lens' })
  })

  it('publishes an RS256, an ES256 and an Ed25519 key, none with private members', async () => {
    const { json } = await call(`${demo.issuer}/jwks`, demo, null)
    expect(json['keys']).toEqual(
      ['RS256', 'ES256', 'Ed25519'].map(alg => expect.objectContaining({ alg, use: 'sig' })),
    )
    expect(JSON.stringify(json)).not.toMatch(/"(d|p|q)":/)
  })

  it('without an API scope the token is for UserInfo', async () => {
    const { access } = await freshTokens(demo, { scope: 'openid profile' })
    const { json, status } = await call(`${demo.issuer}/userinfo`, demo, `Bearer ${access}`)
    expect(status).toBe(200)
    expect(json).toMatchObject({ sub: 'u_7Q2m4Wd9', name: 'Alice Åström' })
  })

  it('a refresh may narrow the scope and gets a token for UserInfo', async () => {
    const { refreshToken } = await freshTokens(demo)
    const narrowed = await refresh(demo, refreshToken, { scope: 'openid email' })
    const { json } = await call(`${demo.issuer}/userinfo`, demo, `Bearer ${member(narrowed, 'access_token')}`)
    expect(json).toMatchObject({ email: 'alice@example.com' })
    expect(json).not.toHaveProperty('name')
  })

  it('RES-03: an unknown resource is refused', async () => {
    const { url } = await new Visitor(demo.issuer).open(
      ask(demo, { resource: 'https://elsewhere.example' }).url,
    )
    expect(url.searchParams.get('error')).toBe('invalid_target')
  })

  it('takes the authorization request by POST too', async () => {
    const asked = ask(demo)
    const shown = await new Visitor(demo.issuer).open('/authorize', asked.url.searchParams)
    expect(shown.text).toContain('id="password"')
  })

  it('PAR-01: takes a pushed request', async () => {
    const asked = ask(demo)
    const pushed = await post(demo, '/par', asked.url.searchParams)
    expect(pushed.status).toBe(201)
    const url = new URL(`${demo.issuer}/authorize?client_id=pkce-lens`)
    url.searchParams.set('request_uri', member(pushed, 'request_uri'))
    const code = codeOf(await walk(new Visitor(demo.issuer), url))
    expect((await exchange(demo, asked, code)).status).toBe(200)
  })

  it('writes down what was asked, and every code and token, but no password', async () => {
    demo.log.clear()
    const { code, asked } = await freshCode(demo)
    const answer = await exchange(demo, asked, code)
    expect(
      demo.log.entries.map(each => `${each.method} ${each.path.split('/')[1]} ${each.status}`),
    ).toContain('POST token 200')
    expect(demo.log.entries.find(each => each.path === '/token')?.form.get('code')).toBe(code)
    expect(demo.log.entries.some(each => each.form.has('password'))).toBe(false)
    // The tests that look for leaks look for these, and find nothing where nothing is written down.
    const tokens = ['access_token', 'refresh_token', 'id_token'].map(name => member(answer, name))
    for (const secret of [code, ...tokens]) expect(demo.secrets.values).toContain(secret)
  })
})

describe('refusals', () => {
  const errorOf = async (changes: Readonly<Record<string, string | null>>) =>
    (await new Visitor(demo.issuer).open(ask(demo, changes).url)).url.searchParams.get('error')

  it('PKCE-01: a request without code_challenge is refused', async () => {
    expect(await errorOf({ code_challenge: null, code_challenge_method: null })).toBe('invalid_request')
  })
  it('PKCE: plain and a challenge without method are refused', async () => {
    expect(await errorOf({ code_challenge_method: 'plain' })).toBe('invalid_request')
    expect(await errorOf({ code_challenge_method: null })).toBe('invalid_request')
  })
  it('SIL-02: prompt=none without a session answers login_required', async () => {
    expect(await errorOf({ prompt: 'none' })).toBe('login_required')
  })
  it('an unregistered redirect URI stays here, with the registered ones on the page', async () => {
    const shown = await new Visitor(demo.issuer).open(
      ask(demo, { redirect_uri: `${demo.appOrigin}/<b>` }).url,
    )
    expect(shown).toMatchObject({ left: false, status: 400 })
    expect(shown.text).toContain('data-error-code="invalid_redirect_uri"')
    expect(shown.text).toContain(`${demo.appOrigin}/&lt;b&gt;`)
    expect(shown.text).toContain(`${demo.appOrigin}/silent-callback.html`)
  })
  it('a code works once, and its second use ends the tokens of the first', async () => {
    const { asked, code } = await freshCode(demo, { scope: 'openid' })
    const first = await exchange(demo, asked, code)
    expect((await exchange(demo, asked, code)).json['error']).toBe('invalid_grant')
    const after = await call(`${demo.issuer}/userinfo`, demo, `Bearer ${member(first, 'access_token')}`)
    expect(after.status).toBe(401)
  })
  it('a wrong verifier is refused', async () => {
    const { asked, code } = await freshCode(demo)
    expect((await exchange(demo, asked, code, { code_verifier: 'x'.repeat(43) })).json['error']).toBe(
      'invalid_grant',
    )
  })
  it('GET at the token endpoint is refused', async () => {
    const { status } = await call(`${demo.issuer}/token?grant_type=authorization_code`, demo, null)
    expect(status).toBe(405)
  })
})

describe('renewal and the end', () => {
  it('RT-02: a refresh rotates the refresh token; the ID token keeps nonce and auth_time', async () => {
    const { idToken, refreshToken } = await freshTokens(demo)
    const renewed = await refresh(demo, refreshToken)
    expect(member(renewed, 'refresh_token')).not.toBe(refreshToken)
    const before = decodeJwt(idToken)
    const after = decodeJwt(member(renewed, 'id_token'))
    expect([after['nonce'], after['auth_time'], after.sub]).toEqual([
      before['nonce'],
      before['auth_time'],
      before.sub,
    ])
  })

  it('a used refresh token is refused and its successor dies too (RFC 9700 §4.14.2)', async () => {
    const { refreshToken } = await freshTokens(demo)
    const successor = member(await refresh(demo, refreshToken), 'refresh_token')
    expect((await refresh(demo, refreshToken)).json['error']).toBe('invalid_grant')
    expect((await refresh(demo, successor)).json['error']).toBe('invalid_grant')
  })

  it('RT-01: a refresh cannot ask for more', async () => {
    const { refreshToken } = await freshTokens(demo)
    expect((await refresh(demo, refreshToken, { scope: 'openid read_orders' })).json['error']).toBe(
      'invalid_scope',
    )
  })

  it('REV-01: a revoked refresh token is dead', async () => {
    const { refreshToken } = await freshTokens(demo)
    const form = { token: refreshToken, token_type_hint: 'refresh_token', client_id: 'pkce-lens' }
    expect((await post(demo, '/revoke', form)).status).toBe(200)
    expect((await refresh(demo, refreshToken)).json['error']).toBe('invalid_grant')
  })

  it('RFC 7009 §2.1: the token of another client is not revoked, and the client is told', async () => {
    const { refreshToken } = await freshTokens(demo)
    const refused = await post(demo, '/revoke', { token: refreshToken, client_id: 'pkce-lens-other' })
    expect([refused.status, refused.json['error']]).toEqual([400, 'invalid_grant'])
    expect((await refresh(demo, refreshToken)).status).toBe(200)
  })

  it('LOUT-03: with an ID token the sign-out needs no question, returns with its state, and ends the tokens', async () => {
    const { idToken, refreshToken, visitor } = await freshTokens(demo)
    const url = new URL(`${demo.issuer}/logout`)
    url.searchParams.set('id_token_hint', idToken)
    url.searchParams.set('post_logout_redirect_uri', `${demo.appOrigin}/`)
    url.searchParams.set('state', 'bye')
    const back = await visitor.open(url)
    expect(back.url.href).toBe(`${demo.appOrigin}/?state=bye`)
    expect((await refresh(demo, refreshToken)).json['error']).toBe('invalid_grant')
    const again = await visitor.open(ask(demo, { prompt: 'none' }).url)
    expect(again.url.searchParams.get('error')).toBe('login_required')
  })

  it('LOUT-06: sign-out takes a form by POST, and asks when nobody vouches for it', async () => {
    const { visitor } = await freshTokens(demo)
    const page = await visitor.open('/logout', new URLSearchParams({ client_id: 'pkce-lens' }))
    expect(page.text).toContain('Sign out here?')
  })

  it('LOUT-06: a sign-out is confirmed by nobody who only knows the address', async () => {
    const { refreshToken, visitor } = await freshTokens(demo)
    await visitor.open('/logout', new URLSearchParams({ client_id: 'pkce-lens' }))
    for (const query of ['logout=yes', 'logout=yes&xsrf=guessed'])
      expect((await visitor.open(`/logout/confirm?${query}`)).status).toBe(400)
    expect((await visitor.open(ask(demo, { prompt: 'none' }).url)).url.searchParams.has('code')).toBe(true)
    expect((await refresh(demo, refreshToken)).status).toBe(200)
  })
})

describe('options', () => {
  it('signs ID tokens with another algorithm and lets access tokens live as long as asked', async () => {
    const other = await startTestDemo({ idTokenAlg: 'Ed25519', accessTokenSeconds: 7 })
    try {
      const { idToken, tokens } = await freshTokens(other)
      expect(decodeProtectedHeader(idToken).alg).toBe('Ed25519')
      expect(tokens.json['expires_in']).toBe(7)
      const keys = createRemoteJWKSet(new URL(`${other.issuer}/jwks`))
      await expect(jwtVerify(idToken, keys, { issuer: other.issuer })).resolves.toBeDefined()
    } finally {
      await other.close()
    }
  })
})
