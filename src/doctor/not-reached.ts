/** Requests that met nobody, and the documents that come before a sign-in: what a failure of them can mean. */
import { parseUrl } from './address.ts'
import type { Cause, Failure, FailureFacts } from './diagnosis.ts'
import { placeOf } from './diagnosis.ts'
import { fixAt, fixBy, fixBySignIn } from './finding.ts'

/** @returns no causes when the failure is of another kind */
export function notReachedCauses({ error, facts }: Failure): Cause[] {
  const seen = error.endpoint ?? facts.config.issuer
  const host = parseUrl(seen)?.host ?? 'the provider'
  const codes = [error.code, ...(error.hints ?? [])]
  // Whoever asks for the profile is signed in.
  const isProfile = facts.during === 'profile'
  const [fix, then] = isProfile ? [fixBy, 'load the profile again'] : [fixBySignIn, 'sign in again']
  if (codes.includes('network_offline'))
    return [
      {
        code: 'computer_offline',
        likelihood: 'certain',
        title: 'This computer is offline',
        seen,
        why: 'The browser says that there is no network, so the request did not leave.',
        fix: fix(`Go online, then ${then}.`),
      },
    ]
  if (codes.includes('request_timeout'))
    return [
      {
        code: 'provider_slow',
        likelihood: 'likely',
        title: `${host} took too long to answer`,
        seen,
        why: 'The app waited and gave up. The server may be asleep or busy, or a firewall swallows the request.',
        fix: fix(
          `Open ${isProfile ? 'that address' : 'the provider'} in another tab. When it answers there, ${then}.`,
        ),
      },
    ]
  if (codes.includes('network_unreachable'))
    return [
      {
        code: isProfile ? 'profile_not_reached' : 'provider_not_reached',
        likelihood: 'likely',
        title: `Nothing answers at ${host}`,
        seen,
        why: `The app asked and got no answer at all: ${
          isProfile ? 'the server of the profile' : 'the provider'
        } is not running, its name or port is misspelt, its certificate is not trusted, or a firewall is in between.`,
        fix: fix(`${startOrCorrect(facts)} Then ${then}.`),
      },
    ]
  if (/^(discovery|jwks)_fetch_failed$/.test(error.code) && codes.includes('cors_blocked'))
    return [
      {
        code: 'document_hidden',
        likelihood: 'likely',
        title: `${host} answers, and this page may not read it`,
        seen,
        why: 'Either there is nothing at this address, and the error page has no CORS headers; or the document is there and its answer does not allow this origin. The browser hides which of the two it is. Nobody was asked to sign in.',
        fix: fixAt(
          'If it is right, allow this origin.',
          placeOf(facts, 'origin'),
          'Compare the issuer letter by letter. ',
        ),
      },
    ]
  return []
}

function startOrCorrect({ during, config }: FailureFacts): string {
  if (during !== 'profile')
    return 'Start the provider, or correct the issuer below; the doctor asks again from here.'
  return config.profileUrl === null
    ? 'Compare userinfo_endpoint in the discovery document with the provider’s manual.'
    : 'Start the API, or correct the profile address below, under More settings.'
}
