/** Refusals up to the token request: metadata, keys, pushed requests, the authorization response. */
import { afterDiscovery, afterResponse, type RefusedCase } from './cases.ts'
import type { AuthorizationResponseSwitches, Fault, MetadataSwitches } from './switches.ts'

const metadata = (requirement: string, name: string, code: string, lie: MetadataSwitches): RefusedCase => ({
  requirement,
  name,
  code,
  switches: { metadata: lie },
  at: 'discovery',
  never: afterDiscovery,
})

const discoveryFault = (requirement: string, name: string, code: string, fault: Fault): RefusedCase => ({
  requirement,
  name,
  code,
  switches: { faults: { discovery: fault } },
  at: 'discovery',
  never: afterDiscovery,
})

const response = (
  requirement: string,
  name: string,
  code: string,
  lie: AuthorizationResponseSwitches,
  more: Partial<RefusedCase> = {},
): RefusedCase => ({
  requirement,
  name,
  code,
  switches: { authorizationResponse: lie },
  at: 'authorize',
  never: afterResponse,
  ...more,
})

const refusal = 'the provider itself says no'

export const refusedBeforeTokens: readonly RefusedCase[] = [
  metadata('META-04', 'metadata of another issuer', 'discovery_issuer_mismatch', {
    issuer: 'append-INVALID',
  }),
  metadata('META-04', 'an issuer with one slash more', 'discovery_issuer_mismatch', {
    issuer: 'append-slash',
  }),
  metadata('META-04', 'an issuer on another host', 'discovery_issuer_mismatch', { issuer: 'other-host' }),
  metadata('META-04', 'an issuer with one slash less', 'discovery_issuer_mismatch', {
    issuerPath: '/',
    issuer: 'drop-slash',
  }),
  ...['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri', 'response_types_supported'].map(
    name => metadata('META-06', `metadata without ${name}`, 'discovery_missing_field', { missing: [name] }),
  ),
  metadata('META-06', 'no code flow', 'discovery_code_flow_unsupported', {
    responseTypes: ['id_token', 'token'],
  }),
  ...['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint'].map(name =>
    metadata('META-07', `${name} on plain http`, 'discovery_insecure_endpoint', { insecureEndpoint: name }),
  ),
  metadata('PKCE-09', 'plain is the only PKCE method', 'discovery_pkce_s256_unsupported', {
    codeChallengeMethods: ['plain'],
  }),
  metadata('PKCE-09', 'an empty list of PKCE methods', 'discovery_pkce_s256_unsupported', {
    codeChallengeMethods: [],
  }),
  discoveryFault('META-05', 'a page instead of metadata', 'discovery_not_json', {
    kind: 'html',
    status: 200,
  }),
  discoveryFault('META-05', 'metadata that is a list', 'discovery_not_json', {
    kind: 'json',
    status: 200,
    body: [{}],
  }),
  discoveryFault('META-05', 'metadata not found', 'discovery_http_error', { kind: 'html', status: 404 }),
  discoveryFault('META-05', 'metadata with status 500', 'discovery_http_error', {
    kind: 'json',
    status: 500,
    body: {},
  }),
  discoveryFault('META-14', 'metadata without CORS', 'discovery_fetch_failed', { kind: 'no-cors' }),
  discoveryFault('META-05', 'metadata somewhere else', 'discovery_fetch_failed', {
    kind: 'redirect',
    status: 302,
  }),
  discoveryFault('META-05', 'metadata without end', 'discovery_fetch_failed', { kind: 'oversized' }),
  discoveryFault('META-05', 'metadata that breaks off', 'discovery_fetch_failed', { kind: 'truncated' }),
  {
    ...discoveryFault('META-05', 'metadata that never comes', 'discovery_fetch_failed', { kind: 'hanging' }),
    wait: { at: 'discovery', milliseconds: 60_000 },
  },
  {
    ...metadata('DPOP-15', 'DPoP without ES256', 'dpop_alg_unsupported', { dpopAlgs: ['RS256'] }),
    config: { dpop: true },
  },
  {
    ...metadata('DPOP-15', 'DPoP is wanted and not announced', 'dpop_alg_unsupported', { dpopAlgs: null }),
    config: { dpop: true },
  },
  {
    requirement: 'PAR-05',
    name: 'PAR is required and switched off',
    code: 'par_required_not_configured',
    config: { par: false },
    switches: { metadata: { requirePar: true } },
    at: 'discovery',
    never: afterDiscovery,
  },
  ...(
    [
      ['PAR-02', 'a pushed request answered with 200', 'par_response_invalid', { par: { status: 200 } }],
      [
        'PAR-02',
        'a pushed request without request_uri',
        'par_response_invalid',
        { par: { requestUri: 'missing' } },
      ],
      [
        'PAR-02',
        'a request_uri that is a number',
        'par_response_invalid',
        { par: { requestUri: 'not-a-string' } },
      ],
      [
        'PAR-02',
        'a pushed request without expires_in',
        'par_response_invalid',
        { par: { expiresIn: 'missing' } },
      ],
      [
        'PAR-02',
        'a pushed request that expired at once',
        'par_response_invalid',
        { par: { expiresIn: 'zero' } },
      ],
      [
        'PAR-06',
        'a pushed request refused',
        'par_error',
        { faults: { par: { kind: 'json', status: 400, body: { error: 'invalid_request' } } } },
      ],
      [
        'PAR-06',
        'too many pushed requests',
        'rate_limited',
        { faults: { par: { kind: 'html', status: 429 } } },
      ],
      [
        'PAR-07',
        'a pushed request without CORS',
        'network_or_cors_blocked',
        { faults: { par: { kind: 'no-cors' } } },
      ],
    ] as const
  ).map(
    ([requirement, name, code, switches]): RefusedCase => ({
      requirement,
      name,
      code,
      config: { par: true },
      switches,
      at: 'par',
      never: ['authorize', ...afterResponse],
    }),
  ),
  {
    ...response('PAR-04', 'a reference that the provider forgot', 'par_request_uri_expired', {
      error: 'invalid_request_uri',
    }),
    config: { par: true },
  },

  response('RESP-02', 'no state', 'auth_response_state_missing', { state: 'missing' }),
  response('RESP-03', 'another state', 'auth_response_state_unknown', { state: 'append-1' }),
  response('RESP-02', 'an empty state', 'auth_response_state_missing', { state: 'empty' }),
  response('RESP-06', 'state twice', 'auth_response_duplicate_parameter', { state: 'duplicate' }),
  response('RESP-06', 'code twice', 'auth_response_duplicate_parameter', { code: 'duplicate' }),
  response('RESP-06', 'iss twice', 'auth_response_duplicate_parameter', { iss: 'duplicate' }),
  response('RESP-07', 'code and error', 'auth_response_malformed', {
    error: 'access_denied',
    errorWithCode: true,
  }),
  response('RESP-07', 'neither code nor error', 'auth_response_malformed', { code: 'missing' }),
  response('RESP-07', 'an empty code', 'auth_response_malformed', { code: 'empty' }),
  response('RESP-09', 'tokens in the fragment', 'auth_response_unexpected_token', { tokens: 'fragment' }),
  response('RESP-09', 'tokens in the query', 'auth_response_unexpected_token', { tokens: 'query' }),
  response('ISS-01', 'iss promised and absent', 'auth_response_issuer_missing', { iss: 'missing' }),
  response('ISS-01', 'iss promised and absent beside an error', 'auth_response_issuer_missing', {
    iss: 'missing',
    error: 'access_denied',
  }),
  response('ISS-02', 'iss of another provider', 'auth_response_issuer_mismatch', { iss: 'other' }),
  response('ISS-02', 'iss with one slash more', 'auth_response_issuer_mismatch', { iss: 'append-slash' }),
  response(
    'ISS-03',
    'iss of another provider, nothing promised',
    'auth_response_issuer_mismatch',
    { iss: 'other' },
    {
      switches: { authorizationResponse: { iss: 'other' }, metadata: { issParameter: null } },
    },
  ),
  response(
    'RESP-05',
    'an error with the iss of another provider',
    'auth_response_issuer_mismatch',
    { error: 'access_denied', errorDescription: refusal, iss: 'other' },
    { hidden: [refusal] },
  ),
  response(
    'RESP-04',
    'an error with another state',
    'auth_response_state_unknown',
    { error: 'access_denied', errorDescription: refusal, state: 'append-1' },
    { hidden: [refusal] },
  ),
  response('RESP-15', 'access denied, with markup in the description', 'auth_response_access_denied', {
    error: 'access_denied',
    errorDescription: '<img src=x onerror="document.title=\'taken\'"> no',
    errorUri: 'javascript:document.title="taken"',
  }),
  response(
    'PKCE-06',
    'the provider does not like S256',
    'auth_response_error',
    {
      error: 'invalid_request',
      errorDescription: 'transform algorithm not supported',
    },
    { never: [...afterResponse, 'authorize'] },
  ),
  response('RESP-05', 'the provider is busy', 'auth_response_server_unavailable', {
    error: 'temporarily_unavailable',
  }),
  response(
    'RES-03',
    'the provider does not know the API',
    'auth_response_error',
    { error: 'invalid_target' },
    {
      config: { resource: 'https://api.example/' },
    },
  ),
  response('IDT-19', 'the provider cannot reach the wanted acr', 'auth_response_acr_unmet', {
    error: 'unmet_authentication_requirements',
  }),
  response('SIL-02', 'login_required to someone who clicked', 'silent_interaction_required', {
    error: 'login_required',
  }),
]
