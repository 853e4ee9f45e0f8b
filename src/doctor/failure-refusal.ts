/** Failures in which the provider said no: stuck points 15, 34. */
import { type Cause, certain, type Failure, placeOf, providerText } from './diagnosis.ts'
import { fixAt, fixBy, fixBySignIn } from './finding.ts'
import { noSignOut, signOutOfItsOwn } from './sign-out-words.ts'

/** Stuck point 34. */
export function logoutCauses({ error, facts }: Failure): Cause[] {
  if (error.code === noSignOut.code) return [{ ...noSignOut, likelihood: 'certain' }]
  const { logout } = facts.preset
  const ownWay = signOutOfItsOwn(facts.preset)
  if (ownWay) return [{ ...ownWay, likelihood: 'likely' }]
  const place = placeOf(facts, 'logout')
  const notBack: Cause = {
    code: 'logout_not_returned',
    likelihood: 'likely',
    title: 'The sign-out did not come back',
    seen: facts.config.postLogoutRedirectUri,
    why: [
      logout.text,
      logout.parameters.length > 0 && `It wants ${logout.parameters.join(', ')}.`,
      place.nothing === null && 'And the address has to be registered exactly.',
    ]
      .filter(Boolean)
      .join(' '),
    fix: fixAt('Register the address to come back to.', place),
  }
  return facts.config.endSessionMethod === 'get' ? [notBack] : [notBack, takesOnlyGet]
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

/** `error` in the answer of the authorization endpoint. */
export function refusedByProvider({ error, facts }: Failure): Cause[] {
  if (!/^(auth_response_|par_)/.test(error.code)) return []
  const text = providerText(error)
  switch (error.protocolError) {
    case 'access_denied':
      return [/not assigned/i.test(text) ? notAssigned(text) : refusedByPerson(text)]
    case 'invalid_client':
      return /AADSTS65005/.test(text)
        ? [scopeRefused(facts.config.scope, text)]
        : [clientUnknown(facts, text)]
    case 'invalid_scope':
      return [scopeRefused(facts.config.scope, text)]
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
      return [/challenge|pkce/i.test(text) ? pkceRefused(facts, text) : requestRefused(text)]
    default:
      return []
  }
}

const pkceRefused = (facts: Failure['facts'], text: string): Cause => ({
  code: 'pkce_refused',
  likelihood: 'likely',
  title: 'The provider did not take the challenge',
  seen: text.slice(0, 120),
  why: 'This app always sends S256; a challenge without a method would count as plain.',
  fix: fixAt('Compare with the settings of the client.', placeOf(facts, 'pkce')),
})

const requestRefused = (text: string): Cause => ({
  code: 'request_refused',
  likelihood: 'likely',
  title: 'The provider did not take the request',
  seen: text.slice(0, 120),
  why: 'Its own words say what is wrong, most often the name of a parameter.',
  fix: fixBy(
    'Look at that parameter in the lens, as it was sent, and at Extra parameters in the form below.',
  ),
})

const refusedByPerson = (seen: string): Cause => ({
  code: 'refused_by_person',
  likelihood: 'likely',
  title: 'The sign-in was refused',
  seen,
  why: 'Somebody said no, or a rule of the provider does not let this account in.',
  fix: fixBySignIn('Sign in again and agree, or ask the people who run the provider.'),
})

const notAssigned = (seen: string): Cause =>
  certain(
    'person_not_assigned',
    'This account is not assigned to the app',
    seen,
    'The provider lets in only people, or groups, that were assigned to this client.',
    fixBySignIn('Assign the person in the console, or sign in with another account.'),
  )

const scopeRefused = (scope: string, text: string): Cause =>
  certain(
    'scope_refused',
    'A scope was refused',
    scope,
    text,
    fixBy(
      'Compare the scopes letter by letter, and take them out one by one, beginning with offline_access.',
    ),
  )

const clientUnknown = (facts: Failure['facts'], text: string): Cause => ({
  code: 'client_id_unknown',
  likelihood: 'likely',
  title: 'The provider does not know the client id',
  seen: `${facts.config.clientId}: ${text.slice(0, 100)}`,
  why: 'It refused before anybody was asked to sign in; a secret plays no part at this step.',
  fix: fixBy('Compare the client id and the issuer with the console, letter by letter.'),
})
