/**
 * Switches of the faulty provider, one for each point where a browser can get stuck. A switch is the first part of
 * the issuer's path, so that one server is many providers: `http://localhost:<port>/token_without_cors`.
 */
export type Endpoint = 'discovery' | 'par' | 'keys' | 'auth' | 'token' | 'userinfo' | 'revoke' | 'logout'

export interface Refusal {
  readonly status: number
  readonly error: string
  readonly description?: string
}

export interface Fault {
  /** Members of the discovery document that differ; undefined takes one out. */
  readonly metadata?: (issuer: string) => Readonly<Record<string, unknown>>
  /** Endpoints whose answers carry no CORS headers. */
  readonly withoutCors?: readonly Endpoint[]
  /** Only answers that refuse carry no CORS headers. */
  readonly refusalsWithoutCors?: boolean
  /** Any origin, by a star instead of the origin that asked. */
  readonly corsStar?: boolean
  /** Every token request is refused like this; `exchange`: only one that carries a code. */
  readonly refuseToken?: Refusal & { readonly only?: 'exchange' | 'renewal' }
  /** The token endpoint answers with this status and no JSON. */
  readonly tokenStatus?: number
  /** The sign-in page shows an error and does not come back. */
  readonly redirectUnknown?: boolean
  /** `prompt=none` always gives this. */
  readonly silentError?: string
  /** The answer carries another state. */
  readonly stateChanged?: boolean
  readonly authorizationError?: Refusal
  readonly idTokenClaims?: (now: number) => Readonly<Record<string, unknown>>
  /** Audiences of the ID token beside the client. */
  readonly otherAudiences?: readonly string[]
  readonly withoutIdToken?: boolean
  readonly withoutRefreshToken?: boolean
  readonly accessToken?: 'opaque' | 'jwt' | 'graph'
  /** Userinfo refuses the right token too. */
  readonly refuseUserinfo?: Refusal
  readonly authenticateHidden?: boolean
  /** Seconds by which the provider's clock is ahead; `Date` is exposed. */
  readonly clockAhead?: number
  /** The sign-out ends on a page of the provider. */
  readonly logoutStays?: boolean
}

export const faults = {
  none: {},
  secret_wanted: {
    refuseToken: { status: 400, error: 'invalid_request', description: 'client_secret is missing.' },
  },
  confidential_client: {
    refuseToken: { status: 401, error: 'invalid_client', description: 'Client authentication failed' },
  },
  token_without_cors: { withoutCors: ['token'] },
  entra_web_platform: {
    refuseToken: {
      status: 400,
      error: 'invalid_request',
      description:
        "AADSTS9002326: Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
    },
  },
  issuer_slash: { metadata: issuer => ({ issuer: `${issuer}/` }) },
  issuer_pattern: { metadata: () => ({ issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' }) },
  discovery_without_cors: { withoutCors: ['discovery'] },
  keys_without_cors: { withoutCors: ['keys'] },
  cors_star: { corsStar: true },
  redirect_unknown: { redirectUnknown: true },
  verifier_refused: {
    refuseToken: {
      status: 400,
      error: 'invalid_grant',
      description: 'PKCE verification failed: Code mismatch',
      only: 'exchange',
    },
  },
  plain_accepted: { metadata: () => ({ code_challenge_methods_supported: ['plain', 'S256'] }) },
  id_token_missing: { withoutIdToken: true },
  state_changed: { stateChanged: true },
  cookies_hidden: { silentError: 'login_required' },
  code_used: {
    refuseToken: { status: 400, error: 'invalid_grant', description: 'Code already used', only: 'exchange' },
  },
  code_refused: { refuseToken: { status: 400, error: 'invalid_grant', only: 'exchange' } },
  refusals_without_cors: {
    refusalsWithoutCors: true,
    refuseToken: { status: 400, error: 'invalid_grant', only: 'exchange' },
  },
  form_refused: { tokenStatus: 405 },
  errors_with_200: {
    refuseToken: {
      status: 200,
      error: 'bad_verification_code',
      description: 'The code passed is incorrect or expired.',
    },
  },
  audience_refused: {
    refuseUserinfo: { status: 401, error: 'invalid_token', description: 'audience is invalid' },
  },
  opaque_token: { accessToken: 'opaque' },
  graph_token: { accessToken: 'graph' },
  clock_ahead: { clockAhead: 600 },
  refresh_missing: { withoutRefreshToken: true },
  refresh_refused: {
    silentError: 'login_required',
    refuseToken: {
      status: 400,
      error: 'invalid_grant',
      description: 'refresh token reused',
      only: 'renewal',
    },
  },
  logout_missing: { metadata: () => ({ end_session_endpoint: undefined }) },
  logout_stays: { logoutStays: true },
  project_in_audience: { otherAudiences: ['project-277'] },
  par_without_cors: {
    withoutCors: ['par'],
    metadata: issuer => ({
      pushed_authorization_request_endpoint: `${issuer}/par`,
      require_pushed_authorization_requests: true,
    }),
  },
  headers_hidden: {
    authenticateHidden: true,
    metadata: () => ({ dpop_signing_alg_values_supported: ['ES256'] }),
  },
  userinfo_without_cors: { withoutCors: ['userinfo'] },
  scope_refused: {
    authorizationError: { status: 302, error: 'invalid_scope', description: 'offline_access is not allowed' },
  },
  pkce_refused: {
    authorizationError: { status: 302, error: 'invalid_request', description: 'code challenge required' },
  },
} as const satisfies Record<string, Fault>

export type FaultName = keyof typeof faults

export function faultOf(name: string): Fault | null {
  const found = Object.entries(faults).find(([each]) => each === name)
  return found ? found[1] : null
}
