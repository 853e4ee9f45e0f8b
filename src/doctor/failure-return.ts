/** Failures on the way to the provider and back: stuck points 6 to 9, 12, 13, 15, 18 to 22, 31, 34. */
import { splitWords } from '../choice/form-values.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { duration } from '../ui/format.ts'
import { differenceInWords } from './address.ts'
import { type Cause, certain, type Failure, placeOf } from './diagnosis.ts'
import { silentCauses, silentNotRegistered } from './failure-background.ts'
import { idTokenCauses } from './failure-id-token.ts'
import { logoutCauses, refusedByProvider } from './failure-refusal.ts'
import { fixAt, fixBy, fixRegistered } from './finding.ts'
import { fixOfName } from './issuer-name.ts'

const again = fixBy('Start the sign-in again from this tab.')

/** @returns no causes when the failure is of another kind */
export function returnCauses(failure: Failure): Cause[] {
  const known = byCode.get(failure.error.code)
  return known ? known(failure) : [...idTokenCauses(failure), ...refusedByProvider(failure)]
}

function redirectUriRefused({ error, facts }: Failure): Cause[] {
  const seen = error.received ?? facts.config.redirectUri
  if (error.expected?.startsWith('post_logout_redirect_uri'))
    return [
      certain(
        'post_logout_redirect_uri_refused',
        'The address after the sign-out cannot be used',
        seen,
        'It has to be a whole address, with https and the name of the host, and without a fragment.',
        fixBy(
          'Leave post_logout_redirect_uri out of the configuration: the app then takes its own start page.',
        ),
      ),
    ]
  return [
    certain(
      'redirect_uri_fragment',
      'The redirect address cannot be used',
      seen,
      'A redirect address must not contain a fragment (RFC 6749 §3.1.2), and has to be the callback page of this app: nowhere else would a sign-in be finished.',
      fixBy(
        'Leave redirect_uri out of the configuration: the app then takes its own, which ends with /callback.',
      ),
    ),
  ]
}

const secretRefused = ({ error }: Failure): Cause[] => [
  certain(
    'config_secret_forbidden',
    'The configuration holds a secret, so this app refused to send anything',
    error.expected ?? 'client_secret',
    'This refusal comes from this app and not from the provider: no request has left. Everybody who opens the page could read the secret.',
    fixBy('Take it out of the configuration, and register a public client.'),
  ),
]

/** Stuck point 18. */
const stateUnknown = ({ facts }: Failure): Cause[] => [
  {
    code: 'state_of_another_tab',
    likelihood: 'likely',
    title: 'This tab did not start this sign-in',
    seen: 'nothing is stored here under this state',
    why: 'It began in another tab, another browser or a private window, or the storage was cleared. A link to the callback from a bookmark or a mail does the same.',
    fix: again,
  },
  {
    code: 'state_of_another_origin',
    likelihood: 'possible',
    title: 'It began on another origin',
    seen: `this page is ${facts.origin}`,
    why: 'http and https, with and without www, another port, localhost and 127.0.0.1: each has storage of its own.',
    fix: fixAt('Open the app under the address that is registered.', placeOf(facts, 'redirect')),
  },
]

/** Stuck point 19. */
const usedBefore = (): Cause[] => [
  certain(
    'callback_replayed',
    'This callback has been used before',
    'its state was taken already',
    'A reload, the Back button or a bookmark showed the callback again. A code works once. This app takes it out of the address bar, so an old entry of the history or a copied address is the cause.',
    again,
  ),
]

const tooSlow = ({ facts }: Failure): Cause[] => [
  certain(
    'sign_in_too_slow',
    'The sign-in took too long',
    facts.transactionAge === null ? 'the age is not known' : `${duration(facts.transactionAge)} ago`,
    'What was kept for it is thrown away after ten minutes.',
    again,
  ),
]

const stateChanged = (): Cause[] => [
  certain(
    'state_changed',
    'The answer does not carry the state that was sent',
    'state differs or is missing',
    'The provider or a proxy drops or changes it, or the link was made by someone else. Nothing of it was used.',
    again,
  ),
]

const popupBlocked = (): Cause[] => [
  certain(
    'popup_blocked',
    'The browser did not open the window',
    'popup blocked',
    'Browsers open a window only in direct answer to a press.',
    fixBy('Allow popups for this page, or sign in in this tab.'),
  ),
]

/** Stuck point 21. */
const openerSevered = ({ error }: Failure, likelihood: Cause['likelihood']): Cause => ({
  code: 'popup_opener_severed',
  likelihood,
  title: 'The provider cut the tie to the sign-in window',
  seen: error.code,
  why: 'It sends Cross-Origin-Opener-Policy. Then window.opener is null, and the window looks closed at once. This app listens on a channel of its own besides, so a window that was finished is still heard.',
  fix: fixBy('Finish the sign-in in the window, or sign in in this tab.'),
})

const windowGone = (failure: Failure): Cause[] => [
  silentNotRegistered(failure, 'popup'),
  openerSevered(failure, 'possible'),
]

