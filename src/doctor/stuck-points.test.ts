import { describe, expect, test } from 'vitest'
import { readIssuerInput } from '../choice/issuer-input.ts'
import { parseClientConfig } from '../oauth/client-config.ts'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { presetById } from '../presets/presets.ts'
import { type FailureFacts, noFacts } from './diagnosis.ts'
import { examine } from './doctor.ts'
import type { SignInFacts } from './facts.ts'
import { diagnose } from './last-failure.ts'
import type { ProbePorts } from './probe.ts'
import {
  goodMetadata,
  goodRoute,
  issuer,
  json,
  type Route,
  scriptedProbe,
  withMetadata,
  withPaths,
} from './scripted-probe.test-data.ts'
import { stuckPoints, unnumbered } from './stuck-points.test-data.ts'

const config = parseClientConfig(
  { issuer, client_id: 'pkce-lens', scope: 'openid profile' },
  'https://app.example',
)
const signIn: SignInFacts = {
  via: 'redirect',
  clockOffset: null,
  refreshTokenCame: null,
  refreshTokenRotated: null,
  accessTokenForm: null,
  accessTokenForGraph: false,
}
const token = (error: string, description: string, status = 400) =>
  withPaths({ token: () => json({ error, error_description: description }, status) })

/** How a browser meets each point that the doctor finds before a sign-in. */
const found: Record<
  string,
  {
    route?: Route
    wire?: Record<string, unknown>
    ports?: Partial<ProbePorts>
    lastSignIn?: SignInFacts
    change?: Partial<typeof config>
  }
