/** The configuration as it was kept with a transaction. This client wrote it, so only its shape is looked at. */
import { isObject, textOf } from '../oauth/check.ts'
import type { ClientConfig } from '../oauth/client-config.ts'

/** Null when a member is missing or of another kind. */
export function parseKeptConfig(kept: unknown): ClientConfig | null {
  if (!isObject(kept)) return null
  const [issuer, clientId, scope, redirectUri, postLogoutRedirectUri] = [
    'issuer',
    'clientId',
    'scope',
    'redirectUri',
    'postLogoutRedirectUri',
  ].map(name => textOf(kept[name]))
  const { dpop, extraAuthorizationParams: extra } = kept
  const par = (['auto', true, false] as const).find(each => each === kept['par'])
  const restore = (['frame', 'redirect', 'off'] as const).find(each => each === kept['restore'])
  if (!issuer || !clientId || !scope || !redirectUri || !postLogoutRedirectUri || !isObject(extra))
    return null
  if (par === undefined || restore === undefined || typeof dpop !== 'boolean') return null
  const [resource = null, profileUrl = null, audience = null] = ['resource', 'profileUrl', 'audience'].map(
    name => textOf(kept[name]),
  )
  const extraAuthorizationParams: Record<string, string> = {}
  for (const [name, value] of Object.entries(extra)) extraAuthorizationParams[name] = String(value)
  return {
    issuer,
    clientId,
    scope,
    redirectUri,
    postLogoutRedirectUri,
    resource,
    profileUrl,
    audience,
    dpop,
    par,
    restore,
    extraAuthorizationParams,
  }
}
