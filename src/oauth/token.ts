/** The token endpoint: a code or a refresh token for new tokens (RFC 6749 §4.1.3, §5, §6; RFC 7636 §4.5). */
import { checklist, excerpt, type Judgement, jsonObject, retryAfterOf, secondsOf, textOf } from './check.ts'
import type { ClientConfig } from './client-config.ts'
import type { Fetch, ServerMetadata } from './metadata.ts'
import type { HttpResponse } from './step.ts'

export interface TokenSet {
  readonly accessToken: string
  readonly tokenType: 'Bearer' | 'DPoP'
  readonly refreshToken: string | null
  readonly idToken: string | null
  /** Seconds; null when the server does not say (TOK-06). */
  readonly expiresIn: number | null
  /** What was granted, when the answer says so; null: what was asked (TOK-07). */
  readonly scope: string | null
}

/** A form POST from a public client: no secret, no Authorization header (RFC 6749 §3.2, §2.3.1). */
function grantRequest(
  metadata: ServerMetadata,
  config: ClientConfig,
  parameters: Record<string, string>,
  fetch: Fetch,
): Promise<Response> {
  const body = new URLSearchParams({ ...parameters, client_id: config.clientId })
  // RES-02: the resource is named again.
  if (config.resource !== null) body.set('resource', config.resource)
  return fetch(metadata.token_endpoint, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
    },
    body,
    redirect: 'manual',
  })
}

/** Sends the code with the verifier, once (TOK-01, TOK-02, TOK-12). The answer with the code was judged before. */
export function requestToken(
  metadata: ServerMetadata,
  config: ClientConfig,
  code: string,
  codeVerifier: string,
  fetch: Fetch,
): Promise<Response> {
  const parameters = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: config.redirectUri,
    code_verifier: codeVerifier,
  }
  return grantRequest(metadata, config, parameters, fetch)
}

/** Trades a refresh token for new tokens; no scope is sent, so nothing beyond the grant is asked (RT-01). */
export function requestRefresh(
  metadata: ServerMetadata,
  config: ClientConfig,
  refreshToken: string,
  fetch: Fetch,
): Promise<Response> {
  const parameters = { grant_type: 'refresh_token', refresh_token: refreshToken }
  return grantRequest(metadata, config, parameters, fetch)
}

export interface ExpectedTokens {
  readonly issuer: string
  /** Scopes that were asked, space-separated. */
  readonly scope: string
  readonly dpop: boolean
  /** False at a refresh, where an ID token is optional (RT-07). */
  readonly idTokenRequired: boolean
}

/** TOK-05 to TOK-10, DPOP-05: a usable answer, or the server's own `error` (read before the status, for GitHub's 200). */
export function judgeTokenResponse(response: HttpResponse, expected: ExpectedTokens): Judgement<TokenSet> {
  const list = checklist()
  const rfc = 'RFC 6749 §5.1'
  const retryAfter = retryAfterOf(response)
  const json = jsonObject(response.body)
  const error = textOf(json?.['error'])
  const at = {
    issuer: expected.issuer,
    httpStatus: response.status,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(error === undefined
      ? {}
      : { protocolError: excerpt(error), protocolDescription: excerpt(json?.['error_description'] ?? '') }),
  }
  const answer = error === undefined ? String(response.status) : `${response.status} ${excerpt(error)}`
  list.add(
    'TOK-09',
    'The server agreed',
    'RFC 6749 §5.2',
    '200',
    answer,
    response.status === 200 && error === undefined,
    failureCode(response.status, error, json !== null),
    at,
  )
  if (list.error) return list.done<TokenSet>(null)
  if (!json) {
    list.add(
      'TOK-09',
      'The answer is a JSON object',
      rfc,
      'JSON',
      // None of its words: it may hold tokens all the same.
      /^\s*</.test(response.body) ? 'HTML or XML' : 'something else',
      false,
      'token_response_not_json',
      at,
    )
    return list.done<TokenSet>(null)
  }
  const accessToken = textOf(json['access_token'])
  list.add(
    'TOK-05',
    'access_token is there',
    rfc,
    'access_token',
    accessToken ? 'access_token' : 'nothing',
    Boolean(accessToken),
    'token_response_missing_access_token',
    at,
  )
  const wanted = expected.dpop ? 'DPoP' : 'Bearer'
  const type = textOf(json['token_type'])?.toLowerCase()
  const downgraded = expected.dpop && type === 'bearer'
  list.add(
    downgraded ? 'DPOP-05' : 'TOK-05',
    'token_type',
    downgraded ? 'RFC 9449 §5' : 'RFC 6749 §7.1',
    wanted,
    excerpt(json['token_type']),
    type === wanted.toLowerCase(),
    downgraded ? 'token_type_downgraded' : 'token_response_unsupported_token_type',
    at,
  )
  const idToken = textOf(json['id_token']) || null
  if (expected.idTokenRequired)
    list.add(
      'TOK-10',
      'id_token is there, because openid was asked',
      'OpenID Connect Core 1.0 §3.1.3.3',
      'id_token',
      idToken ? 'id_token' : 'nothing',
      Boolean(idToken),
      'token_response_missing_id_token',
      at,
    )
  const scope = textOf(json['scope']) ?? null
  const granted = new Set((scope ?? expected.scope).split(' '))
  if (expected.scope.split(' ').some(each => !granted.has(each)))
    list.warn(
      'TOK-07',
      'All scopes were granted',
      'RFC 6749 §3.3',
      expected.scope,
      excerpt(scope),
      'token_scope_reduced',
    )
  const expiresIn = secondsOf(json['expires_in'])
  return list.done(
    !accessToken
      ? null
      : {
          accessToken,
          tokenType: wanted,
          refreshToken: textOf(json['refresh_token']) || null,
          idToken,
          expiresIn: expiresIn > 0 && expiresIn < Number.POSITIVE_INFINITY ? expiresIn : null,
          scope,
        },
  )
}

function failureCode(status: number, error: string | undefined, isJson: boolean): string {
  if (status === 429) return 'rate_limited'
  if (error === 'invalid_dpop_proof') return 'dpop_proof_rejected'
  if (error !== undefined) return 'token_response_error'
  return !isJson && (status >= 500 || status === 404) ? 'token_response_not_json' : 'token_http_error'
}
