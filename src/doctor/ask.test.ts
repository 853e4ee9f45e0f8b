import { describe, expect, test } from 'vitest'
import { presetById } from '../presets/presets.ts'
import { findings, type Scene } from './examined.test-data.ts'
import type { Finding } from './finding.ts'
import {
  type Answer,
  appPage,
  goodMetadata,
  goodRoute,
  issuer,
  json,
  type Route,
  rsaKey,
  silentPage,
  withHost,
  withMetadata,
  withPaths,
} from './scripted-probe.test-data.ts'

describe('what each question finds', () => {
  type Case = readonly [
    name: string,
    code: string,
    level: Finding['level'],
    route: Route,
    options?: Scene | undefined,
  ]
  const signIn = {
    via: 'redirect' as const,
    clockOffset: null,
    refreshTokenCame: null,
    refreshTokenRotated: null,
    accessTokenForm: null,
    accessTokenForGraph: false,
  }
  const discovery = (answer: Answer | (() => Answer)) =>
    withPaths({ '.well-known/openid-configuration': answer })
  const keys = (...list: object[]) => withPaths({ keys: () => json({ keys: list }) })
  const tokenError = (error: string, error_description: string, status = 400) =>
    withPaths({ token: () => json({ error, error_description }, status) })

  const cases: Case[] = [
    [
      'PKCE-01: plain http on a network',
      'insecure_context',
      'fail',
      goodRoute,
      { ports: { isSecureContext: false } },
    ],
    [
      'PKCE-01: no Web Crypto',
      'web_crypto_unavailable',
      'fail',
      goodRoute,
      { ports: { hasWebCrypto: false } },
    ],
    [
      'WEB-13: storage blocked',
      'storage_unavailable',
      'fail',
      goodRoute,
      { ports: { hasSessionStorage: false } },
    ],
    [
      'AREQ-03: callback 404 on a static host',
      'callback_not_served',
      'fail',
      r => (r.url.startsWith('https://app.example') ? new Response('', { status: 404 }) : goodRoute(r)),
    ],
    [
      'AREQ-03: another page at the callback',
      'callback_not_served',
      'fail',
      withHost({ '/callback': () => new Response('<title>Log in</title>') }),
    ],
    [
      'AREQ-03: the app at the callback, with status 404',
      'callback_status',
      'warn',
      withHost({ '/callback': () => new Response(appPage, { status: 404 }) }),
    ],
    [
      'AREQ-03: the page of frames and popups is not there',
      'silent_callback_not_served',
      'warn',
      withHost({ '/silent-callback.html': () => new Response(appPage) }),
    ],
    [
      'SIL-07: the page of frames may not be framed',
      'silent_callback_not_framed',
      'warn',
      withHost({
        '/silent-callback.html': () => new Response(silentPage, { headers: { 'x-frame-options': 'DENY' } }),
      }),
    ],
    ['META-14: discovery without CORS', 'discovery_cors_blocked', 'fail', discovery('cors')],
    ['4.9: offline', 'network_offline', 'fail', () => 'down', { ports: { isOnline: () => false } }],
    ['4.9: nothing answers', 'network_unreachable', 'fail', discovery('down')],
    [
      '4.9: refused by our own policy',
      'csp_blocked',
      'fail',
      discovery('down'),
      { ports: { isBlockedByPolicy: async () => true } },
    ],
    [
      'META-07: an endpoint on this computer',
      'endpoint_not_asked',
      'fail',
      withMetadata({ token_endpoint: 'http://localhost:8080/token' }),
    ],
    [
      '4.9: local network permission',
      'local_network_permission_denied',
      'fail',
      () => 'down',
      { config: { issuer: 'https://192.168.1.7' }, ports: { localNetworkPermission: async () => 'prompt' } },
    ],
    ['4.9: no answer in time', 'request_timeout', 'fail', discovery('hang')],
    ['4.9: a redirect', 'redirect_refused', 'fail', discovery(() => new Response('', { status: 302 }))],
    ['META-05: 404', 'discovery_http_error', 'fail', discovery(() => new Response('', { status: 404 }))],
    ['META-05: 429', 'rate_limited', 'fail', discovery(() => new Response('', { status: 429 }))],
    [
      'META-05: a web page',
      'discovery_not_json',
      'fail',
      discovery(() => new Response('<html>', { status: 200 })),
    ],
    [
      'META-05: an endless answer',
      'response_too_large',
      'fail',
      discovery(() => new Response('x'.repeat(1_100_000))),
    ],
    [
      'META-03: only at the place of RFC 8414',
      'discovery_oauth_location_only',
      'fail',
      r =>
        r.url.includes('oauth-authorization-server')
          ? json({ issuer })
          : r.url.includes('openid-configuration')
            ? new Response('', { status: 404 })
            : goodRoute(r),
    ],
    ['META-04: one slash more', 'discovery_issuer_mismatch', 'fail', withMetadata({ issuer: `${issuer}/` })],
    [
      'META-04: a pattern for many tenants',
      'issuer_tenant_template',
      'fail',
      withMetadata({ issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' }),
    ],
    ['META-04: no issuer', 'discovery_missing_field', 'fail', withMetadata({ issuer: undefined })],
    [
      'META-06: no token endpoint',
      'discovery_missing_field',
      'fail',
      withMetadata({ token_endpoint: undefined }),
    ],
    [
      'META-07: an http endpoint',
      'discovery_insecure_endpoint',
      'fail',
      withMetadata({ userinfo_endpoint: 'http://id.example.com/me' }),
    ],
    [
      'META-06: no code flow',
      'discovery_code_flow_unsupported',
      'fail',
      withMetadata({ response_types_supported: ['token'] }),
    ],
    [
      'PKCE-09: silent about PKCE',
      'discovery_pkce_not_advertised',
      'warn',
      withMetadata({ code_challenge_methods_supported: undefined }),
    ],
    [
      'PKCE-09: no S256',
      'discovery_pkce_s256_unsupported',
      'fail',
      withMetadata({ code_challenge_methods_supported: ['plain'] }),
    ],
    [
      'PKCE-09: plain as well',
      'pkce_plain_accepted',
      'warn',
      withMetadata({ code_challenge_methods_supported: ['plain', 'S256'] }),
    ],
    [
      'META-11: none is not listed',
      'discovery_public_client_not_advertised',
      'warn',
      r =>
        r.url.endsWith('/token')
          ? 'cors'
          : withMetadata({ token_endpoint_auth_methods_supported: ['client_secret_basic'] })(r),
    ],
    [
      'META-11: Google asks for a secret',
      'client_secret_wanted',
      'fail',
      tokenError('invalid_request', 'client_secret is missing.'),
    ],
    [
      'META-11: a confidential client',
      'client_not_public',
      'fail',
      tokenError('unauthorized_client', 'Invalid client or Invalid client credentials', 401),
    ],
    [
      'META-11: Entra, wrong platform',
      'entra_platform_type',
      'fail',
      tokenError(
        'invalid_request',
        'AADSTS9002326: Cross-origin token redemption is permitted only for the Single-Page Application client-type.',
      ),
    ],
    [
      'META-11: a provider that refuses every page',
      'provider_dead_end',
      'fail',
      goodRoute,
      { preset: presetById('google') },
    ],
    [
      'META-11: Auth0 says it in words of its own',
      'client_not_public',
      'fail',
      tokenError('access_denied', 'Unauthorized', 401),
      { preset: presetById('auth0') },
    ],
    [
      'META-11: a refusal that is about something else',
      'public_client_unknown',
      'later',
      tokenError('temporarily_unavailable', 'Later', 400),
    ],
    [
      'TOK-09: GitHub, errors with status 200',
      'error_with_status_200',
      'warn',
      tokenError('bad_verification_code', 'The code passed is incorrect or expired.', 200),
    ],
    [
      'TOK-09: no form POST',
      'token_http_error',
      'warn',
      withPaths({ token: () => new Response('', { status: 405 }) }),
    ],
    ['META-14: token endpoint without CORS', 'token_cors_blocked', 'fail', withPaths({ token: 'cors' })],
    ['META-12: keys without CORS', 'keys_cors_blocked', 'fail', withPaths({ keys: 'cors' })],
    ['META-12: keys unreachable', 'jwks_fetch_failed', 'fail', withPaths({ keys: 'down' })],
    ['META-12: no key set', 'jwks_invalid', 'fail', withPaths({ keys: () => json({}) })],
    [
      'META-12: a private key',
      'jwks_private_key_published',
      'fail',
      keys({ ...rsaKey(2048, 'a'), d: 'x' }, rsaKey(2048, 'b')),
    ],
    ['IDT-09: nothing to verify with', 'jwks_key_not_found', 'fail', keys({ kty: 'oct', k: 'x' })],
    [
      'IDT-09: only HS256',
      'jwks_key_not_found',
      'fail',
      withMetadata({ id_token_signing_alg_values_supported: ['HS256', 'none'] }),
    ],
    ['IDT-10: a short key', 'jwks_key_too_short', 'fail', keys(rsaKey(1024, 'a'))],
    ['IDT-11: the same name twice', 'jwks_kid_ambiguous', 'warn', keys(rsaKey(2048, 'a'), rsaKey(2048, 'a'))],
    ['IDT-11: keys without a name', 'jwks_kid_ambiguous', 'warn', keys(rsaKey(2048), rsaKey(2048, 'a'))],
    [
      'IDT-11: one name for keys of different kinds',
      'keys_found',
      'pass',
      keys(rsaKey(2048, 'a'), { kty: 'EC', crv: 'P-256', kid: 'a', x: 'AA', y: 'AA' }),
    ],
    [
      'IDT-11: keys of different kinds without a name',
      'keys_found',
      'pass',
      keys(rsaKey(2048), { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }),
    ],
    ['AREQ-06: no openid', 'scope_openid_missing', 'fail', goodRoute, { config: { scope: 'profile' } }],
    [
      'AREQ-06: a scope that is not offered',
      'scope_not_offered',
      'warn',
      goodRoute,
      { config: { scope: 'openid groups' } },
    ],
    ['AREQ-06: a list without any scope', 'scopes_offered', 'pass', withMetadata({ scopes_supported: [] })],
    [
      'AREQ-06: a list that leaves openid out',
      'scopes_offered',
      'pass',
      withMetadata({ scopes_supported: ['profile', 'email', 'offline_access'] }),
    ],
    ['META-14: userinfo without CORS', 'userinfo_cors_blocked', 'fail', withPaths({ userinfo: 'cors' })],
    [
      'UINF-01: no userinfo endpoint',
      'userinfo_missing',
      'warn',
      withMetadata({ userinfo_endpoint: undefined }),
    ],
    [
      'UINF-01: nothing at the userinfo endpoint',
      'userinfo_http_error',
      'warn',
      withPaths({ userinfo: () => new Response('', { status: 404 }) }),
    ],
    [
      'UINF-01: a made-up token is taken',
      'userinfo_token_not_checked',
      'warn',
      withPaths({ userinfo: () => json({ sub: 'anybody' }) }),
    ],
    [
      'META-14: the API of the profile without CORS',
      'profile_cors_blocked',
      'fail',
      withPaths({ me: 'cors' }),
      { config: { profile_url: `${issuer}/me` } },
    ],
    [
      'META-07: the API of the profile is on this computer',
      'profile_not_asked',
      'later',
      goodRoute,
      { config: { profile_url: 'http://localhost:8080/me' } },
    ],
    [
      'DPOP-09: WWW-Authenticate hidden',
      'cors_header_not_exposed',
      'warn',
      withPaths({ userinfo: () => json({}, 401) }),
      { config: { dpop: true } },
    ],
    [
      'ISS-05: no iss in answers',
      'mix_up_defence_missing',
      'warn',
      withMetadata({ authorization_response_iss_parameter_supported: undefined }),
    ],
    [
      'AREQ-08: sign-in page readable',
      'authorization_endpoint_cors',
      'warn',
      withPaths({ auth: () => new Response('', { status: 200 }) }),
    ],
    [
      'AREQ-08: sign-in page redirects readably',
      'authorization_endpoint_cors',
      'warn',
      withPaths({ auth: () => new Response('', { status: 302 }) }),
    ],
    [
      'AREQ-08: sign-in page readable, and large',
      'authorization_endpoint_cors',
      'warn',
      withPaths({ auth: () => new Response('x'.repeat(1_100_000)) }),
    ],
    [
      'AREQ-08: sign-in page not there',
      'authorization_endpoint_unreachable',
      'fail',
      withMetadata({ authorization_endpoint: 'https://nowhere.example/auth' }),
      undefined,
    ],
    [
      'RT-09: offline_access not asked for',
      'refresh_not_asked',
      'warn',
      goodRoute,
      { config: { scope: 'openid' }, preset: presetById('any') },
    ],
    [
      'RT-09: offline_access not asked for, and a refresh token came all the same',
      'refresh_possible',
      'pass',
      goodRoute,
      {
        config: { scope: 'openid' },
        preset: presetById('any'),
        lastSignIn: { ...signIn, refreshTokenCame: true },
      },
    ],
    [
      'RT-09: offline_access not asked for, and none came',
      'refresh_not_asked',
      'warn',
      goodRoute,
      {
        config: { scope: 'openid' },
        preset: presetById('any'),
        lastSignIn: { ...signIn, refreshTokenCame: false },
      },
    ],
    [
      'RT-09: none came, and asking would not help',
      'refresh_token_missing',
      'warn',
      withMetadata({ scopes_supported: ['openid'] }),
      {
        config: { scope: 'openid' },
        preset: presetById('any'),
        lastSignIn: { ...signIn, refreshTokenCame: false },
      },
    ],
    ['AREQ-03: nobody has signed in yet', 'redirect_registered', 'later', goodRoute],
    ['AREQ-03: a sign-in came back', 'redirect_registered', 'pass', goodRoute, { lastSignIn: signIn }],
    [
      'AREQ-03: a sign-in in a window came back, by another address',
      'redirect_registered',
      'later',
      goodRoute,
      { lastSignIn: { ...signIn, via: 'popup' } },
    ],
    [
      'RT-09: no refresh grant',
      'refresh_not_offered',
      'warn',
      withMetadata({ grant_types_supported: ['authorization_code'] }),
    ],
    [
      'RT-09: none came',
      'refresh_token_missing',
      'warn',
      goodRoute,
      { lastSignIn: { ...signIn, refreshTokenCame: false } },
    ],
    [
      'RT-10: not rotated',
      'refresh_not_rotated',
      'warn',
      goodRoute,
      { lastSignIn: { ...signIn, refreshTokenCame: true, refreshTokenRotated: false } },
    ],
    [
      'DPOP-15: DPoP not offered',
      'dpop_alg_unsupported',
      'fail',
      withMetadata({ dpop_signing_alg_values_supported: undefined }),
      { config: { dpop: true } },
    ],
    [
      'PAR-05: demanded and off',
      'par_required_not_configured',
      'fail',
      withMetadata({ require_pushed_authorization_requests: true }),
      { config: { par: false } },
    ],
    [
      'PAR-05: on and not there',
      'par_endpoint_missing',
      'fail',
      withMetadata({ pushed_authorization_request_endpoint: undefined }),
      { config: { par: true } },
    ],
    [
      'PAR-05: signed requests only',
      'signed_request_required',
      'fail',
      withMetadata({ require_signed_request_object: true }),
    ],
    [
      'PAR-07: pushed requests without CORS',
      'par_cors_blocked',
      'fail',
      withPaths({ par: 'cors' }),
      { config: { par: true } },
    ],
    [
      'PAR-06: pushed requests are answered by a page',
      'par_error',
      'warn',
      withPaths({ par: () => new Response('<html>', { status: 403 }) }),
      { config: { par: true } },
    ],
    [
      'SESS-05: cookies hidden in frames',
      'silent_third_party_cookies_blocked',
      'warn',
      goodRoute,
      { ports: { browser: { name: 'Safari', frameCookies: 'blocked' } } },
    ],
    [
      'IDT-13: the clock',
      'clock_skew_suspected',
      'fail',
      discovery(() => json(goodMetadata, 200, { date: 'Tue, 24 Nov 2026 12:05:00 GMT' })),
    ],
    [
      'IDT-13: the clock, from the last ID token',
      'clock_skew_suspected',
      'fail',
      goodRoute,
      { lastSignIn: { ...signIn, clockOffset: -3600 } },
    ],
    [
      'BEAR-08: opaque',
      'access_token_opaque',
      'pass',
      goodRoute,
      { lastSignIn: { ...signIn, accessTokenForm: 'opaque' } },
    ],
    [
      'BEAR-08: for Graph',
      'access_token_not_yours',
      'pass',
      goodRoute,
      { lastSignIn: { ...signIn, accessTokenForm: 'jwt', accessTokenForGraph: true } },
    ],
    [
      'LOUT-01: no sign-out',
      'logout_endpoint_missing',
      'warn',
      withMetadata({ end_session_endpoint: undefined }),
    ],
    ['REV-06: revocation without CORS', 'revocation_cors_blocked', 'warn', withPaths({ revoke: 'cors' })],
    ['REV-06: revocation that never answers', 'request_timeout', 'warn', withPaths({ revoke: 'hang' })],
    [
      'REV-06: revocation with a secret only',
      'revocation_refused',
      'warn',
      withPaths({ revoke: () => Response.json({ error: 'invalid_client' }, { status: 401 }) }),
    ],
    [
      'REV-06: revocation that is forbidden',
      'revocation_refused',
      'warn',
      withPaths({ revoke: () => new Response('', { status: 403 }) }),
    ],
    [
      'REV-06: revocation that does not know the client',
      'revocation_refused',
      'warn',
      withPaths({ revoke: () => Response.json({ error: 'unauthorized_client' }, { status: 400 }) }),
    ],
    [
      'REV-06: revocation that leads to the sign-in page',
      'revocation_refused',
      'warn',
      withPaths({ revoke: () => new Response('', { status: 302 }) }),
    ],
    [
      'META-08: pasted',
      'discovery_pasted',
      'warn',
      discovery('cors'),
      { pasted: { discovery: JSON.stringify(goodMetadata), keys: null } },
    ],
    [
      'META-05: pasted, but not the document',
      'discovery_not_json',
      'fail',
      discovery('cors'),
      { pasted: { discovery: '<html>', keys: null } },
    ],
  ]

  const elsewhere: Route = request =>
    /^https?:\/\/(nowhere\.example|id\.example\.com\/token)/.test(request.url) ? 'down' : goodRoute(request)
  const routed =
    (route: Route): Route =>
    request => {
      const answer = route(request)
      return elsewhere(request) === 'down' ? 'down' : answer
    }

  test.each(cases.map(([name, code, level, route, options]) => ({ name, code, level, route, options })))(
    '$name: $code',
    async ({ code, level, route, options }) => {
      const found = (await findings(routed(route), options)).get(code)
      expect(found).toMatchObject({ code, level })
      expect(found?.why.length).toBeGreaterThan(20)
      expect(found?.seen).not.toBe('')
      if (level === 'fail' || level === 'warn')
        expect(found?.fix ?? code).toSatisfy(fix => fix === 'userinfo_missing' || typeof fix === 'object')
    },
  )

  test('ISS-05: without iss it says whom it concerns, why, and where it is put right', async () => {
    const route = withMetadata({ authorization_response_iss_parameter_supported: undefined })
    const found = (await findings(route)).get('mix_up_defence_missing')
    expect(found?.why).toContain('only ever uses this provider')
    expect(found?.why).toMatch(/provider from a link.*one redirect address/)
    expect(found?.fix?.text).toMatch(/at the provider.*announce iss.*send it/)
  })

  const hostile = {
    authorization_endpoint: 'https://login.honest.example/authorize',
    token_endpoint: 'https://help.evil.example/token',
  }

  test('RT-09: no place to look at is named where the place is not known', async () => {
    const fixOf = async (id: string) =>
      (await findings(goodRoute, { preset: presetById(id) })).get('refresh_possible')?.fix
    expect(await fixOf('keycloak')).toBeNull()
    expect((await fixOf('gitlab'))?.text).toMatch(/^Nothing to set/)
  })

  test('what was seen is not answered with the opposite claim of a preset', async () => {
    const preset = presetById('gitlab')
    const config = { scope: 'openid', dpop: true }
    const seen = { ...signIn, refreshTokenCame: true, refreshTokenRotated: false }
    const none = { ...signIn, refreshTokenCame: false }
    const fixes = [
      (await findings(goodRoute, { preset, lastSignIn: seen })).get('refresh_not_rotated')?.fix,
      (await findings(goodRoute, { preset, lastSignIn: none })).get('refresh_token_missing')?.fix,
      (await findings(withPaths({ token: 'cors' }), { preset, config })).get('token_cors_blocked')?.fix,
    ]
    expect(fixes.map(fix => fix?.text)).toEqual([
      'Turn rotation on.',
      'Allow refresh tokens for this client.',
      'Allow this origin, with the header DPoP.',
    ])
    for (const fix of fixes) expect(fix?.note).toContain('not known here')
  })

  test('ISS-05: a document that takes a sign-in at another site stops, with or without iss', async () => {
    for (const iss of [true, undefined]) {
      const route = withMetadata({ ...hostile, authorization_response_iss_parameter_supported: iss })
      const found = await findings(route)
      expect(found.get('endpoints_on_different_sites')).toMatchObject({
        level: 'fail',
        stops: true,
        seen: 'sign-in at login.honest.example, code to help.evil.example',
      })
      expect(found.has('endpoints_complete')).toBe(false)
      const warning = found.get('mix_up_defence_missing')?.why
      expect(warning ?? '').toMatch(iss ? /^$/ : /sign in at another site/)
      expect(warning ?? '').not.toContain('no consequence')
    }
  })

  test.each([
    ['one host', issuer, { page: 'id.example.com', token: 'id.example.com' }],
    [
      'Google',
      'https://accounts.google.com',
      { page: 'accounts.google.com', token: 'oauth2.googleapis.com' },
    ],
    [
      'Cognito',
      'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_a',
      { page: 'login.acme.example', token: 'login.acme.example' },
    ],
    ['two names of one domain', issuer, { page: 'www.acme.co.uk', token: 'api.acme.co.uk' }],
    ['this computer', 'http://localhost:9000', { page: 'localhost:9000', token: '127.0.0.1:9000' }],
  ])('ISS-05: an honest provider raises no alarm: %s', async (_, named, { page, token }) => {
    const { protocol } = new URL(named)
    const route: Route = request =>
      request.url.endsWith('/openid-configuration')
        ? json({
            ...goodMetadata,
            issuer: named,
            authorization_endpoint: `${protocol}//${page}/authorize`,
            token_endpoint: `${protocol}//${token}/token`,
          })
        : goodRoute(request)
    const found = await findings(route, { config: { issuer: named } })
    expect(found.has('endpoints_on_different_sites')).toBe(false)
    expect(found.get('endpoints_complete')?.seen).toBe(
      new URL(named).host === page ? '7 of 7' : `7 of 7, sign-in at ${page}`,
    )
  })

  test('LOUT-01: where the standard request does not come back, no address is to be registered', async () => {
    const found = await findings(goodRoute, { preset: presetById('cognito') })
    expect(found.get('logout_own_way')).toMatchObject({ level: 'warn', seen: 'wants client_id, logout_uri' })
    expect(found.has('sign_out_possible')).toBe(false)
  })

  test('RT-10: the place of rotation is told, and not the one that allows refresh tokens', async () => {
    const lastSignIn = { ...signIn, refreshTokenCame: true, refreshTokenRotated: false }
    const fixOf = async (id: string) =>
      (await findings(goodRoute, { lastSignIn, preset: presetById(id) })).get('refresh_not_rotated')?.fix
    expect((await fixOf('keycloak'))?.consolePath).toContain('Revoke Refresh Token')
    expect(await fixOf('okta')).toMatchObject({ text: 'Turn rotation on.', consolePath: [] })
    expect((await fixOf('okta'))?.note).toContain('not known here')
  })

  test('PKCE-09: where PKCE has no setting, nobody is told to set it', async () => {
    const route = withMetadata({ code_challenge_methods_supported: undefined })
    const found = await findings(route, { preset: presetById('gitlab') })
    const fix = found.get('discovery_pkce_not_advertised')?.fix
    expect(fix).toMatchObject({ text: expect.stringMatching(/^Nothing to set: GitLab/), consolePath: [] })
  })

  test('no sentence shows a dash that stands for a comma, or shouts', async () => {
    for (const [, , , route, options] of cases)
      for (const finding of (await findings(routed(route), options)).values())
        expect([finding.title, finding.why, finding.fix?.text, finding.fix?.note].join(' ')).not.toMatch(
          /[—!]/,
        )
  })
})
