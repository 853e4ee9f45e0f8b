import { describe, expect, it } from 'vitest'
import { isLoopback, isSecureUrl, parseClientConfig, parseIssuer } from './client-config.ts'
import { OAuthError } from './oauth-error.ts'

const origin = 'https://app.example'
const needed = { issuer: 'https://op.example', client_id: 'this-app' }

function refusal(input: unknown, basePath = '/'): { code: string; expected: string; received: string } {
  try {
    parseClientConfig(input, origin, basePath)
  } catch (error) {
    if (error instanceof OAuthError) return { expected: '', received: '', ...error.details }
    throw error
  }
  return { code: 'accepted', expected: '', received: '' }
}
const codeOf = (more: Record<string, unknown>) => refusal({ ...needed, ...more }).code

describe('the defaults of the outside contract', () => {
  it('are filled in', () => {
    expect(parseClientConfig(needed, origin)).toEqual({
      issuer: 'https://op.example',
      clientId: 'this-app',
      scope: 'openid profile email',
      redirectUri: 'https://app.example/callback',
      postLogoutRedirectUri: 'https://app.example/',
      resource: null,
      profileUrl: null,
      dpop: false,
      par: 'auto',
      restore: 'frame',
      endSessionMethod: 'post',
      audience: null,
      trustedAudiences: [],
      extraAuthorizationParams: {},
    })
  })

  it('know the path the app is served under', () => {
    const config = parseClientConfig(needed, origin, '/lens/')
    expect([config.redirectUri, config.postLogoutRedirectUri]).toEqual([
      'https://app.example/lens/callback',
      'https://app.example/lens/',
    ])
  })

  it.each(['lens', '/lens', 'lens/', ''])('refuse %j as the path the app is served under', basePath => {
    expect(() => parseClientConfig(needed, origin, basePath)).toThrow(
      expect.objectContaining({
        details: {
          code: 'config_invalid',
          expected: 'basePath: a path with both slashes',
          received: JSON.stringify(basePath),
        },
      }),
    )
  })

  it.each(['http://192.168.1.7:5173', 'http://app.example'])(
    'PKCE-10: a page at %s hears why none is right for it',
    page => {
      expect(() => parseClientConfig(needed, page)).toThrow(
        expect.objectContaining({
          details: {
            code: 'insecure_context',
            expected: 'the address of this app: https, or localhost',
            received: JSON.stringify(page),
          },
        }),
      )
      expect(parseClientConfig(needed, 'http://localhost:5173').redirectUri).toBe(
        'http://localhost:5173/callback',
      )
    },
  )

  it('stay where nothing is said on purpose', () => {
    const texts = { scope: null, redirect_uri: null, resource: null, profile_url: null, audience: null }
    const nothing = { ...texts, dpop: null, par: null, restore: null, end_session_method: null }
    expect(parseClientConfig({ ...needed, ...nothing }, origin)).toEqual(parseClientConfig(needed, origin))
  })

  it('give way to what is said', () => {
    const config = parseClientConfig(
      {
        ...needed,
        scope: 'openid',
        redirect_uri: 'https://app.example/callback?from=op',
        post_logout_redirect_uri: 'https://bye.example/',
        resource: 'urn:api',
        profile_url: 'https://api.example/me',
        dpop: true,
        par: false,
        restore: 'off',
        endSessionMethod: 'get',
        end_session_method: 'get',
        audience: 'api',
        trusted_audiences: ['project'],
        extra_authorization_params: { ui_locales: 'de' },
      },
      origin,
    )
    expect(config).toMatchObject({
      scope: 'openid',
      redirectUri: 'https://app.example/callback?from=op',
      postLogoutRedirectUri: 'https://bye.example/',
      resource: 'urn:api',
      profileUrl: 'https://api.example/me',
      dpop: true,
      par: false,
      restore: 'off',
      audience: 'api',
      extraAuthorizationParams: { ui_locales: 'de' },
    })
  })
})

