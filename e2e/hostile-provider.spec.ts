/**
 * The hostile provider itself, without a browser: honest when told nothing, and each switch changes exactly what
 * its name says. Without this, a refusal in the suite could have another reason than the one in its title.
 */
import { expect, test } from '@playwright/test'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { DPoP, generateKeyPair } from 'oauth4webapi'
import {
  atHash,
  attempt,
  discover,
  rawTokenResponse,
  refresh,
  signIn,
  userInfo,
  visit,
} from './hostile/conforming-client.ts'
import { createHostileProvider, type HostileProvider } from './hostile/provider.ts'
import { clientId } from './hostile/state.ts'
import type {
  AuthorizationResponseSwitches,
  IdTokenSwitches,
  MetadataSwitches,
  SigningAlg,
  Switches,
} from './hostile/switches.ts'

const appOrigin = 'http://localhost:19349'
let provider: HostileProvider

test.beforeAll(async () => {
  provider = await createHostileProvider({ port: 19_340 + test.info().parallelIndex, appOrigin })
})
test.afterAll(() => provider.close())
test.beforeEach(() => provider.reset())

const document = async (path: string): Promise<Record<string, unknown>> => {
  const value: unknown = await (await fetch(new URL(path, provider.issuer))).json()
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is not an object`)
  return Object.fromEntries(Object.entries(value))
}

test.describe('honest when told nothing', () => {
  const algs: readonly SigningAlg[] = ['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
  for (const alg of algs)
    test(`a strict client signs in with ${alg}, refreshes and reads UserInfo`, async () => {
      provider.set({ token: { idToken: { alg } } })
      const signedIn = await signIn(provider, appOrigin, { alg })
      expect(signedIn.claims).toMatchObject({
        iss: provider.issuer,
        aud: clientId,
        sub: 'alice',
        nonce: signedIn.nonce,
      })
      expect((await userInfo(signedIn)).name).toBe('Alice Wunderland')
      const first = signedIn.tokens.refresh_token ?? ''
      const renewed = await refresh(signedIn, first)
      expect(renewed.refresh_token).not.toBe(first)
      await expect(refresh(signedIn, first)).rejects.toMatchObject({ error: 'invalid_grant' })
    })

  test('PAR and DPoP, with nonces demanded on both sides', async () => {
    provider.set({
      dpop: { serverNonce: 'demanded', resourceNonce: 'rotating' },
      metadata: { requirePar: true },
    })
    const dpop = DPoP({}, await generateKeyPair('ES256'))
    await expect(signIn(provider, appOrigin, { dpop })).rejects.toMatchObject({ error: 'invalid_request' })
    await expect(signIn(provider, appOrigin, { dpop, par: true })).rejects.toMatchObject({
      error: 'use_dpop_nonce',
    })
    const signedIn = await signIn(provider, appOrigin, { dpop, par: true })
    expect(signedIn.tokens.token_type).toBe('dpop')
    await userInfo(signedIn, dpop)
    await userInfo(signedIn, dpop)
    expect(provider.requests.filter(each => each.endpoint === 'userinfo')).toHaveLength(3)
    await expect(userInfo(signedIn)).rejects.toMatchObject({ status: 401 })
  })

  test('a code is good once, for its verifier and its redirect address', async () => {
    const status = async (change: (form: URLSearchParams) => void) => {
      const { response } = await rawTokenResponse(provider, appOrigin, {}, change)
      return response.status
    }
    expect(await status(() => undefined)).toBe(200)
    expect(await status(form => form.set('code_verifier', 'x'.repeat(43)))).toBe(400)
    expect(await status(form => form.delete('code_verifier'))).toBe(400)
    expect(await status(form => form.set('redirect_uri', `${appOrigin}/other`))).toBe(400)
    expect(await status(form => form.set('client_id', 'stranger'))).toBe(401)
    const spent = { code: '' }
    await rawTokenResponse(provider, appOrigin, {}, form => {
      spent.code = form.get('code') ?? ''
    })
    expect(await status(form => form.set('code', spent.code))).toBe(400)
  })

  test('no answer to an unknown redirect address, an error to a request without PKCE', async () => {
    const foreign = await attempt('https://evil.example')
    expect((await visit(provider, foreign.parameters)).protocol).toBe('about:')
    const bare = await attempt(appOrigin)
    bare.parameters.delete('code_challenge')
    expect((await visit(provider, bare.parameters)).searchParams.get('error')).toBe('invalid_request')
  })

  test('CORS for the app only, and never at the authorization endpoint', async () => {
    const allowed = async (path: string) =>
      (await fetch(new URL(path, provider.issuer), { redirect: 'manual' })).headers.get(
        'access-control-allow-origin',
      )
    expect(await allowed('/jwks')).toBe(appOrigin)
    expect(await allowed('/authorize')).toBeNull()
    expect(await allowed('/end_session')).toBeNull()
  })

  test('the log holds method, path, query, headers and body; reset empties it', async () => {
    await rawTokenResponse(provider, appOrigin)
    const [front, back] = provider.requests
    expect(front).toMatchObject({ endpoint: 'authorize', method: 'GET', path: '/authorize' })
    expect(front?.query['client_id']).toBe(clientId)
    expect(back).toMatchObject({ endpoint: 'token', method: 'POST' })
    expect(back?.headers['content-type']).toContain('application/x-www-form-urlencoded')
    expect(back?.body).toContain('grant_type=authorization_code')
    expect(provider.secrets.length).toBeGreaterThanOrEqual(4)
    provider.reset()
    expect(provider.requests).toEqual([])
    expect(provider.secrets).toEqual([])
  })
})

test.describe('one switch changes one claim of the ID token', () => {
  const rows: readonly [IdTokenSwitches, string][] = [
    [{ iss: 'append-1' }, 'iss'],
    [{ iss: 'append-slash' }, 'iss'],
    [{ iss: 'other' }, 'iss'],
    [{ iss: 'missing' }, 'iss'],
    [{ aud: 'append-1' }, 'aud'],
    [{ aud: 'missing' }, 'aud'],
    [{ aud: 'array' }, 'aud'],
    [{ aud: 'array-with-other' }, 'aud'],
    [{ aud: 'empty-array' }, 'aud'],
    [{ azp: 'own' }, 'azp'],
    [{ azp: 'other' }, 'azp'],
    [{ exp: 'ten-minutes-ago' }, 'exp'],
    [{ exp: 'seconds-ago' }, 'exp'],
    [{ exp: 'missing' }, 'exp'],
    [{ exp: 'text' }, 'exp'],
    [{ iat: 'in-an-hour' }, 'iat'],
    [{ iat: 'in-seconds' }, 'iat'],
    [{ iat: 'long-ago' }, 'iat'],
    [{ iat: 'missing' }, 'iat'],
    [{ iat: 'text' }, 'iat'],
    [{ nbf: 'in-an-hour' }, 'nbf'],
    [{ nbf: 'past' }, 'nbf'],
    [{ nbf: 'text' }, 'nbf'],
    [{ nonce: 'append-1' }, 'nonce'],
    [{ nonce: 'missing' }, 'nonce'],
    [{ nonce: 'not-a-string' }, 'nonce'],
    [{ sub: 'missing' }, 'sub'],
    [{ sub: 'empty' }, 'sub'],
    [{ sub: 'too-long' }, 'sub'],
    [{ sub: 'number' }, 'sub'],
    [{ sub: 'other' }, 'sub'],
    [{ atHash: 'wrong' }, 'at_hash'],
    [{ atHash: 'missing' }, 'at_hash'],
    [{ atHash: 'not-a-string' }, 'at_hash'],
    [{ authTime: 'missing' }, 'auth_time'],
    [{ authTime: 'long-ago' }, 'auth_time'],
    [{ authTime: 'text' }, 'auth_time'],
    [{ acr: 'other' }, 'acr'],
    [{ acr: 'missing' }, 'acr'],
  ]
  for (const [lies, claim] of rows)
    test(`${JSON.stringify(lies)}`, async () => {
      provider.set({ token: { idToken: lies } })
      const { response, nonce } = await rawTokenResponse(provider, appOrigin, {
        max_age: '60',
        acr_values: 'gold',
      })
      const { id_token: token, access_token: accessToken } = await response.json()
      const claims = decodeJwt(String(token))
      const now = Date.now() / 1000
      const near = (value: unknown, time: number) => typeof value === 'number' && Math.abs(value - time) < 5
      const right = new Map([
        ['iss', claims.iss === provider.issuer],
        ['aud', claims.aud === clientId],
        ['azp', !('azp' in claims)],
        ['exp', near(claims.exp, now + 300)],
        ['iat', near(claims.iat, now)],
        ['nbf', !('nbf' in claims)],
        ['nonce', claims['nonce'] === nonce],
        ['sub', claims.sub === 'alice'],
        ['at_hash', claims['at_hash'] === atHash(String(accessToken))],
        ['auth_time', near(claims['auth_time'], now)],
        ['acr', claims['acr'] === 'gold'],
      ])
      expect([...right].filter(([, ok]) => !ok).map(([name]) => name)).toEqual([claim])
      const keys = await fetch(new URL('/jwks', provider.issuer))
      const rightKey = createLocalJWKSet(await keys.json())
      await jwtVerify(String(token), rightKey, { currentDate: new Date(0) }).catch(error => {
        expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_JWT_(CLAIM|EXPIRED)/) })
      })
    })
})

test.describe('one switch spoils the signature or the header', () => {
  const rows: readonly [Switches, string][] = [
    [{ token: { idToken: { signature: 'damaged' } } }, 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    [{ token: { idToken: { signature: 'payload-altered' } } }, 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    [{ token: { idToken: { signature: 'foreign-key' } } }, 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    [{ token: { idToken: { signature: 'embedded-key' } } }, 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    [{ token: { idToken: { signature: 'empty' } } }, 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    [{ token: { idToken: { alg: 'ES256', signature: 'damaged' } } }, 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    [{ token: { idToken: { kid: 'unknown' } } }, 'ERR_JWKS_NO_MATCHING_KEY'],
    [{ token: { idToken: { crit: 'unknown' } } }, 'ERR_JOSE_NOT_SUPPORTED'],
    [{ token: { idToken: { form: 'two-part' } } }, 'ERR_JWS_INVALID'],
    [{ token: { idToken: { form: 'five-part' } } }, 'ERR_JWS_INVALID'],
    [{ token: { idToken: { form: 'payload-not-json' } } }, 'ERR_JWT_INVALID'],
    [{ token: { idToken: { alg: 'HS256' } } }, 'ERR_JOSE_NOT_SUPPORTED'],
    [
      { token: { idToken: { kid: 'absent' } }, jwks: { keys: 'several-without-kid' } },
      'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
    ],
    [{ jwks: { keys: 'wrong-type' } }, 'ERR_JWKS_NO_MATCHING_KEY'],
    [{ jwks: { keys: 'marked-enc' } }, 'ERR_JWKS_NO_MATCHING_KEY'],
    [{ jwks: { keys: 'other-alg' } }, 'ERR_JWKS_NO_MATCHING_KEY'],
    [{ jwks: { keys: 'empty' } }, 'ERR_JWKS_NO_MATCHING_KEY'],
    [{ jwks: { rotate: 'never-published' } }, 'ERR_JWKS_NO_MATCHING_KEY'],
  ]
  for (const [switches, code] of rows)
    test(`${JSON.stringify(switches)}`, async () => {
      provider.set(switches)
      const { id_token: token } = await (await rawTokenResponse(provider, appOrigin)).response.json()
      const keys = createLocalJWKSet(await (await fetch(new URL('/jwks', provider.issuer))).json())
      await expect(jwtVerify(String(token), keys)).rejects.toMatchObject({ code })
    })

  test('alg none has no signature, and a key identifier can be left out everywhere', async () => {
    provider.set({ token: { idToken: { alg: 'none' } } })
    const unsigned = await (await rawTokenResponse(provider, appOrigin)).response.json()
    expect(unsigned.id_token).toMatch(/^[\w-]+\.[\w-]+\.$/)
    expect(decodeProtectedHeader(unsigned.id_token)).toEqual({ alg: 'none', typ: 'JWT' })
    provider.set({ jwks: { keys: 'single-without-kid' } })
    const bare = await (await rawTokenResponse(provider, appOrigin)).response.json()
    expect(decodeProtectedHeader(bare.id_token)).toEqual({ alg: 'RS256', typ: 'JWT' })
    expect(JSON.stringify(await document('/jwks'))).not.toContain('kid')
  })

  test('keys rotate: with the signature, with the next sign-in', async () => {
    for (const rotate of ['before-signing', 'between-sign-ins'] as const) {
      provider.set({ jwks: { rotate } })
      const before = JSON.stringify(await document('/jwks'))
      await signIn(provider, appOrigin)
      expect(JSON.stringify(await document('/jwks'))).not.toBe(before)
    }
  })

  test('weak and private keys are what they say', async () => {
    provider.set({ jwks: { keys: 'weak-rsa' } })
    const weak = JSON.stringify(await document('/jwks'))
    expect(/"n":"([\w-]+)"/.exec(weak)?.[1]).toHaveLength(171)
    provider.set({ jwks: { keys: 'private-member' } })
    expect(await document('/jwks')).toMatchObject({ keys: [{ kty: 'RSA', d: expect.any(String) }] })
  })
})

test.describe('one switch changes one member of the metadata', () => {
  const rows: readonly [MetadataSwitches, string][] = [
    [{ issuer: 'append-INVALID' }, 'issuer'],
    [{ issuer: 'append-slash' }, 'issuer'],
    [{ issuer: 'other-host' }, 'issuer'],
    [{ issuer: 'missing' }, 'issuer'],
    [{ missing: ['jwks_uri'] }, 'jwks_uri'],
    [{ insecureEndpoint: 'token_endpoint' }, 'token_endpoint'],
    [{ codeChallengeMethods: ['plain'] }, 'code_challenge_methods_supported'],
    [{ codeChallengeMethods: null }, 'code_challenge_methods_supported'],
    [{ responseTypes: ['id_token'] }, 'response_types_supported'],
    [{ tokenAuthMethods: null }, 'token_endpoint_auth_methods_supported'],
    [{ issParameter: null }, 'authorization_response_iss_parameter_supported'],
    [{ idTokenAlgs: ['ES256'] }, 'id_token_signing_alg_values_supported'],
    [{ requirePar: true }, 'require_pushed_authorization_requests'],
    [{ dpopAlgs: null }, 'dpop_signing_alg_values_supported'],
    [{ extra: { hello: 1 } }, 'hello'],
  ]
  for (const [metadata, member] of rows)
    test(`${JSON.stringify(metadata)}`, async () => {
      const honest = await document('/.well-known/openid-configuration')
      provider.set({ metadata })
      const lying = await document('/.well-known/openid-configuration')
      const names = [...new Set([...Object.keys(honest), ...Object.keys(lying)])]
      expect(names.filter(name => JSON.stringify(honest[name]) !== JSON.stringify(lying[name]))).toEqual([
        member,
      ])
    })

  test('an issuer with a path is served below it', async () => {
    for (const issuerPath of ['/', '/tenant', '/tenant/'] as const) {
      provider.set({ metadata: { issuerPath } })
      expect((await discover(provider.issuer)).issuer).toBe(provider.issuer)
    }
  })
})

test.describe('one switch changes the way back', () => {
  const shape = async (authorizationResponse: AuthorizationResponseSwitches) => {
    provider.set({ authorizationResponse })
    const sent = await attempt(appOrigin)
    const back = await visit(provider, sent.parameters)
    const pairs = [...back.searchParams].map(([name, value]) => {
      const shown =
        name === 'code' && value !== ''
          ? 'CODE'
          : value.replace(sent.state, 'STATE').replace(provider.issuer, 'ISSUER')
      return `${name}=${shown}`
    })
    return [...pairs, ...(back.hash === '' ? [] : ['#'])].join('&')
  }
  test('by a link of the provider, when it is told so', async () => {
    provider.set({ authorizationResponse: { by: 'link' } })
    const { parameters } = await attempt(appOrigin)
    const shown = await (await fetch(new URL(`/authorize?${parameters}`, provider.issuer))).text()
    expect(shown).toMatch(/<a href="http:\/\/localhost:19349\/callback\?code=code-[\w-]+&amp;state=/)
  })

  const rows: readonly [AuthorizationResponseSwitches, string][] = [
    [{}, 'code=CODE&state=STATE&iss=ISSUER'],
    [{ state: 'append-1' }, 'code=CODE&state=STATE1&iss=ISSUER'],
    [{ state: 'missing' }, 'code=CODE&iss=ISSUER'],
    [{ state: 'duplicate' }, 'code=CODE&state=STATE&state=STATE&iss=ISSUER'],
    [{ state: 'empty' }, 'code=CODE&state=&iss=ISSUER'],
    [{ iss: 'other' }, 'code=CODE&state=STATE&iss=https://other.example'],
    [{ iss: 'append-slash' }, 'code=CODE&state=STATE&iss=ISSUER/'],
    [{ iss: 'missing' }, 'code=CODE&state=STATE'],
    [{ iss: 'duplicate' }, 'code=CODE&state=STATE&iss=ISSUER&iss=ISSUER'],
    [{ code: 'missing' }, 'state=STATE&iss=ISSUER'],
    [{ code: 'duplicate' }, 'code=CODE&code=CODE&state=STATE&iss=ISSUER'],
    [{ code: 'empty' }, 'code=&state=STATE&iss=ISSUER'],
    [
      { error: 'access_denied', errorDescription: 'no' },
      'error=access_denied&error_description=no&state=STATE&iss=ISSUER',
    ],
    [{ error: 'access_denied', errorWithCode: true }, 'code=CODE&error=access_denied&state=STATE&iss=ISSUER'],
    [{ tokens: 'fragment' }, 'code=CODE&state=STATE&iss=ISSUER&#'],
    [{ extra: { foo: '1' } }, 'code=CODE&state=STATE&iss=ISSUER&foo=1'],
  ]
  for (const [switches, expected] of rows)
    test(`${JSON.stringify(switches)}`, async () => {
      expect(await shape(switches)).toBe(expected)
    })
})

test.describe('faults below the protocol', () => {
  test('html, redirect, no CORS, reset and a number of times', async () => {
    provider.set({
      faults: {
        discovery: { kind: 'html', status: 502, times: 1 },
        jwks: { kind: 'redirect', status: 307 },
        userinfo: { kind: 'reset' },
        profile: { kind: 'no-cors' },
      },
    })
    const get = (path: string) => fetch(new URL(path, provider.issuer), { redirect: 'manual' })
    const broken = await get('/.well-known/openid-configuration')
    expect([broken.status, broken.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8'])
    expect((await get('/.well-known/openid-configuration')).status).toBe(200)
    expect((await get('/jwks')).headers.get('location')).toBe(`${provider.issuer}/elsewhere`)
    await expect(get('/userinfo')).rejects.toThrow('fetch failed')
    expect((await get('/user/profile')).headers.get('access-control-allow-origin')).toBeNull()
  })

  test('oversized is honest JSON of 32 MiB, truncated breaks off', async () => {
    provider.set({ faults: { jwks: { kind: 'oversized' }, discovery: { kind: 'truncated' } } })
    const large = await (await fetch(new URL('/jwks', provider.issuer))).text()
    expect(large.length).toBeGreaterThan(32 * 1024 * 1024)
    expect(JSON.parse(large)).toMatchObject({ keys: [{ kty: 'RSA' }, { kty: 'EC' }] })
    const half = await fetch(new URL('/.well-known/openid-configuration', provider.issuer))
    await expect(half.text()).rejects.toThrow()
  })
})
