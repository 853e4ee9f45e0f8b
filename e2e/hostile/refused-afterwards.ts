/** Refusals after a good sign-in: UserInfo, a protected API, a refresh. */
import { afterUse, type RefusedCase } from './cases.ts'
import type { Fault, IdTokenSwitches, Switches, UserInfoSwitches } from './switches.ts'

const userinfo = (requirement: string, name: string, code: string, lie: UserInfoSwitches): RefusedCase => ({
  requirement,
  name: `UserInfo: ${name}`,
  code,
  switches: { userinfo: lie },
  at: 'userinfo',
  never: afterUse,
  nameMayStay: true,
  hidden: ['from-userinfo'],
})

const userinfoFault = (requirement: string, name: string, code: string, fault: Fault): RefusedCase => ({
  requirement,
  name: `UserInfo: ${name}`,
  code,
  switches: { faults: { userinfo: fault } },
  at: 'userinfo',
  never: ['token', 'elsewhere'],
  nameMayStay: true,
  hidden: ['from-userinfo'],
})

const challenge = (status: number, header: string, times?: number): Fault => ({
  kind: 'json',
  status,
  body: { error: 'refused' },
  headers: { 'www-authenticate': header },
  ...(times === undefined ? {} : { times }),
})

/** A first profile request that is refused makes the client refresh; what then comes back is the case. */
const expiredOnce: Fault = challenge(401, 'Bearer error="invalid_token"', 1)

const refreshed = (requirement: string, name: string, code: string, switches: Switches): RefusedCase => ({
  requirement,
  name: `refresh: ${name}`,
  code,
  config: { profile_url: 'own-api' },
  switches: { ...switches, faults: { profile: expiredOnce, ...switches.faults } },
  at: 'refresh',
  never: ['token', 'refresh', 'userinfo', 'profile', 'elsewhere'],
  hidden: ['from-profile'],
})

const refreshIdToken = (requirement: string, name: string, code: string, lie: IdTokenSwitches): RefusedCase =>
  refreshed(requirement, name, code, { refresh: { idToken: lie } })

const api = (
  requirement: string,
  name: string,
  code: string,
  fault: Fault,
  never: RefusedCase['never'],
): RefusedCase => ({
  requirement,
  name: `API: ${name}`,
  code,
  config: { profile_url: 'own-api' },
  switches: { faults: { profile: fault } },
  at: 'profile',
  never,
  nameMayStay: true,
})

