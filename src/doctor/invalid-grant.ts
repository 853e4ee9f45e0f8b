/** The six meanings of `invalid_grant` at the code exchange, ranked by what this page knows (stuck points 14, 23, 25). */
import { duration } from '../ui/format.ts'
import { differenceInWords } from './address.ts'
import {
  byLikelihood,
  type Cause,
  type Failure,
  type Likelihood,
  placeOf,
  providerText,
} from './diagnosis.ts'
import { fixAt, fixBy } from './finding.ts'

/** Lives of a code that are common: Authelia and Keycloak one minute, RFC 6749 at most ten. */
const shortLife = 60_000
const longLife = 600_000

export function invalidGrantCauses({ error, facts }: Failure): Cause[] {
  const text = providerText(error)
  const said = (pattern: RegExp) => pattern.test(text)
  return byLikelihood([
    usedTwice(
      { error, facts },
      said(/already (used|redeemed)|been (used|redeemed|consumed)|code not valid/i),
    ),
    tooOld({ error, facts }, said(/expired/i)),
    verifierWrong({ error, facts }, said(/verifier|pkce|code_challenge|code challenge/i)),
    redirectDiffers({ error, facts }, said(/redirect/i)),
    {
      code: 'grant_other_client',
      likelihood: said(/issued to another client|different client|client mismatch/i) ? 'likely' : 'possible',
      title: 'The code belongs to another client',
      seen: facts.config.clientId,
      why: 'A code can be redeemed only by the client that asked for it. This happens when the client id was changed while somebody was away at the provider.',
      fix: fixBy('Sign in again without changing the client id on the way.'),
    },
    {
      code: 'grant_user_disabled',
      likelihood: said(/disabled|locked|not active|account/i) ? 'likely' : 'possible',
      title: 'The account was disabled in between',
      seen: text || 'nothing was said about the account',
      why: 'Some providers look at the account again when the code is redeemed.',
      fix: fixBy('Look at the account in the provider’s console, or try another one.'),
    },
  ])
}

/** What was compared here, and what the provider said; its word counts more than a comparison that found nothing. */
function weigh(happened: boolean | null, said: boolean): Likelihood {
  if (happened) return 'certain'
  if (said) return 'likely'
  return happened === null ? 'possible' : 'ruled_out'
}

function usedTwice({ facts }: Failure, said: boolean): Cause {
  const { exchanges, exchangeGap, development } = facts
  const twice = exchanges !== null && exchanges > 1
  const likelihood = weigh(exchanges === null ? null : twice, said)
  const soon = twice && exchangeGap !== null && exchangeGap < 1_000
  return {
    code: 'grant_code_used_twice',
    likelihood,
    title: 'The code was sent twice',
    seen: twice
      ? `${exchanges} exchanges of one code${exchangeGap === null ? '' : `, ${duration(exchangeGap)} apart`}`
      : exchanges === 1
        ? 'one exchange was sent from here'
        : 'not known how often it was sent',
    why: soon
      ? `You spent the code twice; the second was refused.${development ? ' Development StrictMode runs effects twice.' : ' An effect that ran twice, or a double click, does that.'}`
      : 'A code works once. A reload of the callback page, the Back button or a bookmark sends it again.',
    fix: fixBy(
      'Start the sign-in again. Exchange the code outside of effects, and take it out of the address bar at once.',
    ),
  }
}

function tooOld({ facts }: Failure, said: boolean): Cause {
  const age = facts.codeAge
  const likelihood: Likelihood = said
    ? 'likely'
    : age === null
      ? 'possible'
      : age > longLife
        ? 'certain'
        : age > shortLife
          ? 'likely'
          : 'possible'
  return {
    code: 'grant_code_expired',
    likelihood,
    title: 'The code was too old',
    seen: age === null ? 'the age is not known' : `sent ${duration(age)} after it came`,
    why: 'A code lives for a minute or a few. The time counts from the moment the provider sent it, so a slow page or a computer that slept is enough.',
    fix: fixBy(
      'Sign in again. If it happens often, let codes live longer at the provider, or look at what makes the callback slow.',
    ),
  }
}

function verifierWrong({ facts }: Failure, said: boolean): Cause {
  const fits = facts.verifierFitsChallenge
  return {
    code: 'grant_verifier_wrong',
    likelihood: weigh(fits === null ? null : !fits, said),
    title: 'The verifier does not fit the challenge',
    seen:
      fits === null
        ? 'not compared'
        : fits
          ? 'the hash of the verifier is the challenge that was sent'
          : 'the hash of the verifier is not the challenge that was sent',
    why: fits
      ? 'From here it fits. Then the provider keeps another challenge than the one that was sent: a second sign-in in another tab, or a proxy that changes the address.'
      : 'The verifier stays, the challenge travels. Mixing them up, leaving padding in, or a second start that overwrote the stored verifier does this.',
    fix: fixBy(
      'Sign in again in one tab. The lens shows the verifier, its hash and the challenge beside each other.',
    ),
  }
}

function redirectDiffers({ facts }: Failure, said: boolean): Cause {
  const { redirectUriAsked, redirectUriSent } = facts
  const known = redirectUriAsked !== null && redirectUriSent !== null
  const differs = known && redirectUriAsked !== redirectUriSent
  return {
    code: 'grant_redirect_uri_differs',
    likelihood: weigh(known ? differs : null, said),
    title: 'The redirect address differs between the two requests',
    seen: known
      ? differs
        ? differenceInWords(redirectUriAsked, redirectUriSent, 'The one of the token request')
        : `${redirectUriSent} both times`
      : 'not compared',
    why: 'The token request must repeat the address of the authorization request, character by character.',
    fix: fixAt('Use one and the same address in both.', placeOf(facts, 'redirect')),
  }
}
