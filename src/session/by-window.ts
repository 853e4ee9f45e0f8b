/** A sign-in in a document beside the page, a hidden frame or a popup, that ends at `silent-callback.html`. */
import type { SignInWish } from '../oauth/authorization-request.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { finishSignIn, receiveCallback } from './callback.ts'
import type { Grant } from './grant.ts'
import type { CallbackWindow } from './ports.ts'
import type { Means } from './server.ts'
import { prepareSignIn, releaseAddress, silentCallback } from './sign-in.ts'
import { newFlow } from './wire.ts'

export interface ByWindow {
  readonly via: 'frame' | 'popup'
  readonly purpose: 'sign_in' | 'restore'
  /** Who is signed in already: another person is refused. */
  readonly known: Grant | null | undefined
  readonly open: (url: string, state: string) => CallbackWindow
  /** Milliseconds, and the error when no answer has come by then. */
  readonly patience: number
  readonly late: OAuthErrorDetails
  /** The answer is here; the code is not spent yet. */
  readonly onAnswer?: (() => void) | undefined
}

/** Nobody listens to the window afterwards, and a frame is gone. @throws OAuthError `late`, or any refusal of a sign-in */
export async function signInByWindow(
  means: Means,
  config: ClientConfig,
  wish: SignInWish,
  { via, purpose, known, open, patience, late, onAnswer }: ByWindow,
): Promise<Grant> {
  const flow = newFlow(purpose)
  const inWindow = { ...config, redirectUri: silentCallback(means) }
  const subject = known?.claims.sub
  const leaving = await prepareSignIn(means, inWindow, wish, { flow, via, purpose, subject })
  const url = await releaseAddress(means, flow, via, leaving)
  const opened = open(url, leaving.transaction.state)
  let cancel = () => {}
  const timeout = new Promise<never>((_, reject) => {
    cancel = means.ports.after(patience, () => reject(means.wire.stop(flow, 'authorization_request', late)))
  })
  try {
    // The clock does not run while the answer is held.
    const query = await Promise.race([opened.answer, timeout]).finally(() => cancel())
    onAnswer?.()
    const callback = await receiveCallback(means, flow, via, inWindow.redirectUri + query)
    const grant = await finishSignIn(means, flow, callback, leaving.transaction, leaving.dpop)
    return { ...grant, config }
  } finally {
    opened.close()
  }
}
