/** One client and one provider, for tests. */
import { type ClientConfig, parseClientConfig } from './client-config.ts'
import { parseMetadata, type ServerMetadata } from './metadata.ts'

export const origin = 'https://app.example'
export const issuer = 'https://op.example'

/** Members of the document that the client keeps. */
export const kept = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  userinfo_endpoint: `${issuer}/userinfo`,
  revocation_endpoint: `${issuer}/revoke`,
  end_session_endpoint: `${issuer}/logout`,
  pushed_authorization_request_endpoint: `${issuer}/par`,
  id_token_signing_alg_values_supported: ['ES256'],
  dpop_signing_alg_values_supported: ['ES256'],
  authorization_response_iss_parameter_supported: true,
}

export const document = {
  ...kept,
  response_types_supported: ['code'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
}

export const clientConfig = (more: Record<string, unknown> = {}): ClientConfig =>
  parseClientConfig({ issuer, client_id: 'this-app', ...more }, origin)

export function serverMetadata(more: Record<string, unknown> = {}): ServerMetadata {
  const metadata = parseMetadata({ ...document, ...more })
  if (!metadata) throw new Error('the test asks for metadata without a needed member')
  return metadata
}
