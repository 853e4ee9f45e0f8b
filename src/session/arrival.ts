/** What a page load means: a callback to finish, a sign-out that came back, a session to find again, or nothing. */
import type { SignInWish } from '../oauth/authorization-request.ts'
import { callbackParameters } from '../oauth/authorization-response.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { asOAuthError } from '../oauth/oauth-error.ts'
import { finishSignIn, receiveCallback } from './callback.ts'
import type { Boot } from './client.ts'
import type { Grant } from './grant.ts'
import { pendingSignOutKey, readHint, writeHint } from './hint.ts'
import type { Ports } from './ports.ts'
import type { ServerKnowledge } from './server.ts'
import { type SessionStore, signedOutState } from './store.ts'
import {
  finishedReturnTo,
  markFinished,
  safeReturnTo,
  takeAbandoned,
  takeTransaction,
} from './transaction.ts'
import { type Flow, newFlow, type Wire } from './wire.ts'

/** What the client lends to an arrival. */
export interface Arriving {
  readonly config: () => Promise<ClientConfig>
  readonly ports: Ports
  readonly wire: Wire
  readonly servers: ServerKnowledge
  readonly store: SessionStore
  readonly begin: (grant: Grant, flow: Flow, reason: 'redirect' | 'hidden frame') => void
  readonly fail: (error: unknown, returnTo?: string) => void
  readonly signIn: (wish: SignInWish, purpose: 'restore') => Promise<void>
}

/** Resolves with the path to go to, null to stay. @throws OAuthError of the configuration */
export async function arrive({ url, isProtected }: Boot, arriving: Arriving): Promise<string | null> {
  const { ports, wire, store, config } = arriving
  const { pathname, search, hash } = new URL(url)
  const start = safeReturnTo(ports, undefined)
  if (pathname === `${ports.basePath}callback`) {
    if (/[?&#](code|state|error|access_token|id_token)=/.test(search + hash))
      return finishCallback(url, arriving)
    // A reload in the middle: the address is clean already, the session decides.
    await restore(arriving, true, start)
    return store.getState().status === 'signed_in' ? start : ports.basePath
  }
  const signedOut = ports.sessionStorage.get(pendingSignOutKey) !== null
  if (signedOut) (await import('./sign-out.ts')).noteReturnFromEndSession(ports, wire, url)
  const abandoned = takeAbandoned(ports)
  await restore(arriving, isProtected && !signedOut, pathname + search + hash)
  if (abandoned && store.getState().status === 'signed_out') {
    const seconds = Math.round((ports.now() - abandoned.startedAt) / 1000)
    const { issuer } = await config()
    store.setState({
      error: {
        code: 'authorization_abandoned',
        expected: 'an answer from the provider',
        received: 'none',
        issuer,
        returnTo: abandoned.returnTo,
        hints: [`seconds_away:${seconds}`],
      },
    })
  }
  return null
}

async function finishCallback(url: string, arriving: Arriving): Promise<string | null> {
  const { ports, wire, servers, store, begin, fail } = arriving
  const state = callbackParameters(url).query.get('state')
  const finished = state === null ? null : finishedReturnTo(ports, state)
  const transaction = state === null ? null : takeTransaction(ports, state)
  if (!transaction && finished !== null) {
    // Reload or Back on a callback that was finished is a success: the session decides, not the spent code.
    await restore(arriving, true, finished)
    return finished
  }
  const isRestore = transaction?.purpose === 'restore'
  const flow: Flow = {
    id: transaction?.flow ?? newFlow('sign_in').id,
    type: isRestore ? 'restore' : 'sign_in',
  }
  try {
    const thumbprint = transaction?.dpopThumbprint
    const key = thumbprint === undefined ? null : await ports.takeKey(thumbprint)
    const received = await receiveCallback(ports, wire, flow, 'redirect', url)
    begin(await finishSignIn(ports, wire, servers, flow, received, transaction, key), flow, 'redirect')
    const hint = readHint(ports)
    // The redirect found what a frame did not: do not ask a frame again.
    if (isRestore && hint) writeHint(ports, { ...hint, frame: 'blind' })
    return transaction?.returnTo ?? null
  } catch (error) {
    if (isRestore && asOAuthError(error).code === 'silent_interaction_required') {
      writeHint(ports, null)
      store.setState({ ...signedOutState })
      return transaction?.returnTo ?? null
    }
    fail(error, transaction?.returnTo)
    return null
  } finally {
    if (state !== null && transaction) markFinished(ports, state, transaction.returnTo)
  }
}

/** Only where somebody was signed in there is something to find. */
async function restore(arriving: Arriving, isProtected: boolean, returnTo: string): Promise<void> {
  const { ports, store } = arriving
  if (readHint(ports) === null) store.setState({ ...signedOutState })
  else await (await import('./restore.ts')).restoreSession(arriving, isProtected, returnTo)
}
