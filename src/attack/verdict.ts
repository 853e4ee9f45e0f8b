/** Reading the end of an attack: an answer or an error becomes a verdict, never better than what was seen. */
import { jsonObject } from '../oauth/check.ts'
import { OAuthError, type OAuthErrorDetails } from '../oauth/oauth-error.ts'
import type { HttpResponse } from '../oauth/step.ts'
import { refusal } from '../sequence/labels.ts'
import type { Party } from './parties.ts'

/** Unreadable is never blocked: the page could not see what became of the attack. */
export type Verdict = 'blocked' | 'not-blocked' | 'unreadable' | 'not-applicable' | 'error'

export interface Outcome {
  readonly verdict: Verdict
  /** Who refused; null unless `blocked`. */
  readonly by: Party | null
  /** Short evidence as it was said: `400 invalid_grant`, `id_token_nonce_mismatch`. */
  readonly code: string
  /** One sentence about what was seen; empty when the defence speaks for itself. */
  readonly because: string
}

/** What an attacker got back, or why nothing could be read. */
export type Answer =
  | { readonly type: 'response'; readonly response: HttpResponse }
  | { readonly type: 'unread'; readonly error: OAuthErrorDetails }

/** Ends a run early; the runner makes the verdict of it. */
export class RunEnded extends Error {
  readonly outcome: Outcome

  constructor(outcome: Outcome) {
    super(outcome.because)
    this.outcome = outcome
  }
}

export const blocked = (by: Party, code: string, because = ''): Outcome => ({
  verdict: 'blocked',
  by,
  code,
  because,
})
export const notBlocked = (code: string, because = ''): Outcome => ({
  verdict: 'not-blocked',
  by: null,
  code,
  because,
})
export const unreadable = (code: string, because: string): Outcome => ({
  verdict: 'unreadable',
  by: null,
  code,
  because,
})
export const notApplicable = (code: string, because: string): Outcome => ({
  verdict: 'not-applicable',
  by: null,
  code,
  because,
})
export const failed = (code: string, because: string): Outcome => ({
  verdict: 'error',
  by: null,
  code,
  because,
})

/** The status and the error code that the server said: `401 invalid_token`. */
export const said = (response: HttpResponse): string => `${response.status} ${refusal(response)}`.trim()

/**
 * The server did not look at the request: it failed, has no such page, or does not take this method there (405).
 * None of that is a refusal of what was changed in it.
 */
export const isOutage = ({ status }: HttpResponse): boolean =>
  status >= 500 || [404, 405, 408].includes(status)

/** A refusal by a server, or its consent. 429 and 5xx say nothing about the attack. */
export function ofAnswer(answer: Answer, by: Party): Outcome {
  if (answer.type === 'unread')
    return unreadable(answer.error.code, 'An answer came that this page may not read, or none at all.')
  const { response } = answer
  const code = said(response)
  if (response.status === 429)
    return failed(code, 'The provider asks to wait: too many requests. Nothing more was tried.')
  if (isOutage(response))
    return unreadable(code, 'The server could not answer, which says nothing about the attack.')
  if (response.status >= 400) return blocked(by, code)
  // Some providers answer an error with status 200.
  if (typeof jsonObject(response.body)?.['error'] === 'string') return blocked(by, code)
  return notBlocked(code)
}

const appSaid =
  /^(auth_response_|id_token_|jwks_key_not_found|userinfo_sub|silent_subject|refresh_id_token|token_type_down)/
const serverAnswered = /^auth_response_(error|access_denied|server_unavailable|acr_unmet)$/
const networkSaid = /^(network_|request_timeout|csp_|mixed_|discovery_fetch|jwks_fetch|response_too)/

/** An error of the session's functions, by who noticed. */
export function ofError(error: unknown): Outcome {
  if (error instanceof RunEnded) return error.outcome
  if (!(error instanceof OAuthError))
    return failed('unexpected', error instanceof Error ? error.message : String(error))
  const { code, details } = error
  const wire = [details.httpStatus, details.protocolError].filter(Boolean).join(' ')
  if (serverAnswered.test(code)) return blocked('authorization-server', wire || code)
  if (appSaid.test(code)) return blocked('app', code)
  if (/^token_(response_error|http_error)$/.test(code) && (details.httpStatus ?? 500) < 500)
    return details.httpStatus === 429
      ? failed(code, 'The provider asks to wait: too many requests.')
      : blocked('authorization-server', wire || code)
  if (networkSaid.test(code) || details.hints?.some(hint => networkSaid.test(hint)))
    return unreadable(code, 'An answer came that this page may not read, or none at all.')
  return failed(code, [details.expected, details.received].filter(Boolean).join('; got '))
}

/** The error that the provider sent back in the address, or null when a code came. */
export function errorInCallback(url: string): string | null {
  return new URL(url).searchParams.get('error')
}

/** A frame that was given no answer, or "not without the person": a window may do better. */
export function needsThePerson(error: unknown): boolean {
  return error instanceof OAuthError && /^silent_(interaction_required|timeout)$/.test(error.code)
}
