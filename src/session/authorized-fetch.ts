/** Calling an API with the access token: only to known origins, one refresh and one repeat after a 401 (RFC 6750). */
import { checklist, type Judgement } from '../oauth/check.ts'
import { isSecureUrl } from '../oauth/client-config.ts'
import { authorizationHeader } from '../oauth/profile.ts'
import type { HttpResponse, Purpose } from '../oauth/step.ts'
import { needsInteraction } from './callback.ts'
import type { Grant } from './grant.ts'
import type { Renewer } from './refresh.ts'
import { notLoaded } from './renewal.ts'
import { asksForNonce, type Flow, newFlow, type Wire } from './wire.ts'

/** BEAR-03: the origins this grant is meant for; a `resource` may be a mere name, and a token never goes in the open. */
export function allowedOrigins({ config, metadata }: Pick<Grant, 'config' | 'metadata'>): string[] {
  return [config.profileUrl, config.resource, metadata.userinfo_endpoint].flatMap(address => {
    try {
      const url = new URL(address ?? '')
      return isSecureUrl(url) ? [url.origin] : []
    } catch {
      return []
    }
  })
}

/** What `fetch` takes, as far as a call is repeatable: a text as body; the time limit is the session's own. */
export type ApiRequest = Pick<RequestInit, 'method' | 'headers' | 'cache'> & { readonly body?: string | null }

export interface AuthorizedFetchOptions {
  readonly purpose?: Purpose
  readonly flow?: Flow
  /** Judges an answer that was let in; without it every such answer is good. */
  readonly judge?: (response: HttpResponse) => Judgement<unknown>
}

/**
 * `fetch` with the token in the header. The promise resolves with the API's answer, 2xx or not, as `fetch` does.
 * @throws OAuthError `resource_origin_not_allowed`, `resource_unauthorized` (after one refresh and one repeat, where
 * there can be one), `resource_insufficient_scope`, `resource_step_up_required`, `resource_request_failed` with the
 * network's own code in its hints, `dpop_*`, `session_expired`, or what a renewal throws
 */
export async function authorizedFetch(
  wire: Wire,
  renewer: Pick<Renewer, 'fresh' | 'renew'>,
  url: string,
  init: ApiRequest = {},
  options: AuthorizedFetchOptions = {},
): Promise<HttpResponse> {
  const purpose = options.purpose ?? 'api'
  const flow = options.flow ?? newFlow('use')
  let grant = await renewer.fresh()
  if (!allowedOrigins(grant).includes(new URL(url).origin))
    throw wire.stop(flow, `${purpose}_request`, {
      code: 'resource_origin_not_allowed',
      expected: allowedOrigins(grant).join(', ') || 'no origin',
      received: new URL(url).origin,
      clause: 'RFC 9700 §4.9',
    })
  let nonceTried = false
  let refreshed = false
  for (;;) {
    const { tokens, dpop } = grant
    const headers = {
      ...Object.fromEntries(new Headers(init.headers)),
      authorization: authorizationHeader(tokens),
    }
    const sent = await wire.exchange(flow, purpose, fetch => fetch(url, { ...init, headers }), {
      dpop,
      accessToken: tokens.accessToken,
    })
    const { response } = sent
    const refused = response.status === 401 || response.status === 403
    const { code, ...details } = refused
      ? (await import('../oauth/resource-refusal.ts').catch(notLoaded)).refusalOf(response)
      : { code: '' }
    const list = checklist()
    list.add(
      'BEAR-04',
      'The API let us in',
      'RFC 6750 §3.1',
      'no 401, no 403',
      String(response.status),
      !refused,
      code,
      { ...details, endpoint: url },
    )
    const judgement: Judgement<unknown> = list.error
      ? list.done(null)
      : (options.judge?.(response) ?? list.done(true))
    sent.tellAnswer(judgement)
    if (!judgement.error) return response
    if (!list.error) throw wire.stop(flow, `${purpose}_response`, judgement.error, sent.id)
    const nonceWanted = dpop !== null && asksForNonce(response)
    if (nonceWanted && !nonceTried && response.headers['dpop-nonce'] !== undefined) {
      nonceTried = true
      continue
    }
    const error = { ...list.error, code: nonceWanted ? nonceFault(nonceTried) : code }
    const refusal = () => wire.stop(flow, `${purpose}_response`, error, sent.id)
    // A new token would not help against a nonce that is hidden or never good enough (DPOP-09).
    if (nonceWanted || code !== 'resource_unauthorized' || refreshed) throw refusal()
    refreshed = true
    // Only the token that was refused is renewed: another call may have done it already.
    let next = await renewer.fresh()
    if (next.tokens.accessToken === tokens.accessToken)
      next = await renewer.renew(true).catch(error => {
        throw needsInteraction(error) ? refusal() : error
      })
    // What was asked for one person is not done for the one who came in meanwhile.
    if (next.claims.sub !== grant.claims.sub) throw refusal()
    grant = next
  }
}

const nonceFault = (tried: boolean) => (tried ? 'dpop_nonce_retry_exhausted' : 'dpop_nonce_missing')

/** A `Response` for callers who expect one. */
export function toResponse({ status, headers, body }: HttpResponse): Response {
  const empty = [101, 204, 205, 304].includes(status)
  return new Response(empty ? null : body, { status: Math.max(status, 200), headers })
}
