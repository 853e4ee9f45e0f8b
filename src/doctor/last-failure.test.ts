import { describe, expect, test } from 'vitest'
import { parseClientConfig } from '../oauth/client-config.ts'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { presetById } from '../presets/presets.ts'
import { type FailureFacts, noFacts } from './diagnosis.ts'
import { diagnose } from './last-failure.ts'

const config = parseClientConfig(
  { issuer: 'https://id.example.com/realms/lens', client_id: 'pkce-lens', scope: 'openid profile' },
  'https://app.example',
)
const base = noFacts(config, presetById('keycloak'), 'https://app.example')
const of = (error: OAuthErrorDetails, facts: Partial<FailureFacts> = {}) =>
  diagnose({ error, facts: { ...base, ...facts } })
const grant = (facts: Partial<FailureFacts>, protocolDescription?: string) =>
  of({ code: 'token_response_error', protocolError: 'invalid_grant', protocolDescription }, facts)

describe('invalid_grant, the six meanings (stuck points 14, 23, 25)', () => {
  test('with nothing known all six are possible, and each says how to tell', () => {
    const causes = grant({})
    expect(causes.map(each => each.code).sort()).toEqual([
      'grant_code_expired',
      'grant_code_used_twice',
      'grant_other_client',
      'grant_redirect_uri_differs',
      'grant_user_disabled',
      'grant_verifier_wrong',
    ])
    expect(causes.every(each => each.likelihood === 'possible' && each.fix !== null)).toBe(true)
  })

  test('RESP-11: two exchanges of one code within a second are certain, and StrictMode is named in development', () => {
    const [first] = grant({ exchanges: 2, exchangeGap: 40, development: true })
    expect(first).toMatchObject({ code: 'grant_code_used_twice', likelihood: 'certain' })
    expect(first?.seen).toBe('2 exchanges of one code, 40 ms apart')
    expect(first?.why).toContain('StrictMode')
    expect(grant({ exchanges: 2, exchangeGap: 40 })[0]?.why).not.toContain('StrictMode')
    expect(grant({ exchanges: 2, exchangeGap: 5_000 })[0]?.why).toContain('reload')
  })

  test('PKCE-04: a verifier whose hash is not the challenge is certain', () => {
    expect(grant({ verifierFitsChallenge: false, exchanges: 1 })[0]).toMatchObject({
      code: 'grant_verifier_wrong',
      likelihood: 'certain',
    })
  })

  test('TOK-02: another redirect address is certain, and the difference is said', () => {
    const [first] = grant({
      redirectUriAsked: 'https://app.example/callback',
      redirectUriSent: 'https://app.example/callback/',
    })
    expect(first).toMatchObject({ code: 'grant_redirect_uri_differs', likelihood: 'certain' })
    expect(first?.seen).toContain('one slash more')
  })

  test('RESP-12: age decides between likely and certain', () => {
    expect(grant({ codeAge: 90_000 })[0]).toMatchObject({
      code: 'grant_code_expired',
      likelihood: 'likely',
    })
    expect(grant({ codeAge: 700_000 })[0]).toMatchObject({
      code: 'grant_code_expired',
      likelihood: 'certain',
    })
    expect(grant({ codeAge: 90_000 })[0]?.seen).toContain('1:30')
  })

  test('what was compared and fits is ruled out and stands last', () => {
    const causes = grant({
      exchanges: 1,
      verifierFitsChallenge: true,
      redirectUriAsked: config.redirectUri,
      redirectUriSent: config.redirectUri,
      codeAge: 4_000,
    })
    expect(causes.slice(3).map(each => each.likelihood)).toEqual(['ruled_out', 'ruled_out', 'ruled_out'])
    expect(
      causes
        .slice(3)
        .map(each => each.code)
        .sort(),
    ).toEqual(['grant_code_used_twice', 'grant_redirect_uri_differs', 'grant_verifier_wrong'])
  })

  test.each([
    ['PKCE verification failed: Code mismatch', 'grant_verifier_wrong'],
    ['The authorization code has expired', 'grant_code_expired'],
    ['Code already used', 'grant_code_used_twice'],
    ['redirect_uri does not match', 'grant_redirect_uri_differs'],
    ['The account is disabled', 'grant_user_disabled'],
    ['The code was issued to another client', 'grant_other_client'],
  ])('the provider’s own words move a cause up: %s', (description, code) => {
    expect(grant({}, description)[0]).toMatchObject({ code, likelihood: 'likely' })
  })

  test('RT-05: at a renewal it means the refresh token, not the code', () => {
    expect(grant({ during: 'refresh' }).map(each => each.code)).toEqual(['refresh_token_reused'])
  })
})

