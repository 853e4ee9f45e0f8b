/** A page load that is no callback: a sign-out that came back, a session to find again, a sign-in that never came back. */
import type { Arriving } from './arrival.ts'
import type { Boot } from './client.ts'
import { pendingSignOutKey } from './hint.ts'
import { type Abandoned, takeAbandoned } from './keep-transaction.ts'
import { restoreSession } from './restore.ts'
import { signedOutState } from './store.ts'
import { noteStranded } from './stranded.ts'

/** @throws OAuthError of the configuration */
export async function arriveAtPage({ url, isProtected }: Boot, arriving: Arriving): Promise<void> {
  const { ports, store, config } = arriving
  const { pathname, search, hash } = new URL(url)
  // The host has no such file and answers with the app: restoring here would open a frame in the frame, without end.
  if (pathname === `${ports.basePath}silent-callback.html`) return store.setState(signedOutState)
  const signedOut = ports.sessionStorage.get(pendingSignOutKey) !== null
  const notReturned =
    signedOut && (await import('./sign-out.ts')).noteReturnFromEndSession(arriving, url, await config())
  const abandoned = takeAbandoned(ports)
  noteRestore(arriving, abandoned)
  // No automatic sign-in undoes a sign-out.
  await restoreSession(arriving, isProtected && !signedOut, pathname + search + hash)
  if (notReturned) store.setState({ error: notReturned })
  tellAbandoned(arriving, abandoned)
}

/** Back from the provider on a page that was kept alive. A sign-in that was begun anew meanwhile keeps its mark. */
export function arriveAgain(arriving: Arriving): void {
  if (arriving.store.getState().status === 'signing_in') return
  const abandoned = takeAbandoned(arriving.ports)
  noteRestore(arriving, abandoned)
  tellAbandoned(arriving, abandoned)
}

/** Nobody clicked, so nobody is told; the next page load knows. */
function noteRestore(arriving: Arriving, abandoned: Abandoned | null): void {
  if (abandoned?.hasLeft && abandoned.transaction.purpose === 'restore')
    noteStranded(arriving, abandoned.transaction)
}

/** The person is here again, and the provider's answer is not. */
function tellAbandoned({ ports, wire, store }: Arriving, abandoned: Abandoned | null): void {
  if (abandoned?.transaction.purpose !== 'sign_in' || store.getState().status !== 'signed_out') return
  const { transaction, hasLeft } = abandoned
  const flow = { id: transaction.flow, type: 'sign_in' } as const
  if (!hasLeft) {
    wire.stop(flow, 'authorization_request', { code: 'message_dropped' })
    return
  }
  const seconds = Math.round((ports.now() - transaction.startedAt) / 1000)
  const error = {
    code: 'authorization_abandoned',
    expected: 'an answer from the provider',
    received: 'none',
    issuer: transaction.config.issuer,
    returnTo: transaction.returnTo,
    hints: [`seconds_away:${seconds}`],
  }
  wire.stop(flow, 'authorization_response', error)
  store.setState({ error })
}
