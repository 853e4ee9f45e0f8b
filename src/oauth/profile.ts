/** What an access token opens: UserInfo (OpenID Connect Core 1.0 §5.3) or any protected resource (RFC 6750). */
import { type Checklist, checklist, excerpt, type Judgement, jsonObject } from './check.ts'
import type { HttpResponse } from './step.ts'
import type { TokenSet } from './token.ts'

/** The header that carries the token; never a URL, never a body (BEAR-01). */
export const authorizationHeader = (tokens: Pick<TokenSet, 'accessToken' | 'tokenType'>): string =>
  `${tokens.tokenType} ${tokens.accessToken}`

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

/** The profile of an API: 200 with a JSON object; a `sub`, when it has one, must be the same person. */
export function judgeProfile(response: HttpResponse, subject: string): Judgement<Record<string, unknown>> {
  const list = checklist()
  const { status } = response
  list.add(
    'BEAR-04',
    'The API let us in',
    'RFC 6750 §3.1',
    '200',
    String(status),
    status >= 200 && status < 300,
    status === 400 ? 'resource_bad_request' : status === 429 ? 'rate_limited' : 'resource_request_failed',
    { httpStatus: status },
  )
  return judgePerson(list, response, subject, 'BEAR-04', 'resource_request_failed', false)
}