describe('a session that ended is explained by what failed last', () => {
  const codes = (error: Partial<OAuthErrorDetails>, facts: Partial<FailureFacts> = {}) =>
    of({ code: 'session_expired', ...error }, facts).map(each => each.code)
  const bySession = { expected: 'a renewal', received: 'none possible' }
  const frame = (code: string) => ({ lastRenewal: { by: 'frame', code } }) as const

  test('RT-05: the refresh token was refused, also when a frame was asked after it', () => {
    const refused = { protocolError: 'invalid_grant', hints: ['refresh_rejected'] }
    const byToken = { lastRenewal: { by: 'refresh_token', code: 'token_response_error' } } as const
    expect(codes(refused, byToken)).toEqual(['refresh_token_reused'])
    expect(codes(bySession, byToken)).toEqual(['refresh_token_reused'])
    expect(codes(refused, frame('silent_interaction_required'))).toEqual([
      'refresh_token_reused',
      'silent_cookies_hidden',
    ])
  })

  test('SIL-05: without a refresh token, a frame that got no answer', () => {
    expect(codes(bySession, frame('silent_timeout'))[0]).toBe('silent_callback_not_registered')
    expect(codes(bySession, frame('silent_interaction_required'))).toEqual(['silent_cookies_hidden'])
    expect(codes({ ...bySession, protocolError: 'invalid_client' }, frame('token_response_error'))).toEqual([
      'client_not_public',
    ])
  })

  test('RT-09: nothing was there to renew with', () => {
    expect(codes(bySession)).toEqual(['refresh_token_missing'])
    expect(codes({})).toEqual(['refresh_token_reused'])
  })

  test('no tab of this app is blamed: each has a grant of its own', () => {
    const [cause] = of({ code: 'refresh_rejected' })
    expect([cause?.why, cause?.fix?.text].join(' ')).toContain('its tabs never spend the same token')
    expect([cause?.why, cause?.fix?.text].join(' ')).not.toMatch(/two tabs|lock/)
  })
})

describe('the address of frames and popups', () => {
  const address = 'https://app.example/silent-callback.html'

  test.each(['silent_timeout', 'popup_timeout', 'popup_closed'])('is the first thought at %s', code => {
    const [cause] = of({ code }, { inFrame: code === 'silent_timeout' })
    expect(cause).toMatchObject({ code: 'silent_callback_not_registered', seen: address })
    expect(cause?.fix).toMatchObject({
      consolePath: ['Clients', 'pkce-lens', 'Settings', 'Valid redirect URIs'],
      copy: address,
    })
  })

  test('under a base path it lies beside the callback', () => {
    const below = parseClientConfig(
      { issuer: config.issuer, client_id: 'a' },
      'https://app.example',
      '/lens/',
    )
    expect(of({ code: 'silent_timeout' }, { config: below })[0]?.seen).toBe(
      'https://app.example/lens/silent-callback.html',
    )
  })

  test('an answer from the frame speaks against it', () => {
    expect(of({ code: 'silent_interaction_required' }).map(each => each.code)).toEqual([
      'silent_cookies_hidden',
    ])
    expect(of({ code: 'silent_frame_blocked' }).map(each => each.code)).toEqual(['silent_framing_forbidden'])
  })
})

