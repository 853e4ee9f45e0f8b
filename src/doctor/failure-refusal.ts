/** Failures in which the provider or the clock said no: stuck points 15, 31, 34. */
import { leeway } from '../oauth/id-token-claims.ts'
import { type Cause, certain, type Failure, placeOf, providerText } from './diagnosis.ts'
import { fixAt, fixBy, fixBySignIn } from './finding.ts'

/** Stuck point 34. */
export function logoutCauses({ error, facts }: Failure): Cause[] {
  const { preset } = facts
  const isMissing = error.code === 'logout_endpoint_missing'
  const notBack: Cause = {
    code: 'logout_not_returned',
    likelihood: isMissing ? 'certain' : 'likely',
    title: isMissing ? 'The provider has no standard sign-out' : 'The sign-out did not come back',
    seen: facts.config.postLogoutRedirectUri,
    why: `${preset.logout.text}${preset.logout.parameters.length > 0 ? ` It wants ${preset.logout.parameters.join(', ')}.` : ''} And the address has to be registered exactly.`,
    fix: fixAt('Register the address to come back to.', placeOf(facts, 'logout')),
  }
  return isMissing || facts.config.endSessionMethod === 'get' ? [notBack] : [notBack, takesOnlyGet]
}

/** LOUT-06: a provider has to take both ways (OpenID Connect RP-Initiated Logout 1.0 §2), and not every one does. */
const takesOnlyGet: Cause = {
  code: 'logout_takes_only_get',
  likelihood: 'possible',
  title: 'The provider does not take a sign-out that is sent as a form',
  seen: 'this app sends a form (POST)',
  why: 'The app sends the ID token in a form, so that it stands in no address and in no log. A provider has to take that (RP-Initiated Logout §2); one that takes an address only (GET) shows "Not Found" or "Forbidden", and its own session stays open.',
  fix: fixBy(
    'Send it as a link, without the ID token: the provider then asks the person. Or put it right there; the library oidc-provider, since version 9, wants enableHttpPostMethods: true, and cookies.long.sameSite: none with it.',
    { field: 'end_session_method', value: 'get', label: 'Sign out by a link' },
  ),
}

/** Stuck point 31. */
export function clock({ error, facts }: Failure): Cause[] {
  if (!/^id_token_(issued_in_future|expired|not_yet_valid|too_old)$/.test(error.code)) return []
  const offset = facts.clockOffset
  return [
    {
      code: 'clock_differs',
      likelihood: offset !== null && Math.abs(offset) > leeway ? 'certain' : 'likely',
      title: 'The clock of this computer and the provider’s differ',
      seen:
        offset === null
          ? (error.received ?? error.code)
          : `this computer is ${Math.abs(offset)} s ${offset > 0 ? 'behind' : 'ahead'}`,
      why: 'An ID token carries the time it was made and the time it ends. One minute of difference is borne.',
      fix: fixBy('Set the clock of this computer from the network, and look at the time zone.'),
    },
  ]
}

/** `error` in the answer of the authorization endpoint. */
export function refusedByProvider({ error, facts }: Failure): Cause[] {
  if (!/^(auth_response_|par_)/.test(error.code)) return []
  const text = providerText(error)
  switch (error.protocolError) {
    case 'access_denied':
      return [
        certain(
          'refused_by_person',
          'The sign-in was refused',
          text,
          'Somebody said no, or a rule of the provider does not let this account in.',
          fixBySignIn('Sign in again and agree, or ask the people who run the provider.'),
        ),
      ]
    case 'invalid_scope':
      return [
        certain(
          'scope_refused',
          'A scope was refused',
          facts.config.scope,
          text,
          fixBy('Take the scopes out one by one, beginning with offline_access.'),
        ),
      ]
    case 'unsupported_response_type':
    case 'unauthorized_client':
      return [
        certain(
          'code_flow_off',
          'The code flow is not on for this client',
          text,
          'The client is registered for another flow.',
          fixAt('Turn on the authorization code flow.', placeOf(facts, 'publicClient')),
        ),
      ]
    case 'invalid_request':
      return [
        {
          code: /challenge|pkce/i.test(text) ? 'pkce_refused' : 'request_refused',
          likelihood: 'likely',
          title: 'The provider did not take the request',
          seen: text.slice(0, 120),
          why: 'Its own words say which parameter. This app always sends S256; a challenge without a method would count as plain.',
          fix: fixAt('Compare with the settings of the client.', placeOf(facts, 'pkce')),
        },
      ]
    default:
      return []
  }
}
