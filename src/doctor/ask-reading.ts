/** Questions that ask an endpoint with GET: userinfo has to be readable from here, the sign-in page must not be. */
import { parseUrl } from './address.ts'
import { blockedWords } from './blocked-words.ts'
import type { Facts } from './facts.ts'
import { fixAt, fixBy, type Said } from './finding.ts'
import { answersAtAll } from './reach.ts'

/** UINF-01, and the points without a number: `WWW-Authenticate` and `DPoP-Nonce` hidden, refusals without CORS. */
export async function askUserinfoCors(facts: Facts): Promise<Said[]> {
  const metadata = await facts.metadata()
  if (!metadata) return []
  if (!parseUrl(metadata.endpoints.userinfo_endpoint))
    return [
      {
        code: 'userinfo_missing',
        level: facts.config.profileUrl ? 'pass' : 'warn',
        title: 'There is no userinfo endpoint',
        seen: facts.config.profileUrl ? 'profile address set' : 'userinfo_endpoint is missing',
        why: 'The profile then shows what the ID token says.',
        fix: null,
        requirement: 'META-14',
      },
    ]
  const url = await facts.address('userinfo_endpoint')
  if (!url) return []
  // The header makes the browser ask first, as it will for the real token.
  const scheme = facts.config.dpop ? 'DPoP' : 'Bearer'
  const seen = await facts.endpoint('userinfo_endpoint', {
    headers: {
      accept: 'application/json',
      authorization: `${scheme} no-token`,
      ...(facts.config.dpop ? { dpop: 'probe' } : {}),
    },
  })
  if (seen?.kind === 'answered') {
    const hidden = seen.status === 401 && seen.headers.get('www-authenticate') === null
    if (hidden && facts.config.dpop)
      return [
        {
          code: 'cors_header_not_exposed',
          level: 'warn',
          title: 'The userinfo endpoint hides why it refuses',
          seen: `${seen.status} without WWW-Authenticate`,
          why: 'DPoP needs to read WWW-Authenticate and DPoP-Nonce. Without permission the browser keeps them from the app, and a demanded nonce cannot be sent.',
          fix: fixBy('Let the server send Access-Control-Expose-Headers: WWW-Authenticate, DPoP-Nonce.'),
          requirement: 'DPOP-09',
        },
      ]
    return [
      {
        code: 'userinfo_readable',
        level: 'pass',
        title: 'Userinfo endpoint answers this origin',
        seen: hidden ? `${seen.status}, its reason is hidden` : String(seen.status),
        why: hidden
          ? 'A wrong token was refused, as it must be. WWW-Authenticate is not exposed to scripts, so the app will see that it was refused and not why.'
          : 'A wrong token was refused, as it must be, and the refusal could be read.',
        requirement: 'META-14',
      },
    ]
  }
  const words = blockedWords(seen?.code ?? 'network_unreachable', url.origin, facts.ports)
  const cors = seen?.code === 'cors_blocked'
  return [
    {
      code: cors ? 'userinfo_cors_blocked' : (seen?.code ?? 'network_unreachable'),
      level: 'fail',
      title: cors
        ? 'The userinfo endpoint refuses cross-origin requests'
        : 'The userinfo endpoint cannot be reached',
      seen: words.seen,
      why: cors
        ? 'The sign-in works without it, and the profile cannot be read. Some servers only hide their refusals: then the profile works as long as the token does.'
        : words.why,
      fix: cors
        ? fixAt('Allow this origin, with the header Authorization.', facts.place('origin'))
        : fixBy(words.advice),
      requirement: 'META-14',
    },
  ]
}

/** AREQ-08, check 4 of the provider checks: RFC 9700 §2.6, CORS must not be supported at the authorization endpoint. */
export async function askAuthorizationCors(facts: Facts): Promise<Said[]> {
  const url = await facts.address('authorization_endpoint')
  if (!url) return []
  const at = { requirement: 'AREQ-08' }
  const seen = await facts.endpoint('authorization_endpoint', { method: 'GET' })
  if (
    !seen ||
    (seen.kind === 'blocked' && seen.code !== 'cors_blocked' && seen.code !== 'redirect_refused')
  ) {
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
    seen?.kind === 'answered' || (seen?.kind === 'blocked' && seen.code === 'redirect_refused')
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
