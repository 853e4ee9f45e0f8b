import { describe, expect, it } from 'vitest'
import { answer, codeOf, findings, listening, told, toldOfFailures } from './answers.test-data.ts'
import { document, issuer, kept } from './client.test-data.ts'
import { judgeDiscovery, requestDiscovery } from './discovery.ts'

const judge = (more: Record<string, unknown>) => judgeDiscovery(issuer, answer({ ...document, ...more }))

describe('the discovery request', () => {
  it.each([
    ['https://op.example', 'https://op.example/.well-known/openid-configuration'],
    ['https://op.example/t1', 'https://op.example/t1/.well-known/openid-configuration'],
    ['https://op.example/t1/', 'https://op.example/t1/.well-known/openid-configuration'],
    ['http://localhost:9000', 'http://localhost:9000/.well-known/openid-configuration'],
  ])('META-02: %s is asked at %s', async (asked, url) => {
    const { fetch, sent } = listening()
    await requestDiscovery(asked, fetch)
    expect(sent).toMatchObject([
      { url, method: 'GET', headers: { accept: 'application/json' }, redirect: 'manual' },
    ])
  })
})

describe('the discovery document', () => {
  it('is accepted when all is said', () => {
    const judgement = judge({
      response_types_supported: ['code', 'code id_token'],
      code_challenge_methods_supported: ['S256', 'plain'],
    })
    expect(judgement.value).toEqual({
      ...kept,
      require_pushed_authorization_requests: false,
    })
    expect(told(judgement.checks)).toEqual([
      'META-05 HTTP status (OpenID Connect Discovery 1.0 §4.3): 200 / 200: passed',
      'META-05 The document is a JSON object (OpenID Connect Discovery 1.0 §4.3): JSON / JSON: passed',
      `META-04 issuer is the one that was asked (OpenID Connect Discovery 1.0 §4.3): ${issuer} / ${issuer}: passed`,
      ...[
        ['authorization_endpoint', 'authorize'],
        ['token_endpoint', 'token'],
        ['jwks_uri', 'jwks'],
      ].map(
        ([name, path]) =>
          `META-06 ${name} is there (OpenID Connect Discovery 1.0 §3): ${name} / ${issuer}/${path}: passed`,
      ),
      ...[
        ['authorization_endpoint', 'authorize'],
        ['token_endpoint', 'token'],
        ['jwks_uri', 'jwks'],
        ['userinfo_endpoint', 'userinfo'],
        ['revocation_endpoint', 'revoke'],
        ['end_session_endpoint', 'logout'],
        ['pushed_authorization_request_endpoint', 'par'],
      ].map(([name, path]) => `META-07 ${name} is https (RFC 8414 §2): https / ${issuer}/${path}: passed`),
      'META-06 The code flow is on (OpenID Connect Discovery 1.0 §3): code / code, code id_token: passed',
      'PKCE-09 PKCE with S256 is on (RFC 8414 §2): S256 / S256, plain: passed',
    ])
  })

  const spec = 'OpenID Connect Discovery 1.0 §4.3'
  it.each([
    ['not found', answer('', 404), 'HTTP status', '200 / 404: failed discovery_http_error'],
    ['a redirect', answer('', 302), 'HTTP status', '200 / 302: failed discovery_http_error'],
    ['created', answer(document, 201), 'HTTP status', '200 / 201: failed discovery_http_error'],
    [
      'a page',
      answer(`<html>${'x'.repeat(99)}`),
      'The document is a JSON object',
      `JSON / <html>${'x'.repeat(74)}: failed discovery_not_json`,
    ],
    ['a list', answer([]), 'The document is a JSON object', 'JSON / []: failed discovery_not_json'],
    ['nothing', answer(''), 'The document is a JSON object', 'JSON / : failed discovery_not_json'],
  ])('META-05: %s', (_, response, name, found) => {
    const { checks, error, value } = judgeDiscovery(issuer, response)
    expect([toldOfFailures(checks), value]).toEqual([[`META-05 ${name} (${spec}): ${found}`], null])
    expect(error).toMatchObject({ issuer, httpStatus: response.status })
  })

  it.each([
    [
      { issuer: 'x' },
      `META-04 issuer is the one that was asked (${spec}): ${issuer} / x: failed discovery_issuer_mismatch`,
    ],
    [
      { jwks_uri: 5 },
      'META-06 jwks_uri is there (OpenID Connect Discovery 1.0 §3): jwks_uri / 5: failed discovery_missing_field',
    ],
    [
      { jwks_uri: 'x' },
      'META-07 jwks_uri is https (RFC 8414 §2): https / x: failed discovery_insecure_endpoint',
    ],
    [
      { response_types_supported: ['token', 'x'] },
      'META-06 The code flow is on (OpenID Connect Discovery 1.0 §3): code / token, x: failed discovery_code_flow_unsupported',
    ],
    [
      { response_types_supported: undefined },
      'META-06 The code flow is on (OpenID Connect Discovery 1.0 §3): response_types_supported / nothing: failed discovery_missing_field',
    ],
    [
      { code_challenge_methods_supported: ['plain', 'x'] },
      'PKCE-09 PKCE with S256 is on (RFC 8414 §2): S256 / plain, x: failed discovery_pkce_s256_unsupported',
    ],
    [
      { code_challenge_methods_supported: [] },
      'PKCE-09 PKCE with S256 is on (RFC 8414 §2): S256 / nothing: failed discovery_pkce_s256_unsupported',
    ],
  ])('what is told of %j', (more, line) => {
    const { checks, error } = judge(more)
    expect(toldOfFailures(checks)).toEqual([line])
    expect(error).toMatchObject({ issuer, httpStatus: 200 })
  })

  it.each([`${issuer}/`, `${issuer}1`, issuer.toUpperCase(), 'https://other.example', [issuer], null])(
    'META-04: issuer %j is not the one that was asked',
    named => {
      expect(codeOf(judge({ issuer: named }))).toBe('discovery_issuer_mismatch')
    },
  )

  it.each(['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri', 'response_types_supported'])(
    'META-06: %s is missing',
    name => {
      const judgement = judge({ [name]: undefined })
      expect(codeOf(judgement)).toBe('discovery_missing_field')
      const failed = judgement.checks.find(each => each.outcome === 'failed')
      expect(JSON.stringify(failed)).toContain(name)
    },
  )

  it.each(['authorization_endpoint', 'token_endpoint', 'jwks_uri'])('META-06: %s is empty', name => {
    expect(codeOf(judge({ [name]: '' }))).toBe('discovery_missing_field')
  })

  it.each([
    'authorization_endpoint',
    'token_endpoint',
    'jwks_uri',
    'userinfo_endpoint',
    'revocation_endpoint',
    'end_session_endpoint',
    'pushed_authorization_request_endpoint',
  ])('META-07: %s without https', name => {
    expect(codeOf(judge({ [name]: 'http://op.example/x' }))).toBe('discovery_insecure_endpoint')
    expect(codeOf(judge({ [name]: 'javascript:alert(1)' }))).toBe('discovery_insecure_endpoint')
    expect(codeOf(judge({ [name]: 'not a url' }))).toBe('discovery_insecure_endpoint')
    expect(codeOf(judge({ [name]: 'http://127.0.0.1:9000/x' }))).toBe('discovery_insecure_endpoint')
  })

  it('META-07: an issuer on this computer may name plain http there, and nowhere else', () => {
    const near = 'http://localhost:9000'
    const of = (token_endpoint: string) =>
      codeOf(
        judgeDiscovery(near, {
          status: 200,
          headers: {},
          body: JSON.stringify({ ...document, issuer: near, token_endpoint }),
        }),
      )
    expect(of('http://127.0.0.1:9000/token')).toBe('accepted')
    expect(of('http://op.example/token')).toBe('discovery_insecure_endpoint')
  })

  it('META-06: the code flow is off', () => {
    expect(codeOf(judge({ response_types_supported: ['id_token'] }))).toBe('discovery_code_flow_unsupported')
    expect(codeOf(judge({ response_types_supported: [] }))).toBe('discovery_code_flow_unsupported')
    expect(codeOf(judge({ response_types_supported: ['code id_token', 'code'] }))).toBe('accepted')
  })

  it('PKCE-09: methods without S256 stop, silence warns', () => {
    for (const methods of [['plain'], []])
      expect(codeOf(judge({ code_challenge_methods_supported: methods }))).toBe(
        'discovery_pkce_s256_unsupported',
      )
    const silent = judge({ code_challenge_methods_supported: undefined })
    expect([codeOf(silent), toldOfFailures(silent.checks)]).toEqual([
      'accepted',
      ['PKCE-09 PKCE with S256 is on (RFC 8414 §2): S256 / not said: warning discovery_pkce_not_advertised'],
    ])
  })

  it('META-11: a provider that lists only clients with a secret is noted, not refused', () => {
    const judgement = judge({ token_endpoint_auth_methods_supported: ['client_secret_basic'] })
    expect([codeOf(judgement), toldOfFailures(judgement.checks)]).toEqual([
      'accepted',
      [
        'META-11 Public clients are welcome (RFC 8414 §2): none / ["client_secret_basic"]: warning discovery_public_client_not_advertised',
      ],
    ])
  })

  it('META-10: omitted members have their defaults and raise no alarm', () => {
    const judgement = judge({
      token_endpoint_auth_methods_supported: undefined,
      authorization_response_iss_parameter_supported: undefined,
      userinfo_endpoint: undefined,
      revocation_endpoint: undefined,
      end_session_endpoint: undefined,
      pushed_authorization_request_endpoint: undefined,
      id_token_signing_alg_values_supported: undefined,
    })
    expect(findings(judgement.checks)).toEqual([])
    expect(judgement.value).toEqual({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      require_pushed_authorization_requests: false,
      authorization_response_iss_parameter_supported: false,
      dpop_signing_alg_values_supported: ['ES256'],
    })
  })

  it('META-15: a failed document gives no value at all', () => {
    expect(judge({ jwks_uri: 'http://op.example/jwks' }).value).toBeNull()
  })
})