> = {
  client_secret_wanted: { route: token('invalid_request', 'client_secret is missing.') },
  client_not_public: { route: token('invalid_client', 'Client authentication failed', 401) },
  token_cors_blocked: { route: withPaths({ token: 'cors' }) },
  entra_platform_type: { route: token('invalid_request', 'AADSTS9002326: Cross-origin token redemption') },
  insecure_context: { ports: { isSecureContext: false } },
  discovery_issuer_mismatch: { route: withMetadata({ issuer: `${issuer}/` }) },
  issuer_tenant_template: {
    route: withMetadata({ issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' }),
  },
  discovery_cors_blocked: { route: withPaths({ '.well-known/openid-configuration': 'cors' }) },
  keys_cors_blocked: { route: withPaths({ keys: 'cors' }) },
  redirect_registered: {},
  config_invalid_redirect_uri: { change: { redirectUri: 'https://app.example/#/callback' } },
  pkce_plain_accepted: { route: withMetadata({ code_challenge_methods_supported: ['plain', 'S256'] }) },
  scope_openid_missing: { wire: { scope: 'profile' } },
  callback_not_served: {
    route: r => (r.url.startsWith('https://app.example') ? new Response('', { status: 404 }) : goodRoute(r)),
  },
  silent_third_party_cookies_blocked: {
    ports: { browser: { name: 'Firefox', frameCookies: 'partitioned' } },
  },
  token_http_error: { route: withPaths({ token: () => new Response('', { status: 405 }) }) },
  error_with_status_200: { route: token('bad_verification_code', 'expired', 200) },
  access_token_opaque: { lastSignIn: { ...signIn, accessTokenForm: 'opaque' } },
  access_token_not_yours: { lastSignIn: { ...signIn, accessTokenForm: 'jwt', accessTokenForGraph: true } },
  clock_skew_suspected: {
    route: withPaths({
      '.well-known/openid-configuration': () =>
        json(goodMetadata, 200, { date: 'Tue, 24 Nov 2026 13:00:00 GMT' }),
    }),
  },
  refresh_not_asked: {},
  refresh_token_missing: {
    wire: { scope: 'openid offline_access' },
    lastSignIn: { ...signIn, refreshTokenCame: false },
  },
  logout_endpoint_missing: { route: withMetadata({ end_session_endpoint: undefined }) },
  cors_header_not_exposed: { route: withPaths({ userinfo: () => json({}, 401) }), wire: { dpop: true } },
  userinfo_cors_blocked: { route: withPaths({ userinfo: 'cors' }) },
}

const grant: OAuthErrorDetails = { code: 'token_response_error', protocolError: 'invalid_grant' }
const refusal = (protocolError: string, protocolDescription: string): OAuthErrorDetails => ({
  code: 'token_response_error',
  protocolError,
  protocolDescription,
})
const blocked: OAuthErrorDetails = {
  code: 'network_or_cors_blocked',
  endpoint: `${issuer}/token`,
  hints: ['cors_blocked'],
}

/** How a sign-in fails at each point. */
const failed: Record<string, { error: OAuthErrorDetails; facts?: Partial<FailureFacts> }> = {
  client_secret_wanted: { error: refusal('invalid_request', 'client_secret is missing.') },
  client_not_public: {
    error: refusal('unauthorized_client', 'Invalid client or Invalid client credentials'),
  },
  config_secret_forbidden: {
    error: { code: 'config_secret_forbidden', expected: 'client_secret: no secret' },
  },
  token_cors_blocked: { error: blocked },
  entra_platform_type: {
    error: refusal('invalid_request', 'AADSTS9002326: Cross-origin token redemption'),
  },
  entra_origin_missing: {
    error: refusal('invalid_request', 'AADSTS9002327: Tokens issued for the SPA client-type'),
  },
  insecure_context: { error: { code: 'insecure_context' } },
  discovery_issuer_mismatch: { error: { code: 'discovery_issuer_mismatch', received: `${issuer}/` } },
  issuer_tenant_template: {
    error: {
      code: 'discovery_issuer_mismatch',
      received: 'https://login.microsoftonline.com/{tenantid}/v2.0',
    },
  },
  redirect_uri_not_registered: { error: { code: 'authorization_abandoned' } },
  silent_callback_not_registered: { error: { code: 'silent_timeout' } },
  redirect_uri_fragment: {
    error: { code: 'config_invalid_redirect_uri', received: 'https://app.example/#/callback' },
  },
  grant_verifier_wrong: { error: grant, facts: { verifierFitsChallenge: false } },
  pkce_refused: {
    error: {
      code: 'auth_response_error',
      protocolError: 'invalid_request',
      protocolDescription: 'code challenge required',
    },
  },
  scope_openid_missing: {
    error: { code: 'token_response_missing_id_token' },
    facts: { config: { ...config, scope: 'profile' } },
  },
  state_of_another_tab: { error: { code: 'auth_response_state_unknown' } },
  state_of_another_origin: { error: { code: 'auth_response_state_unknown' } },
  sign_in_too_slow: { error: { code: 'auth_response_transaction_expired' } },
  callback_replayed: { error: { code: 'auth_response_already_used' } },
  popup_opener_severed: { error: { code: 'popup_opener_severed' } },
  silent_cookies_hidden: {
    error: { code: 'silent_interaction_required', protocolError: 'login_required' },
    facts: { inFrame: true },
  },
  grant_code_used_twice: { error: grant, facts: { exchanges: 2, exchangeGap: 12 } },
  error_unreadable: { error: blocked },
  grant_code_expired: { error: grant, facts: { codeAge: 700_000 } },
  grant_redirect_uri_differs: {
    error: grant,
    facts: { redirectUriAsked: 'https://a/cb', redirectUriSent: 'https://a/cb/' },
  },
  grant_other_client: { error: { ...grant, protocolDescription: 'issued to another client' } },
  grant_user_disabled: { error: { ...grant, protocolDescription: 'user disabled' } },
  token_request_form_refused: { error: { code: 'token_http_error', httpStatus: 405 } },
  error_with_status_200: { error: { ...refusal('bad_verification_code', 'expired'), httpStatus: 200 } },
  resource_audience_wrong: {
    error: { code: 'resource_unauthorized', protocolDescription: 'invalid audience' },
    facts: { during: 'profile' },
  },
  clock_differs: { error: { code: 'id_token_issued_in_future' }, facts: { clockOffset: 300 } },
  refresh_token_missing: { error: { code: 'refresh_token_missing' } },
  refresh_token_reused: {
    error: { ...grant, code: 'refresh_rejected' },
    facts: { during: 'refresh' },
  },
  logout_not_returned: { error: { code: 'logout_not_returned' }, facts: { during: 'sign_out' } },
  logout_takes_only_get: { error: { code: 'logout_not_returned' }, facts: { during: 'sign_out' } },
  profile_cors_blocked: { error: blocked, facts: { during: 'profile' } },
}

/** What is pasted or typed. */
const typed: Record<string, string> = {
  issuer_well_known_pasted: `${issuer}/.well-known/openid-configuration`,
  config_secret_forbidden: 'GOCSPX-abcdefghijklmnop',
}

/** Where the point cannot be met: the requirement of this house, and the place that keeps it. */
const kept: Record<string, string> = {
  'TOK-04': 'reach.ts sends every request with credentials omit; doctor.test.ts looks at each',
  'RESP-01': 'state, PKCE and nonce are all three sent; the explanations say who checks which',
}

const all = [...stuckPoints, ...unnumbered]

describe('the 34 stuck points', () => {
  test('none is missing, and the numbers are those of the list', () => {
    expect(stuckPoints.map(each => each.number)).toEqual(Array.from({ length: 34 }, (_, at) => at + 1))
    expect(all.every(each => each.met.length > 0)).toBe(true)
  })

  const entries = all.flatMap(each =>
    each.met.map(([how, code]) => ({ number: each.number, title: each.title, how, code })),
  )

  test.each(entries)('$number $title: $how $code', async ({ number, how, code }) => {
    if (how === 'prevented') return expect(kept[code]).toBeDefined()
    if (how === 'input') {
      const read = readIssuerInput(typed[code] ?? '')
      return expect(
        read.kind === 'issuer' ? read.notes.map(each => each.code) : [read.kind === 'refused' && read.code],
      ).toContain(code)
    }
    if (how === 'cause') {
      const scene = failed[code]
      if (!scene) throw new Error(`no scene for ${code}`)
      const facts = { ...noFacts(config, presetById('keycloak'), 'https://app.example'), ...scene.facts }
      const causes = diagnose({ error: scene.error, facts })
      const cause = causes.find(each => each.code === code)
      expect(cause?.fix?.text.length).toBeGreaterThan(10)
      // These share their failure with a cause that is likelier; everywhere else the right one stands first.
      if (!['state_of_another_origin', 'error_unreadable', 'logout_takes_only_get'].includes(code))
        expect(causes[0]?.code).toBe(code)
      return
    }
    const scene = found[code]
    if (!scene) throw new Error(`no scene for ${code} of point ${number}`)
    const findings = await examine({
      config: {
        ...parseClientConfig(
          { issuer, client_id: 'pkce-lens', scope: 'openid profile', ...scene.wire },
          'https://app.example',
        ),
        ...scene.change,
      },
      ports: scriptedProbe(scene.route ?? goodRoute, scene.ports),
      lastSignIn: scene.lastSignIn ?? null,
      preset: presetById('any'),
    })
    expect(findings.map(each => each.code)).toContain(code)
  })
})
