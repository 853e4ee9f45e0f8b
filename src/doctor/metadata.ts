/** Reads a discovery document tolerantly: the doctor wants to name what is missing, not to refuse the rest. */
import { jsonObject, textOf, textsOf } from '../oauth/check.ts'

export const endpointNames = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'userinfo_endpoint',
  'revocation_endpoint',
  'end_session_endpoint',
  'pushed_authorization_request_endpoint',
] as const

export type EndpointName = (typeof endpointNames)[number]

export interface Metadata {
  readonly issuer: string | undefined
  readonly endpoints: Readonly<Partial<Record<EndpointName, string>>>
  /** A list of the document, undefined when it is absent. */
  list(name: string): readonly string[] | undefined
  flag(name: string): boolean
}

/** @returns null when the text is not a JSON object */
export function readMetadata(text: string): Metadata | null {
  const json = jsonObject(text)
  if (!json) return null
  const endpoints: Partial<Record<EndpointName, string>> = {}
  for (const name of endpointNames) {
    const value = textOf(json[name])
    if (value) endpoints[name] = value
  }
  return {
    issuer: textOf(json['issuer']),
    endpoints,
    list: name => textsOf(json[name]),
    flag: name => json[name] === true,
  }
}

/** META-02: one trailing slash dropped, then the well-known path. */
export const discoveryUrl = (issuer: string) =>
  `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`

/** META-03: the well-known path between host and path. */
export function oauthMetadataUrl(issuer: string): string {
  const url = new URL(issuer)
  const path = url.pathname.replace(/\/$/, '')
  return `${url.origin}/.well-known/oauth-authorization-server${path}`
}
