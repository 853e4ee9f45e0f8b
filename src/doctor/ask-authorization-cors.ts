/** A question that asks an endpoint with GET: the sign-in page must not be readable from here. */
import { blockedWords } from './blocked-words.ts'
import type { Facts } from './facts.ts'
import { fixBy, type Said } from './finding.ts'
import { answersAtAll } from './reach.ts'

/** AREQ-08, check 4 of the provider checks: RFC 9700 §2.6, CORS must not be supported at the authorization endpoint. */
export async function askAuthorizationCors(facts: Facts): Promise<Said[]> {
  const url = await facts.address('authorization_endpoint')
  if (!url) return []
  const at = { requirement: 'AREQ-08' }
  const seen = await facts.endpoint('authorization_endpoint', { method: 'GET' })
  const isReadable =
    seen?.kind === 'answered' || seen?.code === 'redirect_refused' || seen?.code === 'response_too_large'
  if (!isReadable && seen?.code !== 'cors_blocked') {
    const there = await answersAtAll(facts.ports, url.href)
    if (!there)
      return [
        {
          ...at,
          code: 'authorization_endpoint_unreachable',
          level: 'fail',
          stops: true,
          title: 'The sign-in page cannot be reached',
          seen: blockedWords(seen?.code ?? 'network_unreachable', url.origin, facts.ports).seen,
          why: 'The browser would go to this address, and nothing answers there. With Cognito the pool has no domain yet.',
          fix: fixBy(`Open ${url.origin}${url.pathname} in another tab: the browser says what is wrong.`),
        },
      ]
  }
  return [
    isReadable
      ? {
          ...at,
          code: 'authorization_endpoint_cors',
          level: 'warn',
          title: 'The sign-in page can be read by scripts',
          seen: 'readable across origins',
          why: 'People go to this address, scripts should not: RFC 9700 says that it must not support CORS. Any page could try to drive the sign-in.',
          fix: fixBy('Take the authorization endpoint out of the CORS rules at the provider.'),
        }
      : {
          ...at,
          code: 'authorization_endpoint_no_cors',
          level: 'pass',
          title: 'The sign-in page is closed to scripts',
          seen: 'fetch refused',
          why: 'As it should be: only a person in a tab may go there.',
        },
  ]
}
