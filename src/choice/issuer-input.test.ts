import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseIssuer } from '../oauth/client-config.ts'
import { type IssuerInput, readIssuerInput } from './issuer-input.ts'

const issuerOf = (input: string) => {
  const read = readIssuerInput(input)
  return read.kind === 'issuer' ? read.issuer : read.kind
}
const codes = (read: IssuerInput) => (read.kind === 'issuer' ? read.notes.map(note => note.code) : [])

describe('readIssuerInput', () => {
  test.each([
    ['https://id.example.com/realms/lens', 'https://id.example.com/realms/lens', []],
    ['https://id.example.com/', 'https://id.example.com/', []],
    [' https://id.example.com ', 'https://id.example.com', ['issuer_trimmed']],
    ['"https://id.example.com"', 'https://id.example.com', ['issuer_trimmed']],
    ['id.example.com/realms/lens', 'https://id.example.com/realms/lens', ['issuer_scheme_added']],
    ['localhost:8080/realms/lens', 'http://localhost:8080/realms/lens', ['issuer_scheme_added']],
    [
      'https://id.example.com/t/.well-known/openid-configuration',
      'https://id.example.com/t',
      ['issuer_well_known_pasted'],
    ],
    [
      'https://id.example.com/.well-known/oauth-authorization-server/t1',
      'https://id.example.com/t1',
      ['issuer_oauth_well_known_pasted'],
    ],
    [
      'https://id.example.com/.well-known/openid-configuration/t1',
      'https://id.example.com/t1',
      ['issuer_oauth_well_known_pasted'],
    ],
    [
      'https://acme.eu.auth0.com/.well-known/openid-configuration',
      'https://acme.eu.auth0.com/',
      ['issuer_well_known_pasted', 'issuer_slash_added'],
    ],
    [
      'https://auth.example.com/application/o/lens/.well-known/openid-configuration',
      'https://auth.example.com/application/o/lens/',
      ['issuer_well_known_pasted', 'issuer_slash_added'],
    ],
    [
      'https://id.example.com/realms/lens/protocol/openid-connect/auth?client_id=a&state=b',
      'https://id.example.com/realms/lens',
      ['issuer_query_removed', 'issuer_endpoint_pasted'],
    ],
    [
      'https://login.microsoftonline.com/8f4c/oauth2/v2.0/authorize',
      'https://login.microsoftonline.com/8f4c/v2.0',
      ['issuer_endpoint_pasted'],
    ],
    [
      'https://dev-1.okta.com/oauth2/default/v1/authorize',
      'https://dev-1.okta.com/oauth2/default',
      ['issuer_endpoint_pasted'],
    ],
    ['https://dev-1.okta.com/oauth2/v1/authorize', 'https://dev-1.okta.com', ['issuer_endpoint_pasted']],
    ['https://gitlab.com/oauth/authorize', 'https://gitlab.com', ['issuer_endpoint_pasted']],
    ['https://acme.logto.app/oidc/auth', 'https://acme.logto.app/oidc', ['issuer_endpoint_pasted']],
    [
      'https://auth.pingone.com/e1/as/authorize',
      'https://auth.pingone.com/e1/as',
      ['issuer_endpoint_pasted'],
    ],
    ['{"issuer":"https://id.example.com"}', 'https://id.example.com', ['issuer_document_pasted']],
  ])('META-01, stuck point 9: %s means %s', (input, issuer, expected) => {
    const read = readIssuerInput(input)
    expect(issuerOf(input)).toBe(issuer)
    expect(codes(read)).toEqual(expected)
  })

  test('META-01: an issuer that a configuration or a document names is taken as it is', () => {
    const issuer = 'https://api.asgardeo.io/t/acme/oauth2/token'
    expect(issuerOf(issuer)).toBe('https://api.asgardeo.io/t/acme')
    expect(readIssuerInput(issuer, false)).toMatchObject({ kind: 'issuer', issuer, notes: [] })
    expect(issuerOf(`{"issuer":"${issuer}"}`)).toBe(issuer)
    expect(issuerOf(`${issuer}/.well-known/openid-configuration`)).toBe(issuer)
  })

  test('the client id of a pasted authorization address is handed on', () => {
    const read = readIssuerInput('https://id.example.com/oauth/authorize?client_id=my-app&scope=openid')
    expect(read.kind === 'issuer' && read.clientId).toBe('my-app')
  })

  test.each([
    'GOCSPX-abcdefghijklmnop',
    'gloas-abcdefghijklmnop',
    'client_secret=abc',
    'https://id.example.com/?client_secret=abc',
    'https://me:pw@id.example.com',
    'https://me@id.example.com',
    'https://:pw@id.example.com',
    'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.',
  ])('a pasted secret is refused with the reason: %s', input => {
    const read = readIssuerInput(input)
    expect(read.kind === 'refused' && read.code).toBe('config_secret_forbidden')
    expect(JSON.stringify(read)).not.toContain('abcdefghijklmnop')
  })

  test('plain http on a network is refused, and told apart from a text that is no address', () => {
    const http = readIssuerInput('http://192.168.1.10/realms/lens')
    expect(http.kind === 'refused' && http.reason).toContain('localhost only')
    expect(readIssuerInput('hello world').kind).toBe('refused')
    expect(readIssuerInput('  ').kind).toBe('empty')
    expect(readIssuerInput('ftp://id.example.com').kind).toBe('refused')
    expect(readIssuerInput('{"a":1}').kind).toBe('refused')
  })

  test.each([
    [
      'https://login.micros\u043eftonline.com/common/v2.0',
      'https://login.xn--microsftonline-0zl.com/common/v2.0',
    ],
    ['login.micros\u043eftonline.com', 'https://login.xn--microsftonline-0zl.com/'],
    [
      'https://evil.example/\u202emoc.tfosorcim\u202c',
      'https://evil.example/%E2%80%AEmoc.tfosorcim%E2%80%AC',
    ],
    ['https://id.example.com\u200b', 'https://id.example.com/'],
    ['https://id.\uff45xample.com/a', 'https://id.example.com/a'],
    ['{"issuer":"https://b\u00fccher.example"}', 'https://xn--bcher-kva.example/'],
    [
      'https://b\u00fccher.example/t/.well-known/openid-configuration',
      'https://xn--bcher-kva.example/t/.well-known/openid-configuration',
    ],
  ])(
    'META-01: signs that look like others are refused, and the real address is shown: %j',
    (input, address) => {
      const read = readIssuerInput(input)
      const sign = /U\+[0-9A-F]{4}(, U\+[0-9A-F]{4})*/
      expect(read).toMatchObject({ kind: 'refused', code: 'config_invalid_issuer_url' })
      expect(read.kind === 'refused' && read.reason.replace(sign, 'U+')).toBe(
        `An issuer is written in ASCII; this one holds other signs (U+): ${address}`,
      )
    },
  )

  test('each foreign sign is named once, three at most, and none stands in the sentence itself', () => {
    const read = readIssuerInput('https://\u0430\u0440\u0440\u04cf\u0435.com/')
    const reason = read.kind === 'refused' ? read.reason : ''
    expect(reason).toContain('(U+0430, U+0440, U+04CF and others)')
    expect(reason).toMatch(/^[ -~]+$/)
  })

  test('the punycode form is an address like any other, and a query may hold what it wants', () => {
    expect(issuerOf('https://xn--bcher-kva.example')).toBe('https://xn--bcher-kva.example')
    expect(issuerOf('https://id.example.com/oauth/authorize?client_id=a&login_hint=b\u00fcrger')).toBe(
      'https://id.example.com',
    )
  })

  const segment = fc
    .stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/)
    .filter(each => !/^(authorize|token|userinfo|jwks|me)$/.test(each))
  const plainIssuer = fc
    .tuple(
      segment,
      fc.array(
        segment.map(each => `x${each}`),
        { maxLength: 3 },
      ),
    )
    .map(([host, path]) => `https://${host}.example${path.map(each => `/${each}`).join('')}`)

  test('property: both discovery layouts lead back to the issuer', () => {
    fc.assert(
      fc.property(plainIssuer, issuer => {
        const url = new URL(issuer)
        const path = url.pathname === '/' ? '' : url.pathname
        expect(issuerOf(`${issuer}/.well-known/openid-configuration`)).toBe(issuer)
        expect(issuerOf(`${url.origin}/.well-known/oauth-authorization-server${path}`)).toBe(issuer)
        expect(issuerOf(issuer)).toBe(issuer)
        expect(issuerOf(issuer.slice('https://'.length))).toBe(issuer)
      }),
    )
  })

  test.each([',#', ';?x', 'a.b,#top', 'https://,/x'])('%s has no host that could answer', input => {
    expect(readIssuerInput(input)).toMatchObject({ kind: 'refused', code: 'config_invalid_issuer_url' })
  })

  test('property: any text at all gives an issuer that META-01 accepts, or a reason; never an exception', () => {
    const piece = fc.constantFrom(
      '/',
      '//',
      '?',
      '#',
      '&',
      '=',
      ':',
      '@',
      '..',
      '%2F',
      ' ',
      '.well-known',
      'token',
      'authorize',
      'client_id',
      'ü',
      '{',
    )
    const address = fc
      .tuple(
        fc.constantFrom('', 'http://', 'https://', 'HTTPS://', 'ftp://', 'https:'),
        fc.constantFrom('localhost', 'a.b', '[::1]', '10.0.0.1', 'a b', ''),
        fc.array(piece, { maxLength: 6 }),
      )
      .map(([scheme, host, rest]) => scheme + host + rest.join(''))
    const odd = fc.oneof(
      fc.string({ maxLength: 80 }),
      address,
      fc.tuple(plainIssuer, fc.string({ maxLength: 20 })).map(([issuer, more]) => issuer + more),
    )
    fc.assert(
      fc.property(odd, input => {
        const read = readIssuerInput(input)
        if (read.kind === 'refused') expect(read.reason.length).toBeGreaterThan(10)
        if (read.kind === 'issuer') {
          expect(parseIssuer(read.issuer)).toBe(read.issuer)
          const again = readIssuerInput(read.issuer)
          expect(again.kind).toBe('issuer')
        }
      }),
      { numRuns: 300 },
    )
  })
})
