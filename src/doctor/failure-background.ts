/** Failures of what a person does not look at: the hidden frame, and the window that comes back by the same page. Stuck points 12, 22. */
import { silentAddress } from '../presets/place.ts'
import { type Cause, type Failure, placeOf } from './diagnosis.ts'
import { fixBy, fixBySignIn, fixRegistered } from './finding.ts'

/** @param code of the frame that got nowhere: `silent_*` */
export function silentCauses(failure: Failure, code: string): Cause[] {
  if (code === 'silent_timeout')
    return [
      silentNotRegistered(failure, 'frame'),
      framingForbidden('possible', code),
      cookiesHidden(failure, code),
    ]
  if (code === 'silent_frame_blocked') return [framingForbidden('likely', code)]
  const { protocolError } = failure.error
  if (/^(interaction|consent|account_selection)_required$/.test(protocolError ?? ''))
    return [hasQuestion(protocolError ?? '')]
  if (failure.facts.inFrame === false) return [signedOutThere(protocolError ?? code)]
  return [cookiesHidden(failure, code)]
}

/** Stuck point 12, where nobody sees the error page, or where the window of the sign-in shows it. */
export function silentNotRegistered({ facts }: Failure, via: 'frame' | 'popup'): Cause {
  const address = silentAddress(facts.config.redirectUri)
  const where = via === 'frame' ? 'a hidden frame' : 'a window of its own'
  return {
    code: 'silent_callback_not_registered',
    likelihood: 'likely',
    title: 'The second redirect address is probably not registered',
    seen: address,
    why: `A sign-in in ${where} comes back to another page of this app than a sign-in in the tab. The provider must not send anybody to an address that it does not know, so it shows an error page of its own${via === 'frame' ? ', which nobody sees, and the app waits' : ' in that window'}.`,
    fix: fixRegistered(
      'Register exactly this address beside the other one.',
      placeOf(facts, 'redirect'),
      address,
      'the silent redirect address',
    ),
  }
}

/** Stuck point 22. */
const cookiesHidden = ({ error, facts }: Failure, code: string): Cause => ({
  code: 'silent_cookies_hidden',
  // A provider that sees no cookie answers at once: a wait speaks against this.
  likelihood: facts.inFrame && code !== 'silent_timeout' ? 'likely' : 'possible',
  title: 'The browser hid the provider’s cookie inside the frame',
  seen: error.protocolError ?? code,
  why: 'Several browsers hide the cookies of other sites inside frames, so the provider answers login_required although the person is signed in. A top-level redirect still works.',
  fix: byRedirect('Restore by redirect, or give app and provider one parent domain.'),
})

/** The whole tab asked, where no browser hides a cookie. */
const signedOutThere = (seen: string): Cause => ({
  code: 'silent_signed_out',
  likelihood: 'likely',
  title: 'The provider has no session for this browser',
  seen,
  why: 'It was asked to answer without a page, and nobody is signed in there: the session ended, or somebody signed out.',
  fix: fixBySignIn('Sign in again.'),
})

/** It saw its cookie: who is not known cannot be asked for consent. */
const hasQuestion = (seen: string): Cause => ({
  code: 'silent_question',
  likelihood: 'likely',
  title: 'The provider has a question for the person',
  seen,
  why: 'It knew who is there, and wants something that needs a page: consent, a choice of the account, a further step.',
  fix: fixBySignIn(
    'Sign in again and answer. If it asks each time, let the provider remember the consent, or ask none for this client.',
  ),
})

const framingForbidden = (likelihood: Cause['likelihood'], code: string): Cause => ({
  code: 'silent_framing_forbidden',
  likelihood,
  title: 'The provider does not let itself be framed',
  seen: code,
  why: 'It forbids frames even for an answer without a page, or it shows a page where it should answer. The browser then shows nothing inside the hidden frame, and no script can tell.',
  fix: byRedirect('Restore by redirect: it needs no frame.'),
})

const byRedirect = (text: string) =>
  fixBy(text, { field: 'restore', value: 'redirect', label: 'Restore by redirect' })