export const refusedAfterwards: readonly RefusedCase[] = [
  userinfo('UINF-02', 'sub of another person', 'userinfo_sub_mismatch', { sub: 'append-invalid' }),
  userinfo('UINF-03', 'no sub', 'userinfo_sub_missing', { sub: 'missing' }),
  userinfo('UINF-03', 'sub is a number', 'userinfo_sub_missing', { sub: 'not-a-string' }),
  userinfo('UINF-04', 'an unsigned JWT', 'userinfo_jwt_unsupported', { format: 'jwt-unsigned' }),
  userinfo('UINF-04', 'a JWT with a damaged signature', 'userinfo_jwt_unsupported', {
    format: 'jwt-damaged',
  }),
  userinfo('UINF-04', 'a JWT for another client', 'userinfo_jwt_unsupported', {
    format: 'jwt-other-audience',
  }),
  userinfo('UINF-04', 'a list', 'userinfo_not_json', { format: 'array' }),
  userinfoFault('UINF-04', 'a page', 'userinfo_not_json', { kind: 'html', status: 200 }),
  userinfoFault('UINF-04', 'status 500', 'userinfo_http_error', { kind: 'html', status: 500 }),
  userinfoFault('META-14', 'no CORS', 'userinfo_request_failed', { kind: 'no-cors' }),
  userinfoFault('BEAR-03', 'a redirect', 'userinfo_request_failed', { kind: 'redirect', status: 302 }),

  api(
    'BEAR-05',
    'insufficient scope',
    'resource_insufficient_scope',
    challenge(403, 'Bearer error="insufficient_scope", scope="admin"'),
    ['refresh', 'token'],
  ),
  api(
    'BEAR-09',
    'a stronger sign-in is wanted',
    'resource_step_up_required',
    challenge(401, 'Bearer error="insufficient_user_authentication", acr_values="gold", max_age=60'),
    ['refresh', 'token'],
  ),
  {
    ...api(
      'BEAR-04',
      'refuses for ever',
      'resource_unauthorized',
      challenge(401, 'bearer error="invalid_token"'),
      ['token'],
    ),
    never: ['token'],
  },
  api('BEAR-04', 'a bad request', 'resource_bad_request', challenge(400, 'Bearer error="invalid_request"'), [
    'refresh',
    'token',
  ]),
  api('DPOP-07', 'a page', 'resource_request_failed', { kind: 'html', status: 502 }, ['token']),

  {
    ...userinfo('DPOP-09', 'a nonce that CORS hides', 'dpop_nonce_missing', {}),
    config: { dpop: true },
    switches: { dpop: { resourceNonce: 'hidden' } },
    never: [...afterUse, 'revoke'],
  },
  {
    ...userinfo('DPOP-07', 'no nonce is ever good enough', 'dpop_nonce_retry_exhausted', {}),
    config: { dpop: true },
    switches: { dpop: { resourceNonce: 'always-stale' } },
    never: ['refresh', 'token', 'revoke'],
  },

  refreshIdToken('RT-06', 'ID token of another issuer', 'refresh_id_token_issuer_changed', {
    iss: 'append-1',
  }),
  refreshIdToken('RT-06', 'ID token of another person', 'refresh_id_token_subject_changed', { sub: 'other' }),
  refreshIdToken('RT-06', 'ID token for another client', 'refresh_id_token_audience_changed', {
    aud: 'append-1',
  }),
  refreshIdToken('RT-06', 'ID token with another nonce', 'refresh_id_token_nonce_changed', {
    nonce: 'append-1',
  }),
  refreshIdToken('RT-06', 'ID token with a damaged signature', 'id_token_signature_invalid', {
    signature: 'damaged',
  }),
  refreshIdToken('RT-06', 'ID token without signature', 'id_token_alg_none', { alg: 'none' }),
  refreshIdToken('RT-06', 'ID token that is expired', 'id_token_expired', { exp: 'ten-minutes-ago' }),
  refreshIdToken('RT-06', 'ID token older than the one it renews', 'id_token_too_old', {
    iat: 'two-hours-ago',
  }),
  refreshIdToken('RT-06', 'ID token with a wrong at_hash', 'id_token_at_hash_mismatch', { atHash: 'wrong' }),
  refreshed('RT-06', 'ID token with another auth_time', 'refresh_id_token_auth_time_changed', {
    token: { idToken: { authTime: 'included' } },
    refresh: { idToken: { authTime: 'long-ago' } },
  }),
  refreshed('RT-05', 'invalid_grant, and the provider knows nobody', 'session_expired', {
    silent: 'login_required',
    faults: {
      profile: expiredOnce,
      refresh: { kind: 'json', status: 400, body: { error: 'invalid_grant' } },
    },
  }),
  {
    ...refreshed('SIL-05', 'invalid_grant, and the provider knows another person', 'silent_subject_changed', {
      silent: 'other-subject',
      faults: {
        profile: expiredOnce,
        refresh: { kind: 'json', status: 400, body: { error: 'invalid_grant' } },
      },
    }),
    never: ['refresh', 'userinfo', 'profile'],
  },
  {
    requirement: 'SIL-05',
    name: 'renewal without refresh token: the provider knows another person',
    code: 'silent_subject_changed',
    switches: { token: { refreshToken: 'missing', expiresIn: 60 } },
    next: { action: 'wait', switches: { silent: 'other-subject' } },
    wait: { milliseconds: 58_000 },
    at: 'token',
    never: afterUse,
  },
  {
    ...refreshed('RT-08', 'the provider is busy when a call was refused', 'token_response_not_json', {
      faults: { profile: expiredOnce, refresh: { kind: 'html', status: 503, times: 1 } },
    }),
    never: ['token', 'userinfo'],
    nameMayStay: true,
    hidden: [],
  },
]
