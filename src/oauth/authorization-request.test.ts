import { describe, expect, it } from 'vitest'
import { findings, told, toldOfFailures } from './answers.test-data.ts'
import {
  authorizationParameters,
  authorizationUrl,
  judgeAuthorizationRequest,
  type SignInWish,
  wishedScope,
} from './authorization-request.ts'
import { clientConfig, issuer, serverMetadata } from './client.test-data.ts'

const values = { state: 's', nonce: 'n', codeChallenge: 'c', dpopThumbprint: null }
const parametersOf = (
  wish: SignInWish = {},
  config: Record<string, unknown> = {},
  more: Partial<typeof values> | { dpopThumbprint: string } = {},
) => Object.fromEntries(authorizationParameters(clientConfig(config), wish, { ...values, ...more }))

describe('the parameters', () => {
  it('AREQ-01 to AREQ-06, AREQ-11, PKCE-05: what every sign-in sends, in the order it is explained', () => {
    expect([...authorizationParameters(clientConfig(), {}, values)]).toEqual([
      ['response_type', 'code'],
      ['client_id', 'this-app'],
      ['redirect_uri', 'https://app.example/callback'],
      ['scope', 'openid profile email'],
      ['state', 's'],
      ['nonce', 'n'],
      ['code_challenge', 'c'],
      ['code_challenge_method', 'S256'],
    ])
  })

  it('say what was wished', () => {
    const wish: SignInWish = {
      prompt: 'login',
      loginHint: 'alice',
      idTokenHint: 'a.b.c',
      maxAge: 0,
      acrValues: 'gold silver',
      moreScope: 'openid orders',
    }
    const config = { resource: 'https://api.example', audience: 'api' }
    expect(parametersOf(wish, config, { dpopThumbprint: 'jkt' })).toMatchObject({
      scope: 'openid profile email orders',
      resource: 'https://api.example',
      audience: 'api',
      prompt: 'login',
      login_hint: 'alice',
      id_token_hint: 'a.b.c',
      max_age: '0',
      acr_values: 'gold silver',
      dpop_jkt: 'jkt',
    })
  })

  it('RT-09: offline_access is asked with consent, unless wish or configuration say otherwise', () => {
    const config = { scope: 'openid offline_access' }
    expect(parametersOf({}, config)).toMatchObject({ prompt: 'consent' })
    const chosen = { ...config, extra_authorization_params: { prompt: 'select_account' } }
    expect(parametersOf({}, chosen)).toMatchObject({ prompt: 'select_account' })
    expect(parametersOf({ moreScope: 'offline_access' })).toMatchObject({ prompt: 'consent' })
    expect(parametersOf({})['prompt']).toBeUndefined()
  })

  it('a wish for registration is sent as it is', () => {
    expect(parametersOf({ prompt: 'create' })).toMatchObject({ prompt: 'create' })
  })

  it('AREQ-12: none stays alone', () => {
    const config = { scope: 'openid offline_access', extra_authorization_params: { prompt: 'login' } }
    expect(parametersOf({ prompt: 'none' }, config)).toMatchObject({ prompt: 'none' })
  })

  it('AREQ-07: an extra parameter is added, and never twice', () => {
    const config = { extra_authorization_params: { ui_locales: 'de', login_hint: 'bob', max_age: '60' } }
    expect(parametersOf({}, config)).toMatchObject({ ui_locales: 'de', login_hint: 'bob', max_age: '60' })
    const both = authorizationParameters(clientConfig(config), { loginHint: 'alice' }, values)
    expect(both.getAll('login_hint')).toEqual(['alice'])
  })

  it('AREQ-06: every scope once', () => {
    expect(wishedScope(clientConfig({ scope: 'openid  a a' }), { moreScope: 'b openid' })).toBe('openid a b')
  })
})

