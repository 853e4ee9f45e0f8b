/**
 * The client: one per page. The tokens live in this closure and leave it only in an Authorization header or a
 * request body; what anybody else may know is in the store.
 */
import type { SignInWish } from '../oauth/authorization-request.ts'
import { callbackParameters } from '../oauth/authorization-response.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { OAuthError, type OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { authorizedFetch, toResponse } from './authorized-fetch.ts'
import { finishSignIn, receiveCallback } from './callback.ts'
import { type Grant, remainingLife } from './grant.ts'
import type { Ports } from './ports.ts'
import { loadProfile } from './profile-loader.ts'
import { createRenewer } from './refresh.ts'
import {
  clearRedirectTried,
  frameSaysNothing,
  markRedirectTried,
  readHint,
  restorePlan,
  signInByFrame,
  writeHint,
} from './restore.ts'
import { createServerKnowledge } from './server.ts'
import { asOAuthError, prepareSignIn, releaseAddress } from './sign-in.ts'
import { leaveForEndSession, noteReturnFromEndSession, revokeTokens, startSignOut } from './sign-out.ts'
import { createSessionStore, type Renewal, type SessionStore, signedOutState } from './store.ts'
import { createTabs } from './tabs.ts'
import {
  dropTransactions,
  finishedReturnTo,
  keepTransaction,
  markFinished,
  safeReturnTo,
  takeAbandoned,
  takeTransaction,
} from './transaction.ts'
import { createWire, type Flow, newFlow } from './wire.ts'

export interface ClientOptions {
  /** Read when it is needed: a callback needs it not, its configuration was kept with the transaction. */
  readonly config: () => Promise<ClientConfig>
  readonly ports: Ports
}

export interface Boot {
  /** The address as it was on arrival; the address bar is clean by now. */
  readonly url: string
  /** The page shows something only for a signed-in person. */
  readonly isProtected: boolean
}

export interface Client {
  readonly store: SessionStore
  /** Finishes a callback or finds the session again. Resolves with the path to go to, null to stay. Never rejects. */
  boot(boot: Boot): Promise<string | null>
  /** Asks for metadata and keys before they are needed, so that the click does not wait. */
  prepare(): Promise<void>
  /** Leaves for the provider. Failures end in `store.error`. */
  signIn(wish?: SignInWish): Promise<void>
  /** Call it inside the click. Failures end in `store.error`, `popup_blocked` among them. */
  signInWithPopup(wish?: SignInWish): Promise<void>
  signOut(): Promise<void>
  /** Renews now. @throws OAuthError */
  renew(): Promise<void>
  /** `fetch` with the access token, see `authorized-fetch.ts`. @throws OAuthError */
  fetch(url: string, init?: RequestInit): Promise<Response>
  loadProfile(): Promise<void>
  /** Forgets an error that was shown. */
  dismissError(): void
  /** Ends timers and listeners; for tests and hot replacement. */
  stop(): void
}