describe('other failures', () => {
  test('the person’s own values are in the fix, at the place of the console', () => {
    const [cause] = of({ code: 'authorization_abandoned', hints: ['seconds_away:31'] }, { during: 'sign_in' })
    expect(cause).toMatchObject({
      code: 'redirect_uri_not_registered',
      seen: 'https://app.example/callback, 31 s away',
    })
    expect(cause?.fix).toMatchObject({
      consolePath: ['Clients', 'pkce-lens', 'Settings', 'Valid redirect URIs'],
      copy: 'https://app.example/callback',
    })
    expect(cause?.why).toContain('Invalid parameter: redirect_uri')
  })

  test('META-04: the difference of two issuers is said, and the name can be taken', () => {
    const [cause] = of({ code: 'discovery_issuer_mismatch', received: `${config.issuer}/` })
    expect(cause?.why).toContain('one slash more')
    expect(cause?.fix?.change).toMatchObject({ field: 'issuer', value: `${config.issuer}/` })
  })

  test('IDT-04: other audiences are named, and trusted with one press', () => {
    const named = (received: string, trusted: string[] = []) =>
      of(
        { code: 'id_token_audience_untrusted', received },
        { config: { ...config, trustedAudiences: trusted } },
      )[0]
    const change = { field: 'trusted_audiences', value: '277 278', label: 'Trust 277 and 1 more' }
    expect(named('["pkce-lens","277","278"]')).toMatchObject({ seen: '277 278', fix: { change } })
    expect(named('["277","pkce-lens","278"]', ['277'])?.fix?.change?.value).toBe('278')
    // The check shows 300 characters: a list that is cut off names nobody for sure.
    expect(named(`["pkce-lens","${'x'.repeat(300)}`)?.fix?.change).toBeUndefined()
  })

  test('TOK-12: with DPoP a blocked exchange has spent no code, without DPoP it has', () => {
    const error = {
      code: 'network_or_cors_blocked',
      endpoint: 'https://id.example.com/token',
      hints: ['cors_blocked'],
    }
    expect(of(error)[0]?.why).toContain('code is spent')
    expect(of(error, { config: { ...config, dpop: true } })[0]?.why).toContain('No code was spent')
    expect(of(error).map(each => each.code)).toEqual(['token_cors_blocked', 'error_unreadable'])
  })

  test('Google is told to be the reason, and not the code of the app', () => {
    const error = {
      code: 'token_response_error',
      protocolError: 'invalid_request',
      protocolDescription: 'client_secret is missing.',
    }
    const [cause] = of(error, { preset: presetById('google') })
    expect(cause?.why).toContain('Nothing in your code is wrong')
    expect(cause?.fix?.text).toContain('Google Identity Services')
  })

  test('stuck point 6: on plain http the address of the app is the point', () => {
    const [cause] = of({ code: 'insecure_context' }, { origin: 'http://192.168.1.7:5173' })
    expect(cause).toMatchObject({ code: 'insecure_context', seen: 'http://192.168.1.7:5173' })
  })

  test('LOUT-06: a provider that takes the sign-out by GET only is named, with what to change', () => {
    const causes = of({ code: 'logout_not_returned' }, { during: 'sign_out' })
    expect(causes.map(each => each.code)).toEqual(['logout_not_returned', 'logout_takes_only_get'])
    expect(causes[1]?.fix?.text).toContain('enableHttpPostMethods: true')
    expect(causes[1]?.fix?.change).toMatchObject({ field: 'end_session_method', value: 'get' })
    const byLink = { ...config, endSessionMethod: 'get' } as const
    for (const [code, used] of [
      ['logout_endpoint_missing', config],
      ['logout_not_returned', byLink],
    ] as const)
      expect(of({ code }, { during: 'sign_out', config: used })).toHaveLength(1)
  })

  test('LOUT-01: without an endpoint, or with one of its own way, no address is to be registered', () => {
    const [missing] = of({ code: 'logout_endpoint_missing' }, { during: 'sign_out' })
    expect(missing).toMatchObject({ code: 'logout_endpoint_missing', likelihood: 'certain' })
    const cognito = of({ code: 'logout_not_returned' }, { during: 'sign_out', preset: presetById('cognito') })
    expect(cognito.map(each => each.code)).toEqual(['logout_own_way'])
    const gitlab = of({ code: 'logout_not_returned' }, { during: 'sign_out', preset: presetById('gitlab') })
    for (const cause of [missing, ...cognito, gitlab[0]]) {
      expect(cause?.fix?.text).toMatch(/^Nothing to set/)
      expect(cause?.why).not.toContain('registered')
    }
  })

  test('META-14: where there is no list of origins, nobody is told to allow one', () => {
    const error = { code: 'discovery_fetch_failed', hints: ['cors_blocked'] }
    const fixOf = (id: string) => of(error, { preset: presetById(id) })[0]?.fix
    expect(fixOf('keycloak')?.text).toContain('allow this origin')
    expect(fixOf('gitlab')).toMatchObject({
      text: 'Compare the issuer letter by letter. Nothing to set: GitLab has had CORS since 15.1; an older one needs an update.',
      consolePath: [],
    })
  })

  test('a request that was refused points to PKCE only where the words speak of it', () => {
    const refused = (protocolDescription: string) =>
      of({ code: 'auth_response_error', protocolError: 'invalid_request', protocolDescription })[0]
    expect(refused('Missing parameter: response_type')).toMatchObject({
      code: 'request_refused',
      fix: { consolePath: [] },
    })
    expect(refused('Missing parameter: code_challenge_method')?.fix?.consolePath).toContain('Require PKCE')
  })

  test('PKCE-01: without Web Crypto the address is not called insecure', () => {
    const [cause] = of({ code: 'web_crypto_unavailable' })
    expect(cause).toMatchObject({ code: 'web_crypto_unavailable', seen: 'crypto.subtle is missing' })
  })

  test('RT-09: a refresh token that was not asked for can be asked for', () => {
    const fixOf = (scope: string) =>
      of({ code: 'refresh_token_missing' }, { config: { ...config, scope }, preset: presetById('logto') })[0]
        ?.fix
    expect(fixOf('openid')?.change).toMatchObject({
      field: 'add_scopes',
      value: 'offline_access',
    })
    expect(fixOf('openid offline_access')?.text).toBe('Allow refresh tokens for this client.')
  })

  test('a code of the provider that only its preset knows is translated', () => {
    const error = {
      code: 'token_response_error',
      protocolError: 'access',
      protocolDescription: 'no_matching_policy',
    }
    expect(of(error, { preset: presetById('okta') })[0]).toMatchObject({ code: 'provider_says' })
  })

  test('what is known of a code, and of a place in the console, is said where nothing else fits', () => {
    const words = { title: 'a', text: 'b', advice: 'Set RS256 for this client.' }
    const error = { code: 'id_token_alg_not_allowed' }
    expect(diagnose({ error, facts: base, words })[0]?.fix?.text).toBe(words.advice)
    const entra = {
      code: 'token_response_error',
      protocolError: 'invalid_request',
      protocolDescription: 'AADSTS50011',
    }
    expect(of(entra, { preset: presetById('entra') })[0]).toMatchObject({
      code: 'provider_says',
      fix: { copy: 'https://app.example/callback' },
    })
    // The meaning is said once.
    const [told] = of(entra, { preset: presetById('entra') })
    expect(told?.fix?.text).not.toBe(told?.why)
  })

  test('the address after the sign-out is not mistaken for the one after the sign-in', () => {
    const error = { code: 'config_invalid_redirect_uri', received: '"/"' }
    const expected = 'post_logout_redirect_uri: an https address without fragment'
    expect(of({ ...error, expected })[0]?.fix?.text).toContain('Leave post_logout_redirect_uri out')
    expect(of(error)[0]?.fix?.text).toContain('Leave redirect_uri out')
  })

  test('a token for an API that userinfo refuses is not told to name an API', () => {
    const refused = { code: 'userinfo_http_error', httpStatus: 401 }
    const forApi = { ...config, resource: 'https://api.example/' }
    const codes = (used: typeof config) => of(refused, { config: used }).map(each => each.code)
    expect(codes(forApi)).toEqual(['userinfo_token_for_api'])
    expect(codes({ ...forApi, profileUrl: 'https://api.example/me' })[0]).toBe('resource_audience_wrong')
  })

  test('stuck point 26: only a token request is told to be no form that is taken', () => {
    const titles = (code: string, httpStatus: number, during: FailureFacts['during']) =>
      of({ code, httpStatus }, { during }).map(each => each.code)
    expect(titles('token_http_error', 405, 'exchange')).toEqual(['token_request_form_refused'])
    expect(titles('token_http_error', 415, 'refresh')).toEqual(['token_request_form_refused'])
    // Neither of it is about the token.
    expect(titles('resource_request_failed', 405, 'profile')).toEqual(['unexplained'])
    expect(titles('userinfo_http_error', 415, 'profile')).toEqual(['unexplained'])
    expect(titles('discovery_http_error', 405, 'sign_in')).toEqual(['unexplained'])
  })

  test('BEAR-05, BEAR-06: a scope is certain to be missing only where the API says so', () => {
    const refused = { code: 'resource_insufficient_scope', httpStatus: 403 }
    const first = (error: Partial<OAuthErrorDetails>) =>
      of({ ...refused, ...error }, { during: 'profile' })[0]
    const scope = { code: 'resource_scope_missing' }
    expect(first({ hints: ['scope:orders'] })).toMatchObject({ ...scope, likelihood: 'certain' })
    expect(first({ protocolError: 'insufficient_scope' })).toMatchObject({ ...scope, likelihood: 'certain' })
    const hidden = first({ hints: ['cors_header_not_exposed'] })
    expect(hidden).toMatchObject({ ...scope, likelihood: 'possible' })
    expect(hidden?.fix?.text).toContain('Access-Control-Expose-Headers')
  })

  test('PAR-06: where the pushed request may not be read, no code is spent', () => {
    const error = { code: 'network_or_cors_blocked', hints: ['cors_blocked'] }
    expect(of(error, { during: 'sign_in' })[0]?.why).toContain('nobody was asked anything')
  })

  test('AADSTS90094: consent that only administrators may give, where it was asked for', () => {
    const codes = (change: Partial<typeof config>) =>
      of({ code: 'authorization_abandoned' }, { config: { ...config, ...change } }).map(each => each.code)
    const scope = 'openid offline_access'
    expect(codes({ scope })).toContain('consent_not_allowed')
    expect(codes({ scope, extraAuthorizationParams: { prompt: 'select_account' } })).not.toContain(
      'consent_not_allowed',
    )
    expect(codes({})).not.toContain('consent_not_allowed')
  })

  test('there is always a cause, and never an exclamation mark or a long dash', () => {
    for (const code of [
      'nobody_knows',
      'id_token_expired',
      'popup_blocked',
      'popup_timeout',
      'silent_timeout',
      'session_expired',
      'logout_not_returned',
      'auth_response_error',
      'resource_unauthorized',
    ]) {
      const causes = of({ code })
      expect(causes.length).toBeGreaterThan(0)
      for (const cause of causes) {
        expect(cause.why.length).toBeGreaterThan(20)
        expect([cause.title, cause.why, cause.fix?.text].join(' ')).not.toMatch(/[—!]/)
      }
    }
  })
})