describe('the address', () => {
  it('keeps the query the endpoint already has (RFC 6749 §3.1)', () => {
    const metadata = serverMetadata({ authorization_endpoint: `${issuer}/authorize?tenant=1` })
    const url = authorizationUrl(metadata, new URLSearchParams({ client_id: 'this-app', scope: 'a b' }))
    expect(url).toBe(`${issuer}/authorize?tenant=1&client_id=this-app&scope=a+b`)
  })

  it('AREQ-07: no name stands twice', () => {
    const metadata = serverMetadata({ authorization_endpoint: `${issuer}/authorize?client_id=other` })
    const url = authorizationUrl(metadata, new URLSearchParams({ client_id: 'this-app' }))
    expect(url).toBe(`${issuer}/authorize?client_id=this-app`)
  })
})

describe('what is made sure before the tab leaves', () => {
  const url = (change: (parameters: URLSearchParams) => void = () => {}, base = `${issuer}/authorize`) => {
    const parameters = authorizationParameters(clientConfig(), {}, values)
    change(parameters)
    return `${base}?${parameters}`
  }

  it('passes as this client makes it', () => {
    expect(told(judgeAuthorizationRequest(url()))).toEqual([
      'META-07 The address is https, or on this machine (RFC 6749 §3.1): https, or loopback / https://op.example: passed',
      'PKCE-05 The challenge is a hash, never plain (RFC 7636 §4.3): S256 / S256: passed',
      'AREQ-01 A code is asked for, never a token (RFC 9700 §2.1.2): code / code: passed',
      'PKCE-07 No secret is in the address (RFC 7636 §7.1): none / none: passed',
    ])
  })

  it('META-07: plain http is noted, loopback is not', () => {
    expect(toldOfFailures(judgeAuthorizationRequest(url(undefined, 'http://op.example/a')))).toEqual([
      'META-07 The address is https, or on this machine (RFC 6749 §3.1): https, or loopback / http://op.example: failed discovery_insecure_endpoint',
    ])
    expect(findings(judgeAuthorizationRequest(url(undefined, 'http://localhost:9000/a')))).toEqual([])
  })

  it.each(['plain', null])('PKCE-05: method %s is noted', method => {
    const tampered = url(each =>
      method === null ? each.delete('code_challenge_method') : each.set('code_challenge_method', method),
    )
    expect(toldOfFailures(judgeAuthorizationRequest(tampered))).toEqual([
      `PKCE-05 The challenge is a hash, never plain (RFC 7636 §4.3): S256 / ${method ?? 'nothing'}: failed request_tampered`,
    ])
  })

  it.each(['token', 'code id_token', null])('AREQ-01: response_type %s is noted', type => {
    const tampered = url(each =>
      type === null ? each.delete('response_type') : each.set('response_type', type),
    )
    expect(toldOfFailures(judgeAuthorizationRequest(tampered))).toEqual([
      `AREQ-01 A code is asked for, never a token (RFC 9700 §2.1.2): code / ${type ?? 'nothing'}: failed request_tampered`,
    ])
  })

  it.each([
    ['code_verifier'],
    ['client_secret'],
    ['access_token'],
    ['refresh_token'],
    ['code_verifier', 'access_token'],
  ])('PKCE-07: %s %s in the address is noted by name only', (...names) => {
    const checks = judgeAuthorizationRequest(
      url(each => {
        for (const name of names) each.set(name, 'top-secret')
      }),
    )
    expect(toldOfFailures(checks)).toEqual([
      `PKCE-07 No secret is in the address (RFC 7636 §7.1): none / ${names.join(', ')}: failed request_tampered`,
    ])
    expect(JSON.stringify(checks)).not.toContain('top-secret')
  })

  it('PAR-03: a pushed request shows only its reference', () => {
    const checks = judgeAuthorizationRequest(`${issuer}/authorize?client_id=this-app&request_uri=urn:x`)
    expect([findings(checks), checks.map(each => each.requirement)]).toEqual([[], ['META-07', 'PKCE-07']])
  })
})