export function createClient({ config, ports }: ClientOptions): Client {
  const store = createSessionStore()
  const wire = createWire(ports)
  const servers = createServerKnowledge(ports, wire)
  const tabs = createTabs(ports)
  let grant: Grant | null = null

  const renewer = createRenewer({
    ports,
    wire,
    servers,
    grant: () => grant,
    keep: renewed => {
      grant = renewed
      showGrant(renewed)
      store.setState(({ renewals }) => ({ renewals: renewals + 1 }))
    },
    silently,
    end: error =>
      forget(
        {
          ...error,
          code: /^(refresh_id|silent_|id_token)/.test(error.code) ? error.code : 'session_expired',
        },
        error.code,
      ),
    show: (renewal: Renewal, renewAt) =>
      store.setState(({ accessToken }) => ({
        renewal,
        accessToken: accessToken && { ...accessToken, renewAt },
      })),
  })

  function silently(known: Grant): Promise<Grant> {
    if (known.config.restore !== 'frame' || readHint(ports)?.frame === 'blind')
      return Promise.reject(
        new OAuthError({
          code: 'silent_interaction_required',
          expected: 'a refresh token, or a frame that sees the provider',
          received: 'neither',
          issuer: known.config.issuer,
        }),
      )
    return signInByFrame(ports, wire, servers, known.config, known)
  }

  function showGrant(next: Grant): void {
    const { config: used, tokens, claims, scope, signedInAt, receivedAt } = next
    store.setState({
      status: 'signed_in',
      issuer: used.issuer,
      clientId: used.clientId,
      claims,
      scope,
      signedInAt,
      accessToken: {
        receivedAt,
        expiresAt: tokens.expiresIn === null ? null : receivedAt + tokens.expiresIn * 1000,
        renewAt: null,
      },
      hasRefreshToken: tokens.refreshToken !== null,
      tokenType: tokens.tokenType,
      error: null,
    })
  }

  function begin(next: Grant, flow: Flow, reason: string): void {
    grant = next
    renewer.stop()
    showGrant(next)
    store.setState({ renewals: 0 })
    const hint = readHint(ports)
    writeHint(ports, {
      issuer: next.config.issuer,
      clientId: next.config.clientId,
      frame: reason === 'hidden frame' ? 'works' : (hint?.frame ?? 'unknown'),
    })
    clearRedirectTried(ports)
    wire.tell(flow, { kind: 'session_changed', status: 'signed_in', reason })
    tabs.announce({
      type: 'signed_in',
      issuer: next.config.issuer,
      clientId: next.config.clientId,
      sub: next.claims.sub,
    })
    renewer.plan()
    void profile()
  }

  /** Drops everything secret at once; the next paint shows nobody. */
  function forget(error: OAuthErrorDetails | null, reason: string): void {
    const had = grant
    grant = null
    renewer.stop()
    store.setState({ ...signedOutState, error }, true)
    if (had)
      wire.tell({ id: had.flow, type: 'sign_out' }, { kind: 'session_changed', status: 'signed_out', reason })
  }

  const profile = (): Promise<void> => loadProfile({ store, wire, renewer, grant: () => grant })

  function fail(error: unknown, returnTo?: string): void {
    const { details } = asOAuthError(error)
    store.setState({
      ...(grant ? {} : signedOutState),
      status: grant ? 'signed_in' : 'signed_out',
      error: { ...details, returnTo: details.returnTo ?? returnTo },
    })
  }

  async function signIn(wish: SignInWish = {}, purpose: 'sign_in' | 'restore' = 'sign_in'): Promise<void> {
    if (store.getState().status === 'signing_in') return
    store.setState({ status: 'signing_in', error: null })
    try {
      const flow = newFlow(purpose)
      const leaving = await prepareSignIn(ports, wire, servers, await config(), wish, {
        flow,
        via: 'redirect',
        purpose,
        subject: purpose === 'sign_in' && wish.moreScope !== undefined ? grant?.claims.sub : undefined,
      })
      keepTransaction(ports, leaving.transaction)
      ports.navigate({
        url: await releaseAddress(ports, wire, flow, 'redirect', leaving.url),
        method: 'GET',
        body: null,
      })
    } catch (error) {
      fail(error, safeReturnTo(ports, wish.returnTo))
    }
  }

  async function finishCallback(url: string): Promise<string | null> {
    const state = callbackParameters(url).query.get('state')
    const finished = state === null ? null : finishedReturnTo(ports, state)
    const transaction = state === null ? null : takeTransaction(ports, state)
    if (!transaction && finished !== null) {
      // Reload or Back on a callback that was finished: the session decides, not the spent code.
      await restore(await config(), true, finished)
      return finished
    }
    const flow: Flow = {
      id: transaction?.flow ?? newFlow('sign_in').id,
      type: transaction?.purpose ?? 'sign_in',
    }
    try {
      const key =
        transaction?.dpopThumbprint === undefined ? null : await ports.takeKey(transaction.dpopThumbprint)
      const received = await receiveCallback(ports, wire, flow, 'redirect', url)
      begin(await finishSignIn(ports, wire, servers, flow, received, transaction, key), flow, 'redirect')
      if (transaction?.purpose === 'restore') noteBlindFrame()
      markFinished(ports, state ?? '', transaction?.returnTo ?? '')
      return transaction?.returnTo ?? null
    } catch (error) {
      const quiet =
        transaction?.purpose === 'restore' && asOAuthError(error).code === 'silent_interaction_required'
      if (state !== null && transaction) markFinished(ports, state, transaction.returnTo)
      if (quiet) {
        writeHint(ports, null)
        store.setState({ ...signedOutState })
        return transaction.returnTo
      }
      fail(error, transaction?.returnTo)
      return null
    }
  }

  /** The top-level redirect found what a frame did not: do not ask a frame again. */
  function noteBlindFrame(): void {
    const hint = readHint(ports)
    if (hint) writeHint(ports, { ...hint, frame: 'blind' })
  }

  async function restore(used: ClientConfig, isProtected: boolean, returnTo: string): Promise<void> {
    const plan = restorePlan(ports, used, isProtected)
    if (plan.frame) {
      try {
        const found = await signInByFrame(ports, wire, servers, used, null)
        begin(found, { id: found.flow, type: 'restore' }, 'hidden frame')
        return
      } catch (error) {
        if (!frameSaysNothing(error)) return fail(error, returnTo)
      }
    }
    if (plan.redirect && markRedirectTried(ports)) {
      store.setState({ status: 'signed_out' })
      return signIn({ prompt: 'none', returnTo }, 'restore')
    }
    store.setState({ ...signedOutState })
  }

  const stopListening = [
    tabs.listen(news => {
      const { issuer, clientId } = store.getState()
      if (news.issuer !== issuer || news.clientId !== clientId || !grant) return
      if (news.type === 'signed_out') forget(null, 'another tab signed out')
      else if (news.sub !== null && news.sub !== grant.claims.sub)
        forget(
          {
            code: 'silent_subject_changed',
            expected: 'the same person',
            received: 'another person signed in',
            issuer,
          },
          'another person signed in',
        )
    }),
    ports.onWakeUp(reason => {
      if (reason === 'pageshow' || reason === 'visible') {
        if (tabs.missedSignOut() && grant) forget(null, 'another tab signed out')
      }
      const { status } = store.getState()
      // Back from the provider without an answer: the page was frozen while it was leaving.
      if (reason === 'pageshow' && (status === 'signing_in' || status === 'signing_out'))
        store.setState({ status: grant ? 'signed_in' : 'signed_out' })
      renewer.look(reason)
    }),
  ]

  return {
    store,
    async boot({ url, isProtected }) {
      const { pathname, search, hash } = new URL(url)
      try {
        if (pathname === `${ports.basePath}callback`) {
          if (/[?&#](code|state|error|access_token|id_token)=/.test(search + hash))
            return await finishCallback(url)
          await restore(await config(), true, safeReturnTo(ports, undefined))
          return store.getState().status === 'signed_in' ? safeReturnTo(ports, undefined) : ports.basePath
        }
        const returned = noteReturnFromEndSession(ports, wire, url)
        const abandoned = takeAbandoned(ports)
        await restore(await config(), isProtected && !returned, pathname + search + hash)
        if (abandoned && store.getState().status === 'signed_out')
          store.setState({
            error: {
              code: 'authorization_abandoned',
              expected: 'an answer from the provider',
              received: 'none',
              returnTo: abandoned.returnTo,
              hints: [`seconds_away:${Math.round((ports.now() - abandoned.startedAt) / 1000)}`],
            },
          })
      } catch (error) {
        fail(error)
      }
      return null
    },
    async prepare() {
      const { issuer } = await config()
      await servers.get(issuer, newFlow('prepare'))
    },
    signIn: wish => signIn(wish),
    async signInWithPopup(wish = {}) {
      const popup = ports.openPopup()
      if (!popup)
        return fail(
          new OAuthError({ code: 'popup_blocked', expected: 'a window', received: 'the browser blocked it' }),
        )
      const { signInByPopup } = await import('./popup.ts')
      store.setState({ status: 'signing_in', error: null })
      try {
        const { grant: found, flow } = await signInByPopup(ports, wire, servers, await config(), wish, popup)
        begin(found, flow, 'popup')
      } catch (error) {
        fail(error)
      }
    },
    async signOut() {
      const leaving = grant
      if (!leaving) return
      store.setState({ status: 'signing_out' })
      const flow = startSignOut(wire, leaving)
      const used = await renewedForGoodbye(leaving)
      await revokeTokens(ports, wire, used, flow)
      writeHint(ports, null)
      dropTransactions(ports)
      tabs.announce({
        type: 'signed_out',
        issuer: used.config.issuer,
        clientId: used.config.clientId,
        sub: null,
      })
      forget(null, 'sign-out')
      store.setState({ status: 'signing_out' })
      const left = await leaveForEndSession(ports, wire, used, flow)
      if (!left) store.setState({ status: 'signed_out', warnings: ['logout_endpoint_missing'] })
    },
    async renew() {
      await renewer.renew()
    },
    async fetch(url, init) {
      return toResponse(await authorizedFetch(wire, renewer, new URL(url, ports.origin).href, init))
    },
    loadProfile: profile,
    dismissError: () => store.setState({ error: null }),
    stop() {
      renewer.stop()
      for (const stop of stopListening) stop()
    },
  }

  /** A renewal that is under way is waited for, so that the token it brings is handed back too (T13). */
  async function renewedForGoodbye(leaving: Grant): Promise<Grant> {
    if (store.getState().renewal !== 'renewing' || remainingLife(leaving, ports) === 0) return leaving
    return Promise.race([
      renewer.renew().catch(() => leaving),
      new Promise<Grant>(resolve => ports.after(2_000, () => resolve(leaving))),
    ])
  }
}
