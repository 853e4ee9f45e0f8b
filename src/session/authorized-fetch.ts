/** Calling an API with the access token: only to known origins, one refresh and one repeat after a 401 (RFC 6750). */
import { checklist, type Judgement } from '../oauth/check.ts'
import { isSecureUrl } from '../oauth/client-config.ts'
import { authorizationHeader } from '../oauth/profile.ts'
import type { HttpResponse, Purpose } from '../oauth/step.ts'
import { needsInteraction } from './callback.ts'
import { type Grant, isSamePerson } from './grant.ts'
import type { Renewer } from './refresh.ts'
import { notLoaded } from './renewal.ts'
import { asksForNonce, type Flow, newFlow, nonceFault, type Wire } from './wire.ts'

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
  for (let nonceTried = false, isRenewed = false; ; ) {
    const { tokens, dpop } = grant
    if (!allowedOrigins(grant).includes(new URL(url).origin))
      throw wire.stop(flow, `${purpose}_request`, {
        code: 'resource_origin_not_allowed',
        expected: allowedOrigins(grant).join(', ') || 'no origin',
        received: new URL(url).origin,
        clause: 'RFC 9700 §4.9',
      })
    const headers = {
      ...Object.fromEntries(new Headers(init.headers)),
      authorization: authorizationHeader(tokens),
    }
    const sent = await wire.exchange(flow, purpose, fetch => fetch(url, { ...init, headers }), {
      dpop,
      accessToken: tokens.accessToken,
    })
    const { response } = sent
    const refusal =
      response.status === 401 || response.status === 403
        ? (await import('../oauth/resource-refusal.ts').catch(notLoaded)).refusalOf(response)
        : null
    const list = checklist()
    list.add(
      'BEAR-04',
      'The API let us in',
      'RFC 6750 §3.1',
      'no 401, no 403',
      String(response.status),
      !refusal,
      refusal?.code ?? '',
      { ...refusal, endpoint: url },
    )
    const judgement: Judgement<unknown> = list.error
      ? list.done(null)
      : (options.judge?.(response) ?? list.done(true))
    sent.tellAnswer(judgement)
    const { error } = judgement
    if (!error) return response
    const nonceWanted = refusal && dpop && asksForNonce(response)
    if (nonceWanted && !nonceTried && response.headers['dpop-nonce'] !== undefined) {
      nonceTried = true
      continue
    }
    const stop = () =>
      wire.stop(
        flow,
        `${purpose}_response`,
        nonceWanted ? { ...error, code: nonceFault(nonceTried) } : error,
        sent.id,
      )
    // A new token would not help against a nonce that is hidden or never good enough (DPOP-09).
    if (nonceWanted || refusal?.code !== 'resource_unauthorized' || isRenewed) throw stop()
    isRenewed = true
    nonceTried = false
    // Only the token that was refused is renewed: another call may have done it already.
    let next = await renewer.fresh()
    if (next.tokens.accessToken === tokens.accessToken)
      next = await renewer.renew(true).catch(error => {
        throw needsInteraction(error) ? stop() : error
      })
    if (!isSamePerson(next, grant)) throw stop()
    grant = next
  }
}

/** A `Response` for callers who expect one. */
export function toResponse({ status, headers, body }: HttpResponse): Response {
  return new Response([204, 205, 304].includes(status) ? null : body, { status, headers })
}
