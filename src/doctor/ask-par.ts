/** May this page push its request (RFC 9126)? Asked without one, and only where sign-ins will push theirs. */
import { jsonObject } from '../oauth/check.ts'
import { blockedWords } from './blocked-words.ts'
import type { Facts } from './facts.ts'
import { fixAt, fixBy, type Said } from './finding.ts'

/** @returns null when it answers this page, and when there is no endpoint that may be asked */
export async function askPar(facts: Facts): Promise<Said | null> {
  const url = await facts.address('pushed_authorization_request_endpoint')
  // Like the real request: it carries no proof, so no header makes the browser ask first.
  const seen = await facts.endpoint('pushed_authorization_request_endpoint', {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: facts.config.clientId }).toString(),
  })
  if (!url || !seen) return null
  if (seen.kind === 'answered') {
    if (seen.status < 500 && jsonObject(seen.body) !== null) return null
    return {
      code: 'par_error',
      level: 'warn',
      title: 'The endpoint for pushed requests answers strangely',
      seen: String(seen.status),
      why: 'It was sent a request without what a sign-in needs, and should have refused it with a JSON object. What came is not of this kind, so a real request will probably fail too.',
      fix: fixBy(
        'Try a sign-in. If it fails, compare pushed_authorization_request_endpoint in the discovery document with the provider’s manual.',
      ),
      requirement: 'PAR-06',
    }
  }
  const words = blockedWords(seen.code, url.origin, facts.ports)
  const isCors = seen.code === 'cors_blocked'
  return {
    code: isCors ? 'par_cors_blocked' : seen.code,
    level: 'fail',
    stops: true,
    title: isCors
      ? 'The endpoint for pushed requests refuses cross-origin requests'
      : 'The endpoint for pushed requests cannot be reached',
    seen: words.seen,
    why: isCors
      ? 'A sign-in begins with a request to this endpoint, and the browser will block the answer. So nobody gets as far as the provider’s page. Some servers only hide their refusals: then a sign-in works all the same.'
      : words.why,
    fix: isCors ? fixAt('Allow this origin.', facts.place('origin')) : fixBy(words.advice),
    requirement: 'PAR-07',
  }
}
