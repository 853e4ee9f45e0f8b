/** Sign-in in a popup; the answer comes by BroadcastChannel, so a provider that cuts the opener does no harm (WEB-08). */
import type { SignInWish } from '../oauth/authorization-request.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import { finishSignIn, receiveCallback } from './callback.ts'
import type { Grant } from './grant.ts'
import type { Popup } from './ports.ts'
import type { Means } from './server.ts'
import { prepareSignIn, releaseAddress, silentCallback } from './sign-in.ts'
import { type Flow, newFlow } from './wire.ts'

/** Milliseconds: as long as a transaction lives. */
const patience = 600_000

export interface PopupOptions {
  /** The person who is signed in while more is asked. */
  readonly known?: Grant | null
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
  { known, onAnswer }: PopupOptions = {},
): Promise<{ grant: Grant; flow: Flow }> {
  const { ports, wire } = means
  const flow = newFlow('sign_in')
  if (!popup)
    throw new OAuthError({ code: 'popup_blocked', expected: 'a window', received: 'the browser blocked it' })
  // More is asked where they are signed in, whatever is configured now.
  const used = known?.config ?? config
  const inPopup = { ...used, redirectUri: silentCallback(means) }
  let cancel = () => {}
  try {
    const leaving = await prepareSignIn(means, inPopup, wish, {
      flow,
      via: 'popup',
      purpose: 'sign_in',
      subject: known?.claims.sub,
    })
    const url = await releaseAddress(means, flow, 'popup', leaving.url)
    const timeout = new Promise<never>((_, reject) => {
      cancel = ports.after(patience, () =>
        reject(
          wire.stop(flow, 'authorization_request', {
            code: 'popup_timeout',
            expected: 'an answer within 10 minutes',
            received: 'none',
          }),
        ),
      )
    })
    const query = await Promise.race([popup.go(url, leaving.transaction.state).answer, timeout])
    cancel()
    onAnswer?.()
    const callback = await receiveCallback(means, flow, 'popup', inPopup.redirectUri + query)
    const grant = await finishSignIn(means, flow, callback, leaving.transaction, leaving.dpop)
    return { grant: { ...grant, config: used }, flow }
  } finally {
    cancel()
  }
}
