/** Refusals of the token response and of the ID token in it. */
import { afterTokens, type RefusedCase } from './cases.ts'
import type { Fault, IdTokenSwitches, Switches, TokenSwitches } from './switches.ts'

const row = (
  requirement: string,
  name: string,
  code: string,
  switches: Switches,
  more: Partial<RefusedCase> = {},
): RefusedCase => ({
  requirement,
  name,
  code,
  switches,
  at: 'token',
  never: afterTokens,
  ...more,
})

const token = (requirement: string, name: string, code: string, lie: TokenSwitches): RefusedCase =>
  row(requirement, name, code, { token: lie })

const idToken = (
  requirement: string,
  name: string,
  code: string,
  lie: IdTokenSwitches,
  more: Partial<RefusedCase> = {},
): RefusedCase => row(requirement, `ID token: ${name}`, code, { token: { idToken: lie } }, more)

const fault = (requirement: string, name: string, code: string, kind: Fault): RefusedCase =>
  row(requirement, name, code, { faults: { token: kind } })

const jwks = (
  requirement: string,
  name: string,
  code: string,
  keys: NonNullable<Switches['jwks']>,
): RefusedCase => row(requirement, name, code, { jwks: keys })

const missing = 'id_token_claim_missing'
const error = (name: string, status = 400): Fault => ({ kind: 'json', status, body: { error: name } })

