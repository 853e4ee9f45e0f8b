/** Sign-in in a popup; the answer comes by BroadcastChannel, so a provider that cuts the opener does no harm (WEB-08). */
import type { SignInWish } from '../oauth/authorization-request.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import { signInByWindow } from './by-window.ts'
import type { Grant } from './grant.ts'
import type { Popup } from './ports.ts'
import type { Means } from './server.ts'
import { withGranted } from './sign-in.ts'
import { transactionLife } from './transaction.ts'

export interface PopupOptions {
  /** The person who is signed in while more is asked. */
  readonly known?: Grant | null
  /** Resolves when nobody waits any more. */
  readonly givenUp?: Promise<void>
  /** The answer is here; the code is not spent yet. */
  readonly onAnswer?: () => void
}

/**
 * @param popup null when the browser blocked it (WEB-09); whoever opened it closes it
 * @throws OAuthError `popup_blocked`, `popup_timeout`, `popup_closed`, or any refusal of a sign-in
 */
export async function signInByPopup(
  means: Means,
  config: ClientConfig,
  wish: SignInWish,
  popup: Popup | null,
  { known, givenUp, onAnswer }: PopupOptions = {},
): Promise<Grant> {
  if (!popup)
    throw new OAuthError({ code: 'popup_blocked', expected: 'a window', received: 'the browser blocked it' })
  // More is asked where they are signed in, whatever is configured now.
  const signedIn = signInByWindow(means, known?.config ?? config, withGranted(wish, known), {
    via: 'popup',
    purpose: 'sign_in',
    known,
    open: popup.go,
    patience: transactionLife,
    late: { code: 'popup_timeout', expected: 'an answer within 10 minutes', received: 'none' },
    onAnswer,
  })
  if (!givenUp) return signedIn
  const closed = { code: 'popup_closed', expected: 'an answer', received: 'none' }
  return Promise.race([
    signedIn,
    givenUp.then(() => {
      throw new OAuthError(closed)
    }),
  ])
}
