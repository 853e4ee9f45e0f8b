/** What a provider says of itself, as far as this client reads it (RFC 8414 §2). */
import { isObject, textOf, textsOf } from './check.ts'

/** What `fetch` takes, as data that can be shown and edited; names of headers in lower case. */
export interface RequestParts extends Omit<RequestInit, 'headers' | 'body'> {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: URLSearchParams | string | null | undefined
}

/** How a request function reaches the network; the session gives the one that records and holds. */
export type Fetch = (url: string, init: RequestParts) => Promise<Response>

/** Members of the metadata that this client reads; plain data, kept with the transaction. */
export type ServerMetadata = {
  readonly issuer: string
  readonly authorization_endpoint: string
  readonly token_endpoint: string
  readonly jwks_uri: string
  readonly userinfo_endpoint?: string
  readonly revocation_endpoint?: string
  readonly end_session_endpoint?: string
  readonly pushed_authorization_request_endpoint?: string
  readonly require_pushed_authorization_requests: boolean
  readonly authorization_response_iss_parameter_supported: boolean
  readonly id_token_signing_alg_values_supported?: string[]
  readonly dpop_signing_alg_values_supported?: string[]
  readonly scopes_supported?: string[]
}

/** Reads the members this client knows; null when a needed one is missing. Used for kept metadata as well. */
export function parseMetadata(json: unknown): ServerMetadata | null {
  if (!isObject(json)) return null
  const [issuer, authorization_endpoint, token_endpoint, jwks_uri] = [
    'issuer',
    'authorization_endpoint',
    'token_endpoint',
    'jwks_uri',
  ].map(name => textOf(json[name]))
  if (!issuer || !authorization_endpoint || !token_endpoint || !jwks_uri) return null
  const optional: Record<string, string | string[]> = {}
  for (const name of [
    'userinfo_endpoint',
    'revocation_endpoint',
    'end_session_endpoint',
    'pushed_authorization_request_endpoint',
  ]) {
    const value = textOf(json[name])
    if (value) optional[name] = value
  }
  for (const name of [
    'id_token_signing_alg_values_supported',
    'dpop_signing_alg_values_supported',
    'scopes_supported',
  ]) {
    const value = textsOf(json[name])
    if (value) optional[name] = value
  }
  return {
    issuer,
    authorization_endpoint,
    token_endpoint,
    jwks_uri,
    require_pushed_authorization_requests: json['require_pushed_authorization_requests'] === true,
    authorization_response_iss_parameter_supported:
      json['authorization_response_iss_parameter_supported'] === true,
    ...optional,
  }
}