export const refusedTokens: readonly RefusedCase[] = [
  token('TOK-05', 'token_type mac', 'token_response_unsupported_token_type', { type: 'mac' }),
  token('TOK-05', 'no token_type', 'token_response_unsupported_token_type', { type: 'missing' }),
  token('TOK-05', 'token_type is a list', 'token_response_unsupported_token_type', { type: 'not-a-string' }),
  token('TOK-05', 'no access token', 'token_response_missing_access_token', { accessToken: 'missing' }),
  token('TOK-05', 'an empty access token', 'token_response_missing_access_token', { accessToken: 'empty' }),
  token('TOK-05', 'an access token that is a number', 'token_response_missing_access_token', {
    accessToken: 'not-a-string',
  }),
  token('TOK-10', 'no ID token', 'token_response_missing_id_token', { idToken: { form: 'absent' } }),
  token('TOK-10', 'an ID token that is an object', 'token_response_missing_id_token', {
    idToken: { form: 'not-a-string' },
  }),
  fault('TOK-09', 'a gateway page with 502', 'token_response_not_json', { kind: 'html', status: 502 }),
  fault('TOK-09', 'a page with 200', 'token_response_not_json', { kind: 'html', status: 200 }),
  fault('TOK-09', 'a list', 'token_response_not_json', { kind: 'json', status: 200, body: [] }),
  fault('TOK-09', '500 with JSON that says nothing', 'token_http_error', {
    kind: 'json',
    status: 500,
    body: {},
  }),
  fault('TOK-09', 'invalid_grant', 'token_response_error', error('invalid_grant')),
  fault('TOK-09', 'invalid_client', 'token_response_error', error('invalid_client', 401)),
  fault('TOK-09', 'an error with status 200', 'token_response_error', error('bad_verification_code', 200)),
  fault('TOK-09', 'too many requests', 'rate_limited', {
    kind: 'json',
    status: 429,
    body: {},
    headers: { 'retry-after': '30' },
  }),
  fault('TOK-04', 'a redirect with the code (307)', 'redirect_refused', { kind: 'redirect', status: 307 }),
  fault('TOK-04', 'a redirect (302)', 'redirect_refused', { kind: 'redirect', status: 302 }),
  fault('TOK-12', 'no CORS at the token endpoint', 'network_or_cors_blocked', { kind: 'no-cors' }),
  fault('TOK-12', 'an answer that breaks off', 'network_or_cors_blocked', { kind: 'truncated' }),
  fault('TOK-12', 'an answer without end', 'response_too_large', { kind: 'oversized' }),
  {
    ...fault('TOK-12', 'an answer that never comes', 'request_timeout', { kind: 'hanging' }),
    wait: { at: 'token', milliseconds: 60_000 },
  },

  idToken('IDT-01', 'five parts', 'id_token_encrypted_unsupported', { form: 'five-part' }),
  idToken('IDT-01', 'two parts', 'id_token_malformed', { form: 'two-part' }),
  idToken('IDT-01', 'the payload is not JSON', 'id_token_malformed', { form: 'payload-not-json' }),
  idToken('IDT-02', 'another iss', 'id_token_issuer_mismatch', { iss: 'append-1' }),
  idToken('IDT-02', 'iss of another provider', 'id_token_issuer_mismatch', { iss: 'other' }),
  idToken('IDT-02', 'iss with one slash more', 'id_token_issuer_mismatch', { iss: 'append-slash' }),
  idToken('IDT-02', 'no iss', missing, { iss: 'missing' }),
  idToken('IDT-03', 'another aud', 'id_token_audience_mismatch', { aud: 'append-1' }),
  idToken('IDT-03', 'no aud', missing, { aud: 'missing' }),
  idToken('IDT-03', 'an empty list of audiences', 'id_token_audience_mismatch', { aud: 'empty-array' }),
  idToken('IDT-04', 'a second audience', 'id_token_audience_untrusted', { aud: 'array-with-other' }),
  idToken('IDT-04', 'wrong azp, two audiences', 'id_token_audience_untrusted', {
    aud: 'array-with-other',
    azp: 'other',
  }),
  idToken('IDT-05', 'another azp', 'id_token_azp_mismatch', { azp: 'other' }),
  idToken('IDT-06', 'a damaged RS256 signature', 'id_token_signature_invalid', { signature: 'damaged' }),
  idToken('IDT-06', 'a damaged ES256 signature', 'id_token_signature_invalid', {
    alg: 'ES256',
    signature: 'damaged',
  }),
  idToken('IDT-06', 'a damaged PS256 signature', 'id_token_signature_invalid', {
    alg: 'PS256',
    signature: 'damaged',
  }),
  idToken('IDT-06', 'a damaged Ed25519 signature', 'id_token_signature_invalid', {
    alg: 'Ed25519',
    signature: 'damaged',
  }),
  idToken('IDT-06', 'a claim changed after signing', 'id_token_signature_invalid', {
    signature: 'payload-altered',
  }),
  idToken('IDT-06', 'signed by a stranger under a known kid', 'id_token_signature_invalid', {
    signature: 'foreign-key',
  }),
  idToken('IDT-06', 'signed by the key in its own header', 'id_token_signature_invalid', {
    signature: 'embedded-key',
  }),
  idToken('IDT-06', 'an empty signature', 'id_token_signature_invalid', { signature: 'empty' }),
  row('IDT-07', 'ID token: ES256 where RS256 was announced', 'id_token_alg_not_allowed', {
    token: { idToken: { alg: 'ES256' } },
    metadata: { idTokenAlgs: ['RS256'] },
  }),
  idToken('IDT-08', 'alg none', 'id_token_alg_none', { alg: 'none' }),
  row('IDT-08', 'ID token: alg none, although it was announced', 'id_token_alg_none', {
    token: { idToken: { alg: 'none' } },
    metadata: { idTokenAlgs: ['none', 'RS256'] },
  }),
  idToken('IDT-09', 'HS256 with the client id', 'id_token_alg_not_allowed', {
    alg: 'HS256',
    hmacKey: 'client-id',
  }),
  row(
    'IDT-09',
    'ID token: HS256 with the public key, although it was announced',
    'id_token_alg_not_allowed',
    {
      token: { idToken: { alg: 'HS256', hmacKey: 'public-key' } },
      metadata: { idTokenAlgs: ['HS256', 'RS256'] },
    },
  ),
  idToken('IDT-12', 'expired', 'id_token_expired', { exp: 'ten-minutes-ago' }),
  idToken('IDT-12', 'no exp', missing, { exp: 'missing' }),
  idToken('IDT-12', 'exp is text', missing, { exp: 'text' }),
  idToken('IDT-13', 'no iat', missing, { iat: 'missing' }),
  idToken('IDT-13', 'iat is text', missing, { iat: 'text' }),
  idToken('IDT-13', 'issued in an hour', 'id_token_issued_in_future', { iat: 'in-an-hour' }),
  idToken('IDT-13', 'issued last year', 'id_token_too_old', { iat: 'long-ago' }),
  idToken('IDT-14', 'another nonce', 'id_token_nonce_mismatch', { nonce: 'append-1' }),
  idToken('IDT-14', 'no nonce', 'id_token_nonce_missing', { nonce: 'missing' }),
  idToken('IDT-14', 'nonce is a list', 'id_token_nonce_mismatch', { nonce: 'not-a-string' }),
  idToken('IDT-17', 'no sub', missing, { sub: 'missing' }),
  idToken('IDT-17', 'an empty sub', missing, { sub: 'empty' }),
  idToken('IDT-17', 'sub is a number', missing, { sub: 'number' }),
  idToken('IDT-17', 'a sub of 256 characters', missing, { sub: 'too-long' }),
  idToken(
    'IDT-18',
    'no auth_time although max_age was asked',
    'id_token_auth_time_missing',
    { authTime: 'missing' },
    {
      config: { extra_authorization_params: { max_age: '60' } },
    },
  ),
  idToken(
    'IDT-18',
    'auth_time of yesterday',
    'id_token_auth_time_too_old',
    { authTime: 'long-ago' },
    {
      config: { extra_authorization_params: { max_age: '60' } },
    },
  ),
  idToken(
    'IDT-19',
    'another acr than asked',
    'id_token_acr_unsatisfied',
    { acr: 'other' },
    {
      config: { extra_authorization_params: { acr_values: 'gold' } },
    },
  ),
  idToken(
    'IDT-19',
    'no acr although one was asked',
    'id_token_acr_unsatisfied',
    { acr: 'missing' },
    {
      config: { extra_authorization_params: { acr_values: 'gold' } },
    },
  ),
  idToken('IDT-20', 'at_hash of another access token', 'id_token_at_hash_mismatch', { atHash: 'wrong' }),
  idToken('IDT-20', 'at_hash is a number', 'id_token_at_hash_mismatch', { atHash: 'not-a-string' }),
  idToken('IDT-20', 'wrong at_hash with ES512', 'id_token_at_hash_mismatch', {
    alg: 'ES512',
    atHash: 'wrong',
  }),
  idToken('IDT-21', 'not valid for an hour', 'id_token_not_yet_valid', { nbf: 'in-an-hour' }),
  idToken('IDT-21', 'nbf is text', 'id_token_not_yet_valid', { nbf: 'text' }),
  idToken('IDT-21', 'a critical extension', 'id_token_crit_unsupported', { crit: 'unknown' }),
  idToken('IDT-22', 'an access token instead', 'id_token_type_unexpected', { typ: 'at+jwt' }),
  idToken('IDT-22', 'a DPoP proof instead', 'id_token_type_unexpected', { typ: 'dpop+jwt' }),
  idToken('IDT-22', 'a logout token instead', 'id_token_type_unexpected', { typ: 'logout+jwt' }),

  jwks('IDT-11', 'two fitting keys without kid', 'id_token_kid_ambiguous', { keys: 'several-without-kid' }),
  jwks('IDT-10', 'a key of another type under the kid', 'jwks_key_not_found', { keys: 'wrong-type' }),
  jwks('IDT-10', 'an RSA key of 1024 bits', 'jwks_key_not_found', { keys: 'weak-rsa' }),
  jwks('IDT-10', 'a key that is for encryption', 'jwks_key_not_found', { keys: 'marked-enc' }),
  jwks('IDT-10', 'a key for another algorithm', 'jwks_key_not_found', { keys: 'other-alg' }),
  jwks('META-12', 'a signing key published with its private part', 'jwks_invalid', {
    keys: 'private-member',
  }),
  jwks('META-13', 'an empty key set', 'jwks_key_not_found', { keys: 'empty' }),
  jwks('META-13', 'a key that is never published', 'jwks_key_not_found', { rotate: 'never-published' }),
  idToken('META-13', 'an unknown kid', 'jwks_key_not_found', { kid: 'unknown' }),

  row(
    'DPOP-05',
    'a bearer token where DPoP was asked',
    'token_type_downgraded',
    { token: { type: 'Bearer' } },
    { config: { dpop: true } },
  ),
  row(
    'DPOP-06',
    'no nonce is ever good enough',
    'dpop_nonce_retry_exhausted',
    { dpop: { serverNonce: 'always-stale' } },
    {
      config: { dpop: true },
      never: ['refresh', 'userinfo', 'profile', 'revoke'],
    },
  ),
  row(
    'DPOP-09',
    'a nonce that CORS hides',
    'dpop_nonce_missing',
    { dpop: { serverNonce: 'hidden' } },
    { config: { dpop: true } },
  ),
  row(
    'DPOP-01',
    'the proof is refused',
    'dpop_proof_rejected',
    { faults: { token: error('invalid_dpop_proof') } },
    { config: { dpop: true } },
  ),
]
