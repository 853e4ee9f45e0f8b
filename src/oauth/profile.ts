/** What an access token opens: UserInfo (OpenID Connect Core 1.0 §5.3) or any protected resource (RFC 6750). */
import { checklist, excerpt, type Judgement, jsonObject, textOf } from './check.ts'
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

/** UINF-02 to UINF-04: JSON that names the same person as the ID token, or nothing of it is used. */
export function judgeUserInfo(response: HttpResponse, subject: string): Judgement<Record<string, unknown>> {
  const list = checklist()
  const at = { httpStatus: response.status }
  const core = 'OpenID Connect Core 1.0 §5.3.2'
  list.add(
    'UINF-04',
    'HTTP status',
    core,
    '200',
    String(response.status),
    response.status === 200,
    'userinfo_http_error',
    at,
  )
  if (list.error) return list.done<Record<string, unknown>>(null)
  const jwt = /application\/jwt/i.test(response.headers['content-type'] ?? '')
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
  const json = jwt ? null : jsonObject(response.body)
  if (!jwt)
    list.add(
      'UINF-04',
      'The answer is a JSON object',
      core,
      'JSON',
      json ? 'JSON' : excerpt(response.body.slice(0, 80)),
      json !== null,
      'userinfo_not_json',
      at,
    )
  const sub = textOf(json?.['sub'])
  if (json)
    list.add(
      sub === undefined ? 'UINF-03' : 'UINF-02',
      'sub is the person of the ID token',
      core,
      subject,
      excerpt(sub),
      sub === subject,
      sub === undefined ? 'userinfo_sub_missing' : 'userinfo_sub_mismatch',
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
  const header = headers['www-authenticate']
  const scheme = header?.match(/^\s*([\w-]+)/)?.[1]?.toLowerCase()
  if (header === undefined || scheme === undefined) return null
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
  const at = {
    httpStatus: response.status,
    ...(challenge?.error ? { protocolError: excerpt(challenge.error) } : {}),
  }
  const ok = response.status >= 200 && response.status < 300
  list.add(
    'BEAR-04',
    'The API let us in',
    'RFC 6750 §3.1',
    '200',
    String(response.status),
    ok,
    resourceErrorCode(response.status, challenge),
    at,
  )
  if (list.error) return list.done<Record<string, unknown>>(null)
  const json = jsonObject(response.body)
  list.add(
    'BEAR-04',
    'The answer is a JSON object',
    'RFC 6750 §3',
    'JSON',
    json ? 'JSON' : excerpt(response.body.slice(0, 80)),
    json !== null,
    'resource_request_failed',
    at,
  )
  if (json && json['sub'] !== undefined)
    list.add(
      'UINF-02',
      'sub is the person of the ID token',
      'OpenID Connect Core 1.0 §5.3.2',
      subject,
      excerpt(json['sub']),
      json['sub'] === subject,
      'userinfo_sub_mismatch',
      at,
    )
  return list.done(json)
}
