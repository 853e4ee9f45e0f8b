/** Variations that an honest provider may show: each must end with the person signed in. */
import type { AcceptedCase } from './cases.ts'
import { bob, names } from './state.ts'
import type { Fault, IdTokenSwitches, MetadataSwitches, Switches } from './switches.ts'

const row = (
  requirement: string,
  name: string,
  switches: Switches,
  more: Partial<AcceptedCase> = {},
): AcceptedCase => ({
  requirement,
  name,
  switches,
  ...more,
})
const idToken = (requirement: string, name: string, lie: IdTokenSwitches): AcceptedCase =>
  row(requirement, `ID token: ${name}`, { token: { idToken: lie } })
const metadata = (requirement: string, name: string, lie: MetadataSwitches): AcceptedCase =>
  row(requirement, name, { metadata: lie })

const refusedOnce: Fault = {
  kind: 'json',
  status: 401,
  body: { error: 'invalid_token' },
  headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  times: 1,
}
const refreshed = (
  requirement: string,
  name: string,
  switches: Switches,
  calls: NonNullable<AcceptedCase['calls']>,
): AcceptedCase => ({
  requirement,
  name: `refresh: ${name}`,
  config: { profile_url: 'own-api' },
  switches: { ...switches, faults: { profile: refusedOnce, ...switches.faults } },
  shown: ['from-profile'],
  calls,
})
const once = { refresh: 1, profile: 2, token: 1 } as const

const signedOut = (requirement: string, name: string, switches: Switches): AcceptedCase => ({
  requirement,
  name: `sign-out: ${name}`,
  switches,
  next: { action: 'sign_out', switches },
  heading: null,
  path: switches.metadata?.missing?.includes('end_session_endpoint') ? '/profile' : '/',
})

