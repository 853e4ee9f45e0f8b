/**
 * One error class, many codes. The codes are those of the catalogue in `docs/errors.md`; a code never changes
 * its meaning. What a person reads about a code is written in `app/error-texts.ts`, so that the client stays small.
 */
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

/** What `OAuthError` a thrown thing is; anything unknown keeps its message for the diagnosis. */
export function asOAuthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error
  return new OAuthError(
    { code: 'unexpected', received: error instanceof Error ? error.message : String(error) },
    error,
  )
}
