/** The provider's metadata: where it answers and what it can do (OpenID Connect Discovery 1.0, RFC 8414). */
import { discoveryRequest } from 'oauth4webapi'
import { checklist, excerpt, type Judgement, jsonObject, textOf, textsOf } from './check.ts'
import { isLoopback, isSecureUrl } from './client-config.ts'
import { type Fetch, parseMetadata, type ServerMetadata } from './metadata.ts'
import { through } from './request-options.ts'
import type { HttpResponse } from './step.ts'

/** Asks for `/.well-known/openid-configuration`, one trailing slash of the issuer dropped (Discovery §4.1). */
export function requestDiscovery(issuer: string, fetch: Fetch): Promise<Response> {
  return discoveryRequest(new URL(issuer), through(fetch, issuer))
}

/**
 * META-04 to META-07, PKCE-09: the document must be JSON, name exactly the issuer that was asked, hold the
 * needed members, and offer the code flow and S256.
 */
export function judgeDiscovery(issuer: string, response: HttpResponse): Judgement<ServerMetadata> {
  const list = checklist()
  const at = { issuer, httpStatus: response.status }
  const spec = 'OpenID Connect Discovery 1.0 §4.3'
  if (
    !list.add(
      'META-05',
      'HTTP status',
      spec,
      '200',
      String(response.status),
      response.status === 200,
      'discovery_http_error',
      at,
    )
  )
    return list.done<ServerMetadata>(null)
  const json = jsonObject(response.body)
  list.add(
    'META-05',
    'The document is a JSON object',
    spec,
    'JSON',
    json ? 'JSON' : response.body.slice(0, 80),
    json !== null,
    'discovery_not_json',
    at,
  )
  if (!json) return list.done<ServerMetadata>(null)
  list.add(
    'META-04',
    'issuer is the one that was asked',
    spec,
    issuer,
    excerpt(json['issuer']),
    json['issuer'] === issuer,
    json['issuer'] === undefined ? 'discovery_missing_field' : 'discovery_issuer_mismatch',
    at,
  )
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const)
    list.add(
      'META-06',
      `${name} is there`,
      'OpenID Connect Discovery 1.0 §3',
      name,
      excerpt(json[name]),
      Boolean(textOf(json[name])),
      'discovery_missing_field',
      at,
    )
  const isNear = isLoopback(new URL(issuer).hostname)
  // An empty text says nothing, as a member that is missing.
  for (const name of [
    'authorization_endpoint',
    'token_endpoint',
    'jwks_uri',
    'userinfo_endpoint',
    'revocation_endpoint',
    'end_session_endpoint',
    'pushed_authorization_request_endpoint',
  ])
    if (textOf(json[name]))
      list.add(
        'META-07',
        `${name} is https`,
        'RFC 8414 §2',
        isNear ? 'https, or http on loopback' : 'https',
        excerpt(json[name]),
        isSecure(json[name], isNear),
        'discovery_insecure_endpoint',
        at,
      )
  const types = textsOf(json['response_types_supported'])
  list.add(
    'META-06',
    'The code flow is on',
    'OpenID Connect Discovery 1.0 §3',
    types ? 'code' : 'response_types_supported',
    types?.join(', ') ?? 'nothing',
    types?.includes('code') === true,
    types ? 'discovery_code_flow_unsupported' : 'discovery_missing_field',
    at,
  )
  const methods = textsOf(json['code_challenge_methods_supported'])
  if (methods)
    list.add(
      'PKCE-09',
      'PKCE with S256 is on',
      'RFC 8414 §2',
      'S256',
      methods.join(', ') || 'nothing',
      methods.includes('S256'),
      'discovery_pkce_s256_unsupported',
      at,
    )
  else
    list.warn(
      'PKCE-09',
      'PKCE with S256 is on',
      'RFC 8414 §2',
      'S256',
      'not said',
      'discovery_pkce_not_advertised',
    )
  if (textsOf(json['token_endpoint_auth_methods_supported'])?.includes('none') === false)
    list.warn(
      'META-11',
      'Public clients are welcome',
      'RFC 8414 §2',
      'none',
      excerpt(json['token_endpoint_auth_methods_supported']),
      'discovery_public_client_not_advertised',
    )
  return list.done(parseMetadata(json))
}

/** @param isNear the issuer is on this computer itself; none from elsewhere leads to a program that listens here */
function isSecure(value: unknown, isNear: boolean): boolean {
  try {
    const url = new URL(String(value))
    return isNear ? isSecureUrl(url) : url.protocol === 'https:'
  } catch {
    return false
  }
}