describe('the issuer', () => {
  it.each(['https://op.example', 'https://op.example/t1/', 'http://localhost:9000', 'http://127.0.0.1'])(
    'META-01: %s is accepted as it is written',
    issuer => {
      expect(parseIssuer(issuer)).toBe(issuer)
    },
  )

  it.each([
    'http://op.example',
    'https://op.example/?x=1',
    'https://op.example/#x',
    'https://op.example/?',
    ' https://op.example',
    'https://user:secret@op.example',
    'https://user@op.example',
    'op.example',
    'ftp://op.example',
    '',
    5,
    null,
    undefined,
    ['https://op.example'],
  ])('META-01: %j is refused', issuer => {
    expect(codeOf({ issuer })).toBe('config_invalid_issuer_url')
  })
})

describe('plain http', () => {
  it.each(['localhost', 'app.localhost', '127.0.0.1', '127.8.9.10', '[::1]'])(
    'AREQ-04: %s is loopback',
    host => {
      expect(isLoopback(host)).toBe(true)
      expect(isSecureUrl(new URL(`http://${host}:9000/`))).toBe(true)
    },
  )

  it.each(['example.com', 'localhost.example.com', '128.0.0.1', '10.0.0.1', '[::2]', 'notlocalhost'])(
    'AREQ-04: %s is not',
    host => {
      expect(isLoopback(host)).toBe(false)
      expect([isSecureUrl(new URL(`http://${host}/`)), isSecureUrl(new URL(`https://${host}/`))]).toEqual([
        false,
        true,
      ])
    },
  )

  it('no other scheme is secure', () => {
    for (const url of ['ftp://localhost/', 'ws://localhost/', 'javascript:alert(1)'])
      expect(isSecureUrl(new URL(url))).toBe(false)
  })
})

