/** The configuration of one public client, checked before anything is done with it. */
import { isObject, textOf } from './check.ts'
import { OAuthError } from './oauth-error.ts'

export type RestoreMode = 'frame' | 'redirect' | 'off'
export type EndSessionMethod = 'post' | 'get'

export interface ClientConfig {
  /** Issuer identifier, compared byte by byte. */
  readonly issuer: string
  readonly clientId: string
  /** Space-separated; should hold `openid` (not looked at here), since every sign-in is judged by its ID token. */
  readonly scope: string
  readonly redirectUri: string
  readonly postLogoutRedirectUri: string
  /** RFC 8707 resource indicator. */
  readonly resource: string | null
  /** Protected resource that holds the profile; null: the provider's `userinfo_endpoint`. */
  readonly profileUrl: string | null
  readonly dpop: boolean
  readonly par: 'auto' | boolean
  readonly restore: RestoreMode
  /** How the tab goes to the provider's sign-out; by `get` without the ID token, which would stand in the address. */
  readonly endSessionMethod: EndSessionMethod
  readonly audience: string | null
  /** Audiences that an ID token may name beside the client (OpenID Connect Core 1.0 §3.1.3.7, rule 3). */
  readonly trustedAudiences: readonly string[]
  readonly extraAuthorizationParams: Readonly<Record<string, string>>
}

/** Parameters that are the client's, or that it does not send; an extra parameter of the same name is refused (AREQ-07). */
const ownParameters = new Set([
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'request_uri',
  'request',
  'response_mode',
  'resource',
  'dpop_jkt',
])

const secretNames = /^(client_?secret|client_assertion|password|secret)$/i

const fail = (code: string, field: string, expected: string, received: unknown): never => {
  throw new OAuthError({
    code,
    expected: `${field}: ${expected}`,
    received: received === undefined ? 'nothing' : String(JSON.stringify(received)).slice(0, 200),
  })
}

/** `localhost`, `127.0.0.0/8` and `[::1]`: the only hosts that may be reached by plain http. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}

/** True for https, and for http on loopback. */
export function isSecureUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

function absoluteUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/**
 * Checks an issuer identifier: https (http on loopback), no query, no fragment (RFC 8414 §2).
 * @throws OAuthError `config_invalid_issuer_url`
 */