/** Stuck point 6. */
const insecureContext = ({ facts }: Failure): Cause[] => [
  certain(
    'insecure_context',
    'This page is not in a secure context',
    facts.origin,
    'Browsers hide Web Crypto on plain http except localhost. The provider is not to blame.',
    fixBy('Serve the app over https, or open it as http://localhost.'),
  ),
]

const noWebCrypto = (): Cause[] => [
  certain(
    'web_crypto_unavailable',
    'This browser has no Web Crypto',
    'crypto.subtle is missing',
    'The app needs it to make the challenge and to verify signatures. Browsers hide it on plain http except localhost, and some extensions and embedded browsers take it away. The provider is not to blame.',
    fixBy('Use a current browser, and open the app over https or on localhost.'),
  ),
]

function issuerDiffers({ error, facts }: Failure): Cause {
  const named = error.received ?? ''
  if (/\{\w+\}/.test(named))
    return certain(
      'issuer_tenant_template',
      'This address stands for many tenants',
      named,
      'The issuer in the document is a pattern with a hole in it, so it can never equal an address.',
      fixBy('Put the id of your tenant in place of common or organizations.'),
    )
  return certain(
    'discovery_issuer_mismatch',
    'The discovery document names another issuer',
    named,
    differenceInWords(facts.config.issuer, named),
    fixOfName(facts.config.issuer, named),
  )
}

/** Stuck point 12: a provider must not redirect to an address that it does not know. */
function abandoned({ error, facts }: Failure): Cause[] {
  const away = error.hints?.find(each => each.startsWith('seconds_away:'))?.split(':')[1]
  const known = facts.preset.errors.find(each => each.place === 'redirect')
  return [
    {
      code: 'redirect_uri_not_registered',
      likelihood: 'likely',
      title: 'The redirect address is probably not registered',
      seen: `${facts.config.redirectUri}${away === undefined ? '' : `, ${away} s away`}`,
      why: `The browser left for ${facts.preset.id === 'any' ? 'the provider' : facts.preset.name} and came back without an answer. That is what an unregistered address looks like: the provider must not send anybody there, so it shows an error page of its own${known ? `, which says "${known.code}"` : ''}.`,
      fix: fixRegistered(
        'Register exactly this address. Scheme, host, port, path and slash all count.',
        placeOf(facts, 'redirect'),
        facts.config.redirectUri,
      ),
    },
    {
      code: 'sign_in_given_up',
      likelihood: 'possible',
      title: 'The sign-in was given up',
      seen: 'no answer came',
      why: 'Somebody pressed Back or closed the page of the provider.',
      fix: again,
    },
    {
      code: 'client_id_unknown',
      likelihood: 'possible',
      title: 'The provider does not know the client id',
      seen: facts.config.clientId,
      why: 'It shows an error page of its own then, too.',
      fix: fixBy('Compare the client id with the console, letter by letter.'),
    },
    ...(asksConsent(facts.config) ? [consentNotAllowed] : []),
  ]
}

/** OpenID Connect Core 1.0 §11 wants it, unless the person's consent is known otherwise. */
const asksConsent = ({ scope, extraAuthorizationParams }: ClientConfig) =>
  splitWords(scope).includes('offline_access') && extraAuthorizationParams['prompt'] === undefined

const consentNotAllowed: Cause = {
  code: 'consent_not_allowed',
  likelihood: 'possible',
  title: 'The person may not give consent there',
  seen: 'prompt=consent, because of offline_access',
  why: 'Some providers let administrators alone consent, Entra ID as "Need admin approval" (AADSTS90094), and show it again although one has.',
  fix: fixBy('Put prompt=select_account under Extra parameters: it goes instead of prompt=consent.'),
}

const silent = (failure: Failure): Cause[] => silentCauses(failure, failure.error.code)

type Causes = (failure: Failure) => Cause[]

const byCode: ReadonlyMap<string, Causes> = new Map<string, Causes>([
  ['config_invalid_redirect_uri', redirectUriRefused],
  ['config_secret_forbidden', secretRefused],
  ['insecure_context', insecureContext],
  ['web_crypto_unavailable', noWebCrypto],
  ['discovery_issuer_mismatch', failure => [issuerDiffers(failure)]],
  ['authorization_abandoned', abandoned],
  ['auth_response_state_unknown', stateUnknown],
  ['auth_response_already_used', usedBefore],
  ['auth_response_transaction_expired', tooSlow],
  ['auth_response_state_missing', stateChanged],
  ['auth_response_state_mismatch', stateChanged],
  ['popup_blocked', popupBlocked],
  ['popup_opener_severed', failure => [openerSevered(failure, 'likely')]],
  ['popup_closed', windowGone],
  ['popup_timeout', windowGone],
  ['silent_interaction_required', silent],
  ['silent_third_party_cookies_blocked', silent],
  ['silent_timeout', silent],
  ['silent_frame_blocked', silent],
  ['logout_not_returned', logoutCauses],
  ['logout_endpoint_missing', logoutCauses],
])