describe('what is refused', () => {
  it.each([null, 'text', [], 5, undefined])('META-01: %j is no configuration', input => {
    expect(refusal(input)).toEqual({
      code: 'config_invalid',
      expected: 'config.json: a JSON object',
      received: JSON.stringify(input) ?? 'nothing',
    })
  })

  it('META-01: an issuer that is none, by its field', () => {
    expect(refusal({ issuer: 'x' })).toEqual({
      code: 'config_invalid_issuer_url',
      expected: 'issuer: an https URL without query or fragment',
      received: '"x"',
    })
  })

  it.each(['client_secret', 'Client_Secret', 'clientSecret', 'client_assertion', 'password', 'secret'])(
    'AREQ-02: %s, and its value is not repeated',
    name => {
      const forbidden = {
        code: 'config_secret_forbidden',
        expected: `${name}: no secret: a browser cannot keep one`,
        received: '"(hidden)"',
      }
      expect(refusal({ ...needed, [name]: 'hunter2' })).toEqual(forbidden)
      expect(refusal({ ...needed, extra_authorization_params: { [name]: 'hunter2' } })).toEqual(forbidden)
    },
  )

  it('a missing client, by its field', () => {
    expect(refusal({ issuer: needed.issuer })).toEqual({
      code: 'config_client_id_missing',
      expected: 'client_id: the id of a public client',
      received: 'nothing',
    })
    expect(codeOf({ client_id: null })).toBe('config_client_id_missing')
    expect(codeOf({ client_id: '' })).toBe('config_invalid')
    expect(codeOf({ client_id: 7 })).toBe('config_invalid')
  })

  it.each([
    ['AREQ-03', 'https://app.example/callback#x'],
    ['AREQ-03', '/callback'],
    ['AREQ-04', 'http://app.example/callback'],
    ['AREQ-05', 'https://*.app.example/callback'],
    ['AREQ-03', 'https://evil.example/callback'],
    ['RESP-10', 'https://app.example/cb'],
  ])('%s: redirect_uri %s', (_, redirect_uri) => {
    expect(refusal({ ...needed, redirect_uri })).toEqual({
      code: 'config_invalid_redirect_uri',
      expected: 'redirect_uri: https://app.example/callback',
      received: JSON.stringify(redirect_uri),
    })
  })

  it.each([
    'http://bye.example/',
    'https://bye.example/#x',
    'https://*.bye.example/',
    'bye',
    // Whoever came back there would be taken for a sign-in.
    'https://app.example/callback',
    'https://app.example/callback/',
  ])('LOUT-04: post_logout_redirect_uri %s', post_logout_redirect_uri => {
    expect(codeOf({ post_logout_redirect_uri })).toBe('config_invalid_redirect_uri')
  })

  it.each([
    ['resource', 'https://api.example/#x', 'an absolute URI without fragment (RFC 8707 §2)'],
    ['resource', 'api', 'an absolute URI without fragment (RFC 8707 §2)'],
    ['profile_url', 'http://api.example/me', 'an https address'],
    ['profile_url', 'me', 'an https address'],
    ['scope', 5, 'a text'],
    ['scope', '', 'a text'],
    ['scope', ' ', 'a text'],
    ['client_id', '\t', 'a text'],
    ['dpop', 'yes', 'one of true, false'],
    ['par', 'never', 'one of auto, true, false'],
    ['restore', 'always', 'one of frame, redirect, off'],
    ['end_session_method', 'GET', 'one of post, get'],
    ['audience', {}, 'a text'],
    ['trusted_audiences', 'project', 'a list of texts without spaces'],
    ['trusted_audiences', ['project', 5], 'a list of texts without spaces'],
    ['trusted_audiences', ['my project'], 'a list of texts without spaces'],
    ['trusted_audiences', [''], 'a list of texts without spaces'],
    ['extra_authorization_params', [], 'an object of texts'],
    ['extra_authorization_params', 'a=b', 'an object of texts'],
  ])('%s: %j', (field, value, expected) => {
    expect(refusal({ ...needed, [field]: value })).toEqual({
      code: 'config_invalid',
      expected: `${field}: ${expected}`,
      received: JSON.stringify(value),
    })
  })

  it.each(['', 'soon', '-1', '1.5', '9'.repeat(10)])(
    'IDT-18: max_age %j is no number of seconds',
    max_age => {
      expect(refusal({ ...needed, extra_authorization_params: { max_age } })).toEqual({
        code: 'config_invalid',
        expected: 'extra_authorization_params: max_age in seconds',
        received: JSON.stringify(max_age),
      })
    },
  )

  it('AREQ-12: none stands alone', () => {
    expect(codeOf({ extra_authorization_params: { prompt: 'login none' } })).toBe('config_invalid')
    expect(codeOf({ extra_authorization_params: { prompt: 'none' } })).toBe('accepted')
    expect(codeOf({ extra_authorization_params: { prompt: 'login consent' } })).toBe('accepted')
  })

  it('AREQ-07: extra parameters are texts, or none', () => {
    expect(refusal({ ...needed, extra_authorization_params: { a: 1 } })).toEqual({
      code: 'config_invalid',
      expected: 'extra_authorization_params: texts',
      received: '1',
    })
    expect(codeOf({ extra_authorization_params: null })).toBe('accepted')
    expect(codeOf({ extra_authorization_params: { max_age: '0' } })).toBe('accepted')
    expect(codeOf({ extra_authorization_params: { password_hint: 'x', show_password: 'no' } })).toBe(
      'accepted',
    )
  })

  it.each([
    'response_type',
    'client_id',
    'redirect_uri',
    'scope',
    'state',
    'nonce',
    'code_challenge',
    'code_challenge_method',
    'request_uri',
    'request',
    'response_mode',
    'resource',
    'dpop_jkt',
  ])('AREQ-07: an extra parameter named %s', name => {
    expect(refusal({ ...needed, extra_authorization_params: { [name]: 'x' } })).toEqual({
      code: 'config_invalid',
      expected: 'extra_authorization_params: no parameter that the client sets itself',
      received: JSON.stringify(name),
    })
  })

  it('quotes what was received, cut', () => {
    expect(refusal({ ...needed, restore: 'x'.repeat(500) }).received).toHaveLength(200)
  })
})