export function parseIssuer(value: unknown): string {
  const text = typeof value === 'string' ? value : ''
  const url = absoluteUrl(text)
  if (!url || !isSecureUrl(url) || /[?#\s]/.test(text) || url.username || url.password)
    return fail('config_invalid_issuer_url', 'issuer', 'an https URL without query or fragment', value)
  return text
}

/**
 * Reads `config.json` (or what a form holds) with the names of the outside contract.
 * @param origin where the app runs, for the default addresses
 * @param basePath path of the app with both slashes
 * @throws OAuthError `config_*`, naming the field; `insecure_context`
 */
export function parseClientConfig(input: unknown, origin: string, basePath = '/'): ClientConfig {
  // No address of such a page can be a redirect URI, and the browser hides its cryptography there (PKCE-10).
  if (!isSecureUrl(new URL(origin)))
    fail('insecure_context', 'the address of this app', 'https, or localhost', origin)
  if (!/^\/(.*\/)?$/.test(basePath)) fail('config_invalid', 'basePath', 'a path with both slashes', basePath)
  if (!isObject(input)) return fail('config_invalid', 'config.json', 'a JSON object', input)
  const fields = new Map<string, unknown>(Object.entries(input))
  for (const name of fields.keys())
    if (secretNames.test(name))
      fail('config_secret_forbidden', name, 'no secret: a browser cannot keep one', '(hidden)')

  const text = (name: string): string | null => {
    const value = fields.get(name)
    if (value === undefined || value === null) return null
    return typeof value === 'string' && value.trim() ? value : fail('config_invalid', name, 'a text', value)
  }
  const oneOf = <T>(name: string, allowed: readonly T[], fallback: T): T => {
    const value = fields.get(name)
    if (value === undefined || value === null) return fallback
    const found = allowed.find(each => each === value)
    return found === undefined ? fail('config_invalid', name, `one of ${allowed.join(', ')}`, value) : found
  }
  const address = (
    name: string,
    fallback: string,
    expected: string,
    isRight: (url: URL) => boolean,
  ): string => {
    const value = text(name) ?? fallback
    const url = absoluteUrl(value)
    if (!url || !isSecureUrl(url) || value.includes('#') || value.includes('*') || !isRight(url))
      return fail('config_invalid_redirect_uri', name, expected, value)
    return value
  }
  const callback = `${origin}${basePath}callback`

  const issuer = parseIssuer(fields.get('issuer'))
  const clientId =
    text('client_id') ?? fail('config_client_id_missing', 'client_id', 'the id of a public client', undefined)
  const resource = text('resource')
  if (resource !== null && (!absoluteUrl(resource) || resource.includes('#')))
    fail('config_invalid', 'resource', 'an absolute URI without fragment (RFC 8707 §2)', resource)
  const profileUrl = text('profile_url')
  const profile = absoluteUrl(profileUrl ?? '')
  if (profileUrl !== null && (!profile || !isSecureUrl(profile)))
    fail('config_invalid', 'profile_url', 'an https address', profileUrl)

  const others = fields.get('trusted_audiences') ?? []
  // A form and a link set them apart by spaces.
  if (!Array.isArray(others) || !others.every(each => /^\S+$/.test(textOf(each) ?? '')))
    return fail('config_invalid', 'trusted_audiences', 'a list of texts without spaces', others)

  const extra = fields.get('extra_authorization_params') ?? {}
  if (!isObject(extra))
    return fail('config_invalid', 'extra_authorization_params', 'an object of texts', extra)
  const extraAuthorizationParams: Record<string, string> = {}
  for (const [name, value] of Object.entries(extra)) {
    if (secretNames.test(name))
      fail('config_secret_forbidden', name, 'no secret: a browser cannot keep one', '(hidden)')
    if (ownParameters.has(name))
      fail('config_invalid', 'extra_authorization_params', 'no parameter that the client sets itself', name)
    extraAuthorizationParams[name] =
      typeof value === 'string' ? value : fail('config_invalid', 'extra_authorization_params', 'texts', value)
    if (name === 'prompt' && value !== 'none' && String(value).split(' ').includes('none'))
      fail('config_invalid', 'extra_authorization_params', 'no other prompt beside none', value)
    // `auth_time` is measured by it (IDT-18).
    if (name === 'max_age' && !/^\d{1,9}$/.test(String(value)))
      fail('config_invalid', 'extra_authorization_params', 'max_age in seconds', value)
  }
  return {
    issuer,
    clientId,
    scope: text('scope') ?? 'openid profile email',
    // An answer is looked for at one place, before any configuration is read (RESP-10).
    redirectUri: address('redirect_uri', callback, callback, url => url.origin + url.pathname === callback),
    postLogoutRedirectUri: address(
      'post_logout_redirect_uri',
      `${origin}${basePath}`,
      'an https address without fragment, and not the one of the sign-in',
      url => url.origin + url.pathname.replace(/\/+$/, '') !== callback,
    ),
    resource,
    profileUrl,
    dpop: oneOf('dpop', [true, false], false),
    par: oneOf<'auto' | boolean>('par', ['auto', true, false], 'auto'),
    restore: oneOf<RestoreMode>('restore', ['frame', 'redirect', 'off'], 'frame'),
    endSessionMethod: oneOf<EndSessionMethod>('end_session_method', ['post', 'get'], 'post'),
    audience: text('audience'),
    trustedAudiences: others.map(String),
    extraAuthorizationParams,
  }
}
