/** `fetch` says one featureless TypeError for everything; this tells the cases apart. */
import { isSecureUrl } from '../oauth/client-config.ts'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import type { Ports } from './ports.ts'

/** Never repeats the request: only its origin is asked whether it answers at all, without reading anything. */
export async function networkFailure(
  ports: Ports,
  url: string,
  timedOut: boolean,
  error: unknown,
): Promise<OAuthErrorDetails> {
  const details = {
    endpoint: url.split('?')[0] ?? '',
    received: error instanceof Error ? error.message : String(error),
  }
  if (timedOut) return { ...details, code: 'request_timeout', expected: 'an answer' }
  if (!ports.isOnline()) return { ...details, code: 'network_offline', expected: 'online' }
  if (await ports.isBlockedByPolicy(url))
    return { ...details, code: 'csp_blocked', expected: 'connect-src allows it' }
  // Browsers let a page that came over https ask this computer by plain http.
  if (ports.origin.startsWith('https:') && !isSecureUrl(new URL(url)))
    return { ...details, code: 'mixed_content_blocked', expected: 'https' }
  const reachable = await ports.canReach(new URL(url).origin)
  return reachable
    ? {
        ...details,
        code: 'network_or_cors_blocked',
        expected: `Access-Control-Allow-Origin: ${ports.origin}`,
        hints: ['cors_blocked'],
      }
    : { ...details, code: 'network_unreachable', expected: 'an answer' }
}
