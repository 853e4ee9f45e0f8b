/** The discovery document (OpenID Connect Discovery 1.0 §3, RFC 8414 §2). */
import { idTokenAlg } from './id-token.ts'
import type { MetadataSwitches, Switches } from './switches.ts'

function issuerMember(issuer: string, lie: MetadataSwitches['issuer']): string | undefined {
  switch (lie) {
    case undefined:
      return issuer
    case 'append-INVALID':
      return `${issuer}INVALID`
    case 'append-slash':
      return `${issuer}/`
    case 'drop-slash':
      return issuer.replace(/\/$/, '')
    case 'other-host':
      return 'https://other.example'
    case 'missing':
      return undefined
  }
}

/** A member that is there unless the switch is `null`. */
const unlessNull = (name: string, value: unknown) => (value === null ? {} : { [name]: value })

/** @param origin where the endpoints are; the issuer may have a path behind it */
export function metadataDocument(
  origin: string,
  issuer: string,
  switches: Switches,
): Record<string, unknown> {
  const lies = switches.metadata ?? {}
  const document: Record<string, unknown> = {
    issuer: issuerMember(issuer, lies.issuer),
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/jwks`,
    userinfo_endpoint: `${origin}/userinfo`,
    revocation_endpoint: `${origin}/revoke`,
    end_session_endpoint: `${origin}/end_session`,
    pushed_authorization_request_endpoint: `${origin}/par`,
    response_types_supported: lies.responseTypes ?? ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    id_token_signing_alg_values_supported: lies.idTokenAlgs ?? [idTokenAlg(switches.token?.idToken)],
    ...unlessNull(
      'token_endpoint_auth_methods_supported',
      lies.tokenAuthMethods === undefined ? ['none'] : lies.tokenAuthMethods,
    ),
    ...unlessNull(
      'code_challenge_methods_supported',
      lies.codeChallengeMethods === undefined ? ['S256'] : lies.codeChallengeMethods,
    ),
    ...unlessNull(
      'authorization_response_iss_parameter_supported',
      lies.issParameter === undefined ? true : lies.issParameter,
    ),
    ...unlessNull(
      'dpop_signing_alg_values_supported',
      lies.dpopAlgs === undefined ? ['ES256'] : lies.dpopAlgs,
    ),
    ...(lies.requirePar ? { require_pushed_authorization_requests: true } : {}),
    ...lies.extra,
  }
  if (lies.insecureEndpoint) document[lies.insecureEndpoint] = 'http://op.example/insecure'
  for (const name of lies.missing ?? []) delete document[name]
  return document
}
