import { describe, expect, it } from 'vitest'
import { answer, codeOf, findings, listening } from './answers.test-data.ts'
import { document, issuer } from './client.test-data.ts'
import { judgeDiscovery, requestDiscovery } from './discovery.ts'
import { parseMetadata } from './metadata.ts'

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
    expect(sent).toMatchObject([{ url, method: 'GET' }])
  })
})

describe('the discovery document', () => {
  it('is accepted when all is said', () => {
    const judgement = judge({})
    expect([codeOf(judgement), findings(judgement.checks)]).toEqual(['accepted', []])
    expect(judgement.value).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      authorization_response_iss_parameter_supported: true,
      require_pushed_authorization_requests: false,
    })
  })

  it.each([
    ['not found', answer('', 404), 'discovery_http_error'],
    ['a redirect', answer('', 302), 'discovery_http_error'],
    ['created', answer(document, 201), 'discovery_http_error'],
    ['a page', answer('<html>'), 'discovery_not_json'],
    ['a list', answer([]), 'discovery_not_json'],
    ['nothing', answer(''), 'discovery_not_json'],
  ])('META-05: %s', (_, response, code) => {
    const judgement = judgeDiscovery(issuer, response)
    expect(codeOf(judgement)).toBe(code)
    expect(judgement.error).toMatchObject({ issuer, httpStatus: response.status })
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
      expect(JSON.stringify(failed)).toContain(name === 'response_types_supported' ? 'code' : name)
    },
  )

  it.each(['authorization_endpoint', 'token_endpoint', 'jwks_uri'])('META-06: %s is empty', name => {
    expect(codeOf(judge({ [name]: '' }))).not.toBe('accepted')
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
    expect(codeOf(judge({ [name]: 'http://127.0.0.1:9000/x' }))).toBe('accepted')
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
    expect([codeOf(silent), findings(silent.checks)]).toEqual([
      'accepted',
      ['PKCE-09 discovery_pkce_not_advertised'],
    ])
  })

  it('META-11: a provider that lists only clients with a secret is noted, not refused', () => {
    const judgement = judge({ token_endpoint_auth_methods_supported: ['client_secret_basic'] })
    expect([codeOf(judgement), findings(judgement.checks)]).toEqual([
      'accepted',
      ['META-11 discovery_public_client_not_advertised'],
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
      code_challenge_methods_supported: ['S256'],
      dpop_signing_alg_values_supported: ['ES256'],
      response_types_supported: ['code'],
    })
  })

  it('META-15: a failed document gives no value at all', () => {
    expect(judge({ jwks_uri: 'http://op.example/jwks' }).value).toBeNull()
  })
})

describe('metadata', () => {
  it('is read member by member; what has the wrong type is left out', () => {
    const read = parseMetadata({
      ...document,
      userinfo_endpoint: 5,
      scopes_supported: ['openid', 7],
      grant_types_supported: 'authorization_code',
      require_pushed_authorization_requests: 'true',
      unknown: 'x',
    })
    expect(read).toMatchObject({ scopes_supported: ['openid'], require_pushed_authorization_requests: false })
    for (const name of ['userinfo_endpoint', 'grant_types_supported', 'unknown'])
      expect(Object.keys(read ?? {})).not.toContain(name)
    expect(parseMetadata({ ...document, require_pushed_authorization_requests: true })).toMatchObject({
      require_pushed_authorization_requests: true,
    })
  })

  it.each(['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'])('needs %s', name => {
    expect(parseMetadata({ ...document, [name]: undefined })).toBeNull()
    expect(parseMetadata({ ...document, [name]: 1 })).toBeNull()
  })

  it('is read again as it was kept', () => {
    const read = parseMetadata(document)
    expect(parseMetadata(JSON.parse(JSON.stringify(read)))).toEqual(read)
    for (const other of [null, [], 'text']) expect(parseMetadata(other)).toBeNull()
  })
})
