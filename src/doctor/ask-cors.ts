/**
 * May this origin read what the token endpoint answers (META-14)? It is asked without a code, so none can be spent.
 */
import { parseUrl } from './address.ts'
import { blockedWords } from './blocked-words.ts'
import type { Facts } from './facts.ts'
import { fixAt, fixBy, fixSeen, type Said } from './finding.ts'

const requirement = 'META-14'

/** Stuck points 4 and 24. */
export async function askTokenCors(facts: Facts): Promise<Said[]> {
  const seen = await facts.token()
  if (!seen) return []
  if (seen.kind === 'answered' && (/^(404|405|415)$/.test(String(seen.status)) || seen.status >= 500))
    return [
      {
        code: 'token_http_error',
        level: 'warn',
        title: 'The token endpoint answers strangely',
        seen: String(seen.status),
        why: 'It was sent what the standard asks for, a form POST, and did not answer with a refusal that the standard knows. 405 and 415 mean that it wants something else, 404 that it is not there.',
        fix: fixBy(
          'Try a sign-in. If the exchange fails, compare the token endpoint in the discovery document with the provider’s manual.',
        ),
        requirement: 'TOK-09',
      },
    ]
  if (seen.kind === 'answered')
    return [
      {
        code: 'token_readable',
        level: 'pass',
        title: 'Token endpoint answers this origin',
        seen: `${seen.status}, ${Math.round(seen.ms)} ms`,
        why: 'A request without a code was refused, as it must be, and the refusal could be read.',
        requirement,
      },
    ]
  const origin = parseUrl((await facts.metadata())?.endpoints.token_endpoint)?.origin ?? ''
  const words = blockedWords(seen.code, origin, facts.ports)
  if (seen.code !== 'cors_blocked')
    return [
      {
        code: seen.code,
        level: 'fail',
        stops: true,
        title: 'The token endpoint cannot be reached',
        seen: words.seen,
        why: words.why,
        fix: fixBy(words.advice),
        requirement,
      },
    ]
  return [
    {
      code: 'token_cors_blocked',
      level: 'fail',
      stops: true,
      title: 'The token endpoint refuses cross-origin requests',
      seen: words.seen,
      why: facts.config.dpop
        ? 'The browser asks first because of the DPoP header (a preflight), and the server says no. So no token can arrive, and no code is spent.'
        : 'The browser will block message 4.1, so no token can arrive. The server would still take the request, and the code is spent. Some servers only hide their refusals: then this clears up with the first sign-in.',
      fix: facts.config.dpop
        ? fixSeen('Allow this origin, with the header DPoP.', facts.place('origin'))
        : fixAt('Allow this origin.', facts.place('origin')),
      requirement,
    },
  ]
}
