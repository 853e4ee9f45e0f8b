/** What an access token opens: UserInfo (OpenID Connect Core 1.0 §5.3) or any protected resource (RFC 6750). */
import { type Checklist, checklist, excerpt, type Judgement, jsonObject } from './check.ts'
import type { Fetch } from './metadata.ts'
import type { HttpResponse } from './step.ts'
import type { TokenSet } from './token.ts'

/** The header that carries the token; never a URL, never a body (BEAR-01). */
export const authorizationHeader = (tokens: Pick<TokenSet, 'accessToken' | 'tokenType'>): string =>
  `${tokens.tokenType} ${tokens.accessToken}`

export function requestProfile(url: string, tokens: TokenSet, fetch: Fetch): Promise<Response> {
  return fetch(url, {
    method: 'GET',
    headers: { accept: 'application/json', authorization: authorizationHeader(tokens) },
  })
}

const core = 'OpenID Connect Core 1.0 §5.3.2'

/** UINF-02 to UINF-04: JSON that names the same person as the ID token, or nothing of it is used. */
export function judgeUserInfo(response: HttpResponse, subject: string): Judgement<Record<string, unknown>> {
  const list = checklist()
  const at = { httpStatus: response.status }
  const ok = response.status === 200
  list.add('UINF-04', 'HTTP status', core, '200', String(response.status), ok, 'userinfo_http_error', at)
  const jwt = /application\/jwt/i.test(response.headers['content-type'] ?? '')
  if (ok)
    list.add(
      'UINF-04',
      'The answer is plain JSON',
      core,
      'application/json',
      jwt ? 'application/jwt' : 'JSON',
      !jwt,
      'userinfo_jwt_unsupported',
      at,
    )
  return judgePerson(list, response, subject, 'UINF-04', 'userinfo_not_json', true)
}

/** A JSON object that is about this person; `isNeeded`: and says so itself. */
function judgePerson(
  list: Checklist,
  { body, status }: HttpResponse,
  subject: string,
  requirement: string,
  notJson: string,
  isNeeded: boolean,
): Judgement<Record<string, unknown>> {
  if (list.error) return list.done<Record<string, unknown>>(null)
  const at = { httpStatus: status }
  const json = jsonObject(body)
  const shown = json ? 'JSON' : 'something else'
  list.add(requirement, 'The answer is a JSON object', core, 'JSON', shown, json !== null, notJson, at)
  const sub = json?.['sub']
  const isMissing = isNeeded && typeof sub !== 'string'
  if (json && (isNeeded || sub !== undefined))
    list.add(
      isMissing ? 'UINF-03' : 'UINF-02',
      'sub is the person of the ID token',
      core,
      subject,
      excerpt(sub),
      sub === subject,
      isMissing ? 'userinfo_sub_missing' : 'userinfo_sub_mismatch',
      at,
    )
  return list.done(json)
}

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
  const parameter = (name: string): string | null =>
    header.match(new RegExp(`[\\s,]${name}="?([^",]*)"?`, 'i'))?.[1] ?? null
  const maxAge = parameter('max_age')
  return {
    scheme,
    error: parameter('error'),
    scope: parameter('scope'),
    acrValues: parameter('acr_values'),
    maxAge: maxAge === null ? null : Number(maxAge),
  }
}

/** What a refusal of a protected resource means (standards matrix 4.4). */
export function resourceErrorCode(status: number, challenge: Challenge | null): string {
  if (challenge?.error === 'insufficient_user_authentication') return 'resource_step_up_required'
  if (challenge?.error === 'insufficient_scope' || (status === 403 && challenge === null))
    return 'resource_insufficient_scope'
  if (challenge?.error === 'invalid_dpop_proof') return 'dpop_proof_rejected'
  if (status === 401) return 'resource_unauthorized'
  if (status === 400) return 'resource_bad_request'
  if (status === 429) return 'rate_limited'
  return 'resource_request_failed'
}

/** The profile of an API: 200 with a JSON object; a `sub`, when it has one, must be the same person. */
export function judgeProfile(response: HttpResponse, subject: string): Judgement<Record<string, unknown>> {
  const list = checklist()
  const challenge = parseChallenge(response.headers)
  list.add(
    'BEAR-04',
    'The API let us in',
    'RFC 6750 §3.1',
    '200',
    String(response.status),
    response.status >= 200 && response.status < 300,
    resourceErrorCode(response.status, challenge),
    {
      httpStatus: response.status,
      ...(challenge?.error ? { protocolError: excerpt(challenge.error) } : {}),
    },
  )
  return judgePerson(list, response, subject, 'BEAR-04', 'resource_request_failed', false)
}