export const accepted: readonly AcceptedCase[] = [
  row(
    'IDT-06',
    'an honest provider',
    {},
    {
      shown: ['from-userinfo'],
      calls: { discovery: 1, authorize: 1, token: 1, userinfo: 1, refresh: 0, par: 0 },
    },
  ),
  ...(['PS256', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const).map(alg =>
    idToken('IDT-06', `signed with ${alg}`, { alg }),
  ),
  row('IDT-07', 'ID token: ES256 where both were announced', {
    token: { idToken: { alg: 'ES256' } },
    metadata: { idTokenAlgs: ['RS256', 'ES256'] },
  }),
  idToken('IDT-03', 'aud is a list of one', { aud: 'array' }),
  idToken('IDT-05', 'azp is this client', { azp: 'own' }),
  row('IDT-11', 'one key, no kid anywhere', { jwks: { keys: 'single-without-kid' } }),
  idToken('IDT-11', 'no kid, and one key that fits', { kid: 'absent' }),
  row('META-12', 'a key of an unknown type beside', { jwks: { keys: 'unknown-type-beside' } }),
  row('META-12', 'an encryption key beside, under the same kid', { jwks: { keys: 'encryption-beside' } }),
  row('META-12', 'a symmetric key beside', { jwks: { keys: 'symmetric-beside' } }),
  row('META-12', 'a leaked key beside', { jwks: { keys: 'private-beside' } }),
  row('META-13', 'keys rotate just before signing', { jwks: { rotate: 'before-signing' } }),
  row(
    'META-13',
    'keys rotate between two sign-ins',
    { jwks: { rotate: 'between-sign-ins' } },
    {
      next: { action: 'sign_in_again', switches: { jwks: { rotate: 'between-sign-ins' } } },
      calls: { token: 2 },
    },
  ),
  idToken('IDT-12', 'expired some seconds ago', { exp: 'seconds-ago' }),
  idToken('IDT-13', 'issued some seconds ahead', { iat: 'in-seconds' }),
  idToken('IDT-21', 'nbf has come', { nbf: 'past' }),
  idToken('IDT-20', 'no at_hash', { atHash: 'missing' }),
  idToken('IDT-22', 'no typ', { typ: 'absent' }),
  idToken('IDT-22', 'typ in lower case', { typ: 'lower-case' }),
  idToken('IDT-23', 'claims nobody has heard of', {
    extra: { 'https://example.com/claim': { deep: [1] }, roles: ['x'] },
  }),
  row('IDT-18', 'auth_time as asked', {}, { config: { extra_authorization_params: { max_age: '60' } } }),
  row(
    'IDT-19',
    'acr as asked',
    {},
    { config: { extra_authorization_params: { acr_values: 'gold silver' } } },
  ),
  row('RESP-08', 'unknown parameters in the response', {
    authorizationResponse: { extra: { foo: '1', session_state: 'x.y' } },
  }),
  metadata('ISS-04', 'iss right, but not announced', { issParameter: null }),
  row('ISS-05', 'no iss, none announced', {
    authorizationResponse: { iss: 'missing' },
    metadata: { issParameter: false },
  }),
  row('TOK-05', 'token_type in odd case', { token: { type: 'flipped-case' } }),
  row('TOK-06', 'no expires_in', { token: { expiresIn: 'missing' } }, { calls: { refresh: 0 } }),
  row('TOK-06', 'expires_in of a year', { token: { expiresIn: 31_536_000 } }, { calls: { refresh: 0 } }),
  row('TOK-07', 'no scope in the answer', { token: { scope: 'missing' } }),
  row('TOK-07', 'fewer scopes than asked', { token: { scope: 'reduced' } }),
  row('TOK-08', 'unknown members in the token response', {
    token: { extra: { session_state: 'x', 'not-before-policy': 0 } },
  }),
  row('TOK-09', 'JSON with a charset', {
    faults: { token: { kind: 'content-type', value: 'application/json; charset=utf-8' } },
  }),
  row('RT-03', 'no refresh token', { token: { refreshToken: 'missing' } }, { calls: { refresh: 0 } }),
  row(
    'BEAR-08',
    'an access token that says it is expired',
    { token: { accessToken: 'jwt-expired' } },
    { shown: ['from-userinfo'], calls: { refresh: 0 } },
  ),
  metadata('PKCE-09', 'PKCE not announced', { codeChallengeMethods: null }),
  metadata('META-11', 'public clients not announced', { tokenAuthMethods: ['client_secret_basic'] }),
  metadata('META-10', 'optional members left out', {
    missing: [
      'response_modes_supported',
      'grant_types_supported',
      'scopes_supported',
      'id_token_signing_alg_values_supported',
    ],
    tokenAuthMethods: null,
    dpopAlgs: null,
  }),
  metadata('META-10', 'members nobody has heard of', {
    extra: { x_future: { deep: true }, mtls_endpoint_aliases: {} },
  }),
  metadata('META-02', 'an issuer that ends with a slash', { issuerPath: '/' }),
  metadata('META-02', 'an issuer with a path', { issuerPath: '/tenant' }),
  metadata('META-02', 'an issuer with a path and a slash', { issuerPath: '/tenant/' }),
  metadata('UINF-06', 'no UserInfo endpoint', { missing: ['userinfo_endpoint'] }),
  row('UINF-05', 'UserInfo with sub only', { userinfo: { claims: 'sub-only' } }),
  row('RESP-15', 'a name that is markup', { name: 'markup' }, { heading: names.markup }),
  row('UINF-05', 'a name from right to left', { name: 'right-to-left' }, { heading: names['right-to-left'] }),
  row(
    'BEAR-01',
    'the profile of an API',
    {},
    { config: { profile_url: 'own-api' }, shown: ['from-profile'], calls: { profile: 1, userinfo: 0 } },
  ),

  row(
    'DPOP-04',
    'DPoP without nonces',
    {},
    { config: { dpop: true }, shown: ['from-userinfo'], calls: { token: 1, userinfo: 1 } },
  ),
  row(
    'DPOP-06',
    'a nonce at the token endpoint',
    { dpop: { serverNonce: 'demanded' } },
    { config: { dpop: true }, shown: ['from-userinfo'], calls: { token: 2 } },
  ),
  row(
    'DPOP-07',
    'a nonce at the API, challenge scheme in odd case',
    { dpop: { resourceNonce: 'demanded', scheme: 'dPoP' } },
    {
      config: { dpop: true },
      shown: ['from-userinfo'],
      calls: { userinfo: 2 },
    },
  ),
  row(
    'DPOP-08',
    'nonces of two servers, the one of the API rotating',
    { dpop: { serverNonce: 'demanded', resourceNonce: 'rotating' } },
    {
      config: { dpop: true },
      shown: ['from-userinfo'],
    },
  ),
  row(
    'DPOP-05',
    'token_type of DPoP in odd case',
    { token: { type: 'flipped-case' } },
    { config: { dpop: true }, shown: ['from-userinfo'] },
  ),
  row('PAR-05', 'PAR is required', { metadata: { requirePar: true } }, { calls: { par: 1, authorize: 1 } }),
  row('PAR-01', 'PAR because it is configured', {}, { config: { par: true }, calls: { par: 1 } }),
  row(
    'DPOP-13',
    'PAR and DPoP with nonces',
    { metadata: { requirePar: true }, dpop: { serverNonce: 'demanded' } },
    { config: { dpop: true }, shown: ['from-userinfo'] },
  ),

  refreshed('BEAR-04', 'one after a refused call, then the call again', {}, once),
  refreshed('RT-03', 'no new refresh token', { refresh: { refreshToken: 'missing' } }, once),
  refreshed('RT-07', 'no ID token', { refresh: { idToken: { form: 'absent' } } }, once),
  refreshed('RT-06', 'the original nonce', { refresh: { idToken: { nonce: 'included' } } }, once),
  refreshed('META-13', 'signed with a key made just now', { jwks: { rotate: 'before-signing' } }, once),
  refreshed(
    'RT-05',
    'invalid_grant, and the provider still knows the person',
    {
      faults: {
        profile: refusedOnce,
        refresh: { kind: 'json', status: 400, body: { error: 'invalid_grant' } },
      },
    },
    { refresh: 1, token: 2 },
  ),
  row(
    'RT-01',
    'renewal: in time, nobody notices',
    { token: { expiresIn: 60 } },
    {
      next: { action: 'wait', switches: {} },
      wait: { milliseconds: 58_000 },
      calls: { refresh: 1, token: 1 },
    },
  ),
  row(
    'RT-08',
    'renewal: 503 twice, then an answer',
    { token: { expiresIn: 60 } },
    {
      next: { action: 'wait', switches: { faults: { refresh: { kind: 'html', status: 503, times: 2 } } } },
      wait: { milliseconds: 58_000 },
      calls: { refresh: 3, token: 1 },
    },
  ),
  row(
    'RT-08',
    'renewal: no answer twice, then one',
    { token: { expiresIn: 60 } },
    {
      next: { action: 'wait', switches: { faults: { refresh: { kind: 'reset', times: 2 } } } },
      wait: { milliseconds: 58_000 },
      calls: { token: 1 },
    },
  ),
  row(
    'DPOP-06',
    'renewal: a nonce at the token endpoint',
    { token: { expiresIn: 60 } },
    {
      config: { dpop: true },
      next: { action: 'wait', switches: { dpop: { serverNonce: 'demanded' } } },
      wait: { milliseconds: 58_000 },
      calls: { refresh: 2, token: 1 },
    },
  ),

  signedOut('LOUT-01', 'comes back with its state', {}),
  signedOut('LOUT-05', 'comes back with another state', { logout: { state: 'other' } }),
  signedOut('LOUT-05', 'comes back without state', { logout: { state: 'missing' } }),
  signedOut('LOUT-01', 'the provider has no logout', { metadata: { missing: ['end_session_endpoint'] } }),
  signedOut('REV-06', 'revocation without CORS', { faults: { revoke: { kind: 'no-cors' } } }),
  signedOut('REV-03', 'revocation answers nonsense', { faults: { revoke: { kind: 'html', status: 200 } } }),
  signedOut('REV-05', 'revocation does not know the kind of token', {
    faults: { revoke: { kind: 'json', status: 400, body: { error: 'unsupported_token_type' } } },
  }),
  signedOut('REV-04', 'revocation is busy', { faults: { revoke: { kind: 'html', status: 503 } } }),
  signedOut('REV-06', 'no revocation', { metadata: { missing: ['revocation_endpoint'] } }),

  ...(
    ['login_required', 'interaction_required', 'consent_required', 'account_selection_required'] as const
  ).map(
    (silent): AcceptedCase => ({
      requirement: 'SIL-02',
      name: `reload: ${silent} leads to the sign-in button`,
      switches: {},
      next: { action: 'reload', switches: { silent } },
      heading: null,
    }),
  ),
  row(
    'SIL-01',
    'reload: the session comes back',
    {},
    { next: { action: 'reload', switches: {} }, calls: { token: 2 } },
  ),
  row(
    'SIL-05',
    'reload: another person is signed in at the provider',
    {},
    {
      next: { action: 'reload', switches: { silent: 'other-subject' } },
      heading: bob.name,
      hidden: [names.plain],
    },
  ),
  row(
    'SIL-04',
    'the start page again: the frame never answers',
    {},
    {
      next: { action: 'visit_home', switches: { silent: 'stays' } },
      wait: { at: 'authorize', milliseconds: 11_000 },
      heading: null,
      path: '/',
      calls: { authorize: 2, token: 1 },
    },
  ),
]
