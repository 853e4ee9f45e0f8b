/** The authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3, OpenID Connect Core 1.0 §3.1.2.1). */
import { checklist } from './check.ts'
import { type ClientConfig, isSecureUrl } from './client-config.ts'
import type { ServerMetadata } from './metadata.ts'
import type { Check } from './step.ts'

/** What a caller may ask beyond the configuration. */
export interface SignInWish {
  /** Where to go afterwards: a path of this app (AREQ-13). */
  readonly returnTo?: string | undefined
  /** `create`: to the provider's registration (Initiating User Registration via OpenID Connect 1.0). */
  readonly prompt?: 'none' | 'login' | 'consent' | 'select_account' | 'create'
  readonly loginHint?: string
  readonly idTokenHint?: string
  /** Seconds since the person last gave their password; checked against `auth_time`. */
  readonly maxAge?: number
  /** Space-separated, in order of preference; the answer must carry one of them. */
  readonly acrValues?: string
  /** Scopes to ask on top of the configured ones (step-up). */
  readonly moreScope?: string
}

export interface AuthorizationValues {
  readonly state: string
  readonly nonce: string
  readonly codeChallenge: string
  readonly dpopThumbprint: string | null
}

/** The configured scopes and those asked on top, each once. */
export function wishedScope(config: ClientConfig, wish: SignInWish): string {
  return [...new Set(`${config.scope} ${wish.moreScope ?? ''}`.split(' ').filter(Boolean))].join(' ')
}

/** All parameters in the order in which they are explained. */
export function authorizationParameters(
  config: ClientConfig,
  wish: SignInWish,
  values: AuthorizationValues,
): URLSearchParams {
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: config.clientId,
    redirect_uri: config.redirectUri,
    scope: wishedScope(config, wish),
    state: values.state,
    nonce: values.nonce,
    code_challenge: values.codeChallenge,
    code_challenge_method: 'S256',
  })
  const optional: [string, string | number | null | undefined][] = [
    ['resource', config.resource],
    ['audience', config.audience],
    [
      'prompt',
      wish.prompt ??
        config.extraAuthorizationParams['prompt'] ??
        (wishedScope(config, wish).split(' ').includes('offline_access') ? 'consent' : undefined),
    ],
    ['login_hint', wish.loginHint],
    ['id_token_hint', wish.idTokenHint],
    ['max_age', wish.maxAge],
    ['acr_values', wish.acrValues],
    ['dpop_jkt', values.dpopThumbprint],
  ]
  for (const [name, value] of optional)
    if (value !== null && value !== undefined) parameters.set(name, String(value))
  for (const [name, value] of Object.entries(config.extraAuthorizationParams))
    if (!parameters.has(name)) parameters.set(name, value)
  return parameters
}

/** The address to go to; a query that the endpoint already has is kept (RFC 6749 §3.1), and no name stands twice. */
export function authorizationUrl(metadata: ServerMetadata, parameters: URLSearchParams): string {
  const url = new URL(metadata.authorization_endpoint)
  for (const [name, value] of parameters) url.searchParams.set(name, value)
  return url.href
}

/** What is told of the address that the tab leaves for; a pushed request shows only its reference. */
export function judgeAuthorizationRequest(url: string): readonly Check[] {
  const { searchParams, protocol, host } = new URL(url)
  const list = checklist()
  list.add(
    'META-07',
    'The address is https, or on this machine',
    'RFC 6749 §3.1',
    'https, or loopback',
    `${protocol}//${host}`,
    isSecureUrl(new URL(url)),
    'discovery_insecure_endpoint',
  )
  if (!searchParams.has('request_uri')) {
    const method = searchParams.get('code_challenge_method')
    list.add(
      'PKCE-05',
      'The challenge is a hash, never plain',
      'RFC 7636 §4.3',
      'S256',
      method ?? 'nothing',
      method === 'S256',
      'request_tampered',
    )
    list.add(
      'AREQ-01',
      'A code is asked for, never a token',
      'RFC 9700 §2.1.2',
      'code',
      searchParams.get('response_type') ?? 'nothing',
      searchParams.get('response_type') === 'code',
      'request_tampered',
    )
  }
  const secrets = [...searchParams.keys()].filter(name =>
    /verifier|secret|access_token|refresh_token/.test(name),
  )
  list.add(
    'PKCE-07',
    'No secret is in the address',
    'RFC 7636 §7.1',
    'none',
    secrets.join(', ') || 'none',
    secrets.length === 0,
    'request_tampered',
  )
  return list.checks
}
