/** What a page load means: a callback to finish, something that was left open, or nothing. */
import type { SignInWish } from '../oauth/authorization-request.ts'
import { callbackParameters } from '../oauth/authorization-response.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { finishSignIn, needsInteraction, receiveCallback } from './callback.ts'
import type { Boot } from './client.ts'
import type { Grant } from './grant.ts'
import { pendingSignOutKey, readHint, writeHint } from './hint.ts'
import type { Means } from './server.ts'
import { type SessionStore, signedOutState } from './store.ts'
import { signOutsOf } from './tabs.ts'
import { finishedReturnTo, markFinished, safeReturnTo, sentAwayKey, takeTransaction } from './transaction.ts'
import { type Flow, randomId } from './wire.ts'

/** What the client lends to an arrival. */
export interface Arriving extends Means {
  readonly config: () => Promise<ClientConfig>
  readonly store: SessionStore
  /** @param since sign-outs there had been when the answer came; none since the page was loaded, when it is not given */
  readonly begin: (
    grant: Grant,
    reason: 'redirect' | 'popup' | 'hidden frame',
    since?: number,
  ) => Promise<void>
  /** A sign-in that was overtaken by a sign-out: nobody is signed in, and its tokens are handed back. */
  readonly discard: (grant: Grant) => void
  readonly fail: (error: unknown, returnTo?: string) => void
  readonly signIn: (wish: SignInWish, purpose: 'restore') => Promise<void>
}

/** Resolves with the path to go to, null to stay. @throws OAuthError of the configuration */
export async function arrive(boot: Boot, arriving: Arriving): Promise<string | null> {
  const { ports, store } = arriving
  const { pathname, search, hash } = new URL(boot.url)
  const start = safeReturnTo(ports, undefined)
  if (pathname === `${ports.basePath}callback`) {
    if (/[?&#](code|state|error|access_token|id_token)=/.test(search + hash))
      return finishCallback(boot.url, arriving)
    // A reload in the middle: the address is clean already, the session decides.
    await restore(arriving, start)
    return store.getState().status === 'signed_in' ? start : ports.basePath
  }
  const isMarked = [pendingSignOutKey, sentAwayKey].some(key => ports.sessionStorage.get(key))
  if (isMarked || readHint(ports)) await (await import('./page-arrival.ts')).arriveAtPage(boot, arriving)
  else store.setState(signedOutState)
  return null
}

async function finishCallback(url: string, arriving: Arriving): Promise<string | null> {
  const { ports, store, begin, discard, fail } = arriving
  // Nothing is kept under no state.
  const state = callbackParameters(url).query.get('state') ?? ''
  const transaction = takeTransaction(ports, state)
  const returnTo = transaction?.returnTo ?? finishedReturnTo(ports, state)
  store.setState({ returnTo })
  if (!transaction && returnTo !== null) {
    // Reload or Back on a callback that was finished is a success: the session decides, not the spent code.
    await restore(arriving, returnTo)
    return returnTo
  }
  const isRestore = transaction?.purpose === 'restore'
  const flow: Flow = {
    id: transaction?.flow ?? randomId(),
    type: transaction?.purpose ?? 'sign_in',
  }
  try {
    const thumbprint = transaction?.dpopThumbprint
    const key = thumbprint ? await ports.takeKey(thumbprint) : null
    const received = await receiveCallback(arriving, flow, 'redirect', url)
    const grant = await finishSignIn(arriving, flow, received, transaction, key)
    // Somebody signed out in another tab while nobody was asked here (LOUT-08).
    if (isRestore && transaction.signOuts !== signOutsOf(ports)) discard(grant)
    else await begin(grant, 'redirect')
    return returnTo
  } catch (error) {
    if (isRestore && needsInteraction(error)) {
      writeHint(ports, null)
      store.setState(signedOutState)
      return returnTo
    }
    fail(error, transaction?.returnTo)
    return null
  } finally {
    if (transaction) markFinished(ports, state, transaction.returnTo)
  }
}

/** Only where somebody was signed in there is something to find. */
async function restore(arriving: Arriving, returnTo: string): Promise<void> {
  const { ports, store } = arriving
  if (readHint(ports) === null) store.setState(signedOutState)
  else await (await import('./restore.ts')).restoreSession(arriving, true, returnTo)
}
