/**
 * Sends one request and tells the featureless failures of `fetch` apart.
 * The request itself is never repeated: only a harmless address of the same origin is asked whether it answers.
 */
import { isLocalNetwork, parseUrl } from './address.ts'
import { boundedText } from './bounded-text.ts'
import type { ProbePorts } from './probe.ts'

export type BlockedCode =
  | 'network_offline'
  | 'csp_blocked'
  | 'mixed_content_blocked'
  | 'request_timeout'
  | 'redirect_refused'
  | 'response_too_large'
  | 'local_network_permission_denied'
  | 'cors_blocked'
  | 'network_unreachable'

export interface Answered {
  readonly kind: 'answered'
  readonly status: number
  readonly headers: Headers
  readonly body: string
  readonly ms: number
}

export interface Blocked {
  readonly kind: 'blocked'
  readonly code: BlockedCode
  readonly ms: number
}

export type Reach = Answered | Blocked

/** Every request goes out like this (TOK-04): no cookies, no referrer, nothing from a cache. */
const always: RequestInit = {
  credentials: 'omit',
  cache: 'no-store',
  referrerPolicy: 'no-referrer',
  redirect: 'manual',
}

/** @param harmless an address of the same origin to ask with GET when the request fails; null when that origin has answered before */
export async function reach(
  ports: ProbePorts,
  url: string,
  init: RequestInit,
  harmless: string | null,
): Promise<Reach> {
  const started = ports.monotonic()
  const ms = () => Math.max(0, ports.monotonic() - started)
  const patience = AbortSignal.timeout(ports.timeout)
  try {
    const response = await ports.fetch(url, {
      ...always,
      ...init,
      signal: patience,
    })
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400))
      return { kind: 'blocked', code: 'redirect_refused', ms: ms() }
    const body = await boundedText(response, patience)
    if (body === null) return { kind: 'blocked', code: 'response_too_large', ms: ms() }
    return { kind: 'answered', status: response.status, headers: response.headers, body, ms: ms() }
  } catch {
    if (patience.aborted) return { kind: 'blocked', code: 'request_timeout', ms: ms() }
    return { kind: 'blocked', code: await whyBlocked(ports, url, harmless), ms: ms() }
  }
}

async function whyBlocked(ports: ProbePorts, url: string, harmless: string | null): Promise<BlockedCode> {
  if (!ports.isOnline()) return 'network_offline'
  if (await ports.isBlockedByPolicy(url)) return 'csp_blocked'
  const [target, page] = [parseUrl(url), parseUrl(ports.origin)]
  if (page?.protocol === 'https:' && target?.protocol === 'http:' && !isLocalNetwork(target.hostname))
    return 'mixed_content_blocked'
  if (target && page && isLocalNetwork(target.hostname) && !isLocalNetwork(page.hostname)) {
    const permission = await ports.localNetworkPermission(target.hostname)
    if (permission === 'denied' || permission === 'prompt') return 'local_network_permission_denied'
  }
  return harmless === null || (await answersAtAll(ports, harmless)) ? 'cors_blocked' : 'network_unreachable'
}

/** `no-cors`: nothing can be read, but it tells whether a server is there. */
export async function answersAtAll(ports: ProbePorts, url: string): Promise<boolean> {
  try {
    await ports.fetch(url, {
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(ports.timeout),
    })
    return true
  } catch {
    return false
  }
}
