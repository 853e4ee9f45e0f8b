/**
 * One error class, many codes. The codes are those of the catalogue in `docs/errors.md`; a code never changes
 * its meaning. What a person reads about a code is written in `app/error-texts.ts`, so that the client stays small.
 */
export type Retry = 'no' | 'once' | 'backoff' | 'user_action'

export interface OAuthErrorDetails {
  /** Stable snake_case code. */
  readonly code: string
  /** What should have been there; never a one-time value. */
  readonly expected?: string
  /** What was there instead; never a one-time value. Text from outside: show it as text. */
  readonly received?: string
  /** For example `RFC 9207 §2.4`. */
  readonly clause?: string
  readonly issuer?: string | undefined
  readonly endpoint?: string
  readonly httpStatus?: number
  /** `error` as the server sent it. */
  readonly protocolError?: string
  /** `error_description` as the server sent it: untrusted text, at most 300 characters. */
  readonly protocolDescription?: string | undefined
  /** Seconds, from `Retry-After`. */
  readonly retryAfter?: number
  /** The page where the sign-in began, so that a new attempt can return there. */
  readonly returnTo?: string | undefined
  /** Facts that the page knows and the reader needs, in the person's own values. */
  readonly hints?: readonly string[]
}

export class OAuthError extends Error {
  readonly code: string
  readonly details: OAuthErrorDetails

  constructor(details: OAuthErrorDetails, cause?: unknown) {
    super(details.code, cause === undefined ? undefined : { cause })
    this.name = 'OAuthError'
    this.code = details.code
    this.details = details
  }
}

const backoff = new Set([
  'network_offline',
  'network_unreachable',
  'network_or_cors_blocked',
  'request_timeout',
  'rate_limited',
  'refresh_network_failed',
  'auth_response_server_unavailable',
  'discovery_fetch_failed',
  'jwks_fetch_failed',
])
const attack =
  /^(auth_response_(state_m|issuer_m|duplicate|unexpected)|id_token_|userinfo_sub_|refresh_id_token_|silent_subject|message_origin|token_type_downgraded|discovery_issuer_mismatch)/

/** Whether the same operation may be tried again; codes not listed: `no` (a person may still start anew). */
export function retryRule(code: string): Retry {
  if (backoff.has(code)) return 'backoff'
  if (attack.test(code)) return 'no'
  if (
    /^(silent_|popup_|refresh_rejected|session_expired|auth_response_|authorization_abandoned|resource_(insuff|step)|token_request_failed|par_request_uri)/.test(
      code,
    )
  )
    return 'user_action'
  if (/^(resource_unauthorized|dpop_nonce_missing|jwks_key_not_found)$/.test(code)) return 'once'
  return 'no'
}

/** What `OAuthError` a thrown thing is; anything unknown keeps its message for the diagnosis. */
export function asOAuthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error
  return new OAuthError(
    { code: 'unexpected', received: error instanceof Error ? error.message : String(error) },
    error,
  )
}
