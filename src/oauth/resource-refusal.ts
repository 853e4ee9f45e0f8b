/** What an API says when it refuses: its challenge, and what to ask for instead (RFC 6750 §3, RFC 9470 §3). */
import type { SignInWish } from './authorization-request.ts'
import { excerpt } from './check.ts'
import type { OAuthErrorDetails } from './oauth-error.ts'
import type { HttpResponse } from './step.ts'

export interface Challenge {
  readonly scheme: string
  readonly error: string | null
  readonly scope: string | null
  readonly acrValues: string | null
  readonly maxAge: number | null
}

/** `WWW-Authenticate`, as far as CORS lets a script read it (BEAR-04, BEAR-06); the scheme ignores case. */
export function parseChallenge(headers: Readonly<Record<string, string>>): Challenge | null {
  const header = headers['www-authenticate'] ?? ''
  const scheme = header.match(/^\s*([\w-]+)/)?.[1]?.toLowerCase()
  if (scheme === undefined) return null
  const given = [...header.matchAll(/(?<![\w-])([\w-]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,]*))/g)]
  const parameter = (wanted: string): string | null => {
    const [, , quoted, bare] = given.find(([, name]) => name?.toLowerCase() === wanted) ?? []
    return quoted?.replace(/\\(.)/g, '$1') ?? bare ?? null
  }
  const maxAge = parameter('max_age') ?? ''
  return {
    scheme,
    error: parameter('error'),
    scope: parameter('scope'),
    acrValues: parameter('acr_values') || null,
    maxAge: /^\d{1,9}$/.test(maxAge) ? Number(maxAge) : null,
  }
}

function codeOf(status: number, challenge: Challenge | null): string {
  if (challenge?.error === 'insufficient_user_authentication') return 'resource_step_up_required'
  if (challenge?.error === 'insufficient_scope' || (status === 403 && challenge === null))
    return 'resource_insufficient_scope'
  if (challenge?.error === 'invalid_dpop_proof') return 'dpop_proof_rejected'
  return status === 401 ? 'resource_unauthorized' : 'resource_request_failed'
}

/**
 * The error that a 401 or 403 is. Its hints are `name:value`: `scope`, `acr_values` and `max_age` of the challenge
 * (BEAR-05, BEAR-09), or `cors_header_not_exposed` where no challenge could be read (BEAR-06).
 */
export function refusalOf({ status, headers }: HttpResponse): OAuthErrorDetails {
  const challenge = parseChallenge(headers)
  const code = codeOf(status, challenge)
  if (!challenge) return { code, httpStatus: status, hints: ['cors_header_not_exposed'] }
  const { error, scope, acrValues, maxAge } = challenge
  return {
    code,
    httpStatus: status,
    ...(error ? { protocolError: excerpt(error) } : {}),
    ...(scope ? { expected: `scope ${excerpt(scope)}` } : {}),
    hints: [
      ...(scope ? [`scope:${excerpt(scope)}`] : []),
      ...(acrValues === null ? [] : [`acr_values:${acrValues}`]),
      ...(maxAge === null ? [] : [`max_age:${maxAge}`]),
    ],
  }
}

/** What to sign in with so that the API lets the person in; null where a new sign-in would change nothing. */
export function stepUpFor({ code, hints = [] }: OAuthErrorDetails): SignInWish | null {
  const hint = (name: string) => hints.find(each => each.startsWith(`${name}:`))?.slice(name.length + 1)
  if (code === 'resource_insufficient_scope') {
    const moreScope = hint('scope')
    return moreScope === undefined ? null : { moreScope }
  }
  if (code !== 'resource_step_up_required') return null
  const [acrValues, maxAge] = [hint('acr_values'), Number(hint('max_age') ?? Number.NaN)]
  const wish = {
    ...(acrValues === undefined ? {} : { acrValues }),
    ...(maxAge >= 0 ? { maxAge } : {}),
  }
  // The API says neither: a provider that knows the person would send them straight back, no better than before.
  return Object.keys(wish).length > 0 ? wish : { prompt: 'login' }
}
