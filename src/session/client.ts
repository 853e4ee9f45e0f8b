/**
 * The client: one per page. The tokens live in this closure. They leave it in messages to the provider and the API, and
 * in what `observe` is told of those (`ports.ts`), nowhere else. What anybody may know is in the store.
 * What a callback needs is loaded with this file, the rest beside it.
 */
import type { SignInWish } from '../oauth/authorization-request.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { ServerMetadata } from '../oauth/metadata.ts'
import { asOAuthError, type OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { type Arriving, arrive } from './arrival.ts'
import { type ApiRequest, authorizedFetch, toResponse } from './authorized-fetch.ts'
import { type Grant, isSamePerson } from './grant.ts'
import { clearRedirectTried, readHint, writeHint } from './hint.ts'
import type { Ports } from './ports.ts'
import { loadProfile } from './profile-loader.ts'
import { createRenewal, notLoaded } from './renewal.ts'
import { createServerKnowledge } from './server.ts'
import { createSessionStore, type SessionState, type SessionStore, signedOutState } from './store.ts'
import { createTabs } from './tabs.ts'
import { dropTransactions, safeReturnTo } from './transaction.ts'
import { createWire, newFlow } from './wire.ts'

export interface ClientOptions {
  /** Read when it is needed: a callback does not need it, its configuration was kept with the transaction. */
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
  /** Asks for metadata and keys before they are needed, so that the click does not wait. @throws OAuthError */
  prepare(): Promise<ServerMetadata>
  /** Leaves for the provider. Failures end in `store.error`. */
  signIn(wish?: SignInWish): Promise<void>
  /** Call it inside the click. Failures end in `store.error`, `popup_blocked` among them. */
  signInWithPopup(wish?: SignInWish): Promise<void>
  /**
   * Gives up a sign-in that has not left this page: a popup, since no page can tell a window that was closed from one
   * that a provider has cut off (WEB-08), or a provider that does not answer. It may be begun again. A sign-out that
   * the provider does not answer ends here as well: nobody is signed in any more.
   */
  stopWaiting(): void
  /** Hands the tokens back, forgets them in all tabs, and leaves for the provider's sign-out. Never rejects. */
  signOut(): Promise<void>
  /** Renews now. @throws OAuthError */
  renew(): Promise<void>
  /** `fetch` with the access token, see `authorized-fetch.ts`. @throws OAuthError */
  fetch(url: string, init?: ApiRequest): Promise<Response>
  /** Asks for the profile again; the result and any failure are in the store. Never rejects. */
  loadProfile(): Promise<void>
  /** Forgets an error that was shown, and notes. */
  dismissError(): void
  /** Ends timers and listeners; for tests and hot replacement. */
  stop(): void
}

export function createClient({ config, ports }: ClientOptions): Client {
  const store = createSessionStore()
  const wire = createWire(ports)
  const servers = createServerKnowledge(ports, wire)
  const means = { ports, wire, servers, store }
  const tabs = createTabs(ports)
  let grant: Grant | null = null
  /** Gives up the popup that is open. */
  let giveUp: (() => void) | null = null
  /** Where somebody signed out since the page was loaded, here and in other tabs. */
  const signOuts: string[] = []

  const renewal = createRenewal({
    ...means,
    grant: () => grant,
    keep: renewed => {
      grant = renewed
      showGrant(renewed, { renewals: store.getState().renewals + 1 })
    },
    silently: async (known, isLastResort) =>
      (await import('./restore.ts')).renewByFrame(means, known, isLastResort),
    end: error => forget(error, error.code),
    show: (state, renewAt) =>
      store.setState(({ accessToken }) => ({
        renewal: state,
        accessToken: accessToken && { ...accessToken, renewAt },
      })),
  })

  function showGrant(next: Grant, change: Partial<SessionState>): void {
    const { config: used, tokens, claims, scope, signedInAt, receivedAt } = next
    store.setState({
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
      ...change,
    })
  }

  const begin: Arriving['begin'] = async (next, reason, since = 0) => {
    // LOUT-08: a sign-out, in whichever tab, is not undone by what was on its way.
    if (signOuts.includes(placeOf(next.config), since)) return discard(next)
    if (!isSamePerson(grant, next)) store.setState({ profile: signedOutState.profile })
    grant = { ...next, earlier: grant }
    renewal.stop()
    wire.tell(next.flow, { kind: 'session_changed', status: 'signed_in', reason })
    void profile()
    // Asking is quicker than drawing: two turns of the queue later the request has left, or is held.
    await null
    await null
    showGrant(next, { status: 'signed_in', renewals: 0 })
    // What is kept and told does not hold up who draws.
    await null
    // Whoever drew it may have signed out at once.
    if (signOuts.includes(placeOf(next.config), since)) return
    const { issuer, clientId } = next.config
    const seen = readHint(ports)?.frame ?? 'unknown'
    const found = seen === 'works' || reason === 'hidden frame'
    // A redirect that restored what a frame never did: a frame is not asked again.
    writeHint(ports, {
      issuer,
      clientId,
      frame: found ? 'works' : next.flow.type === 'restore' ? 'blind' : seen,
    })
    clearRedirectTried(ports)
    tabs.announce('signed_in', next.config, next.claims.sub)
    renewal.plan()
  }

  function discard(unwanted: Grant): void {
    if (!grant) forget(null, 'another tab signed out', unwanted)
    import('./sign-out.ts')
      .then(({ revokeTokens }) => revokeTokens(means, unwanted, newFlow('sign_out')))
      .catch(() => {})
  }

  /** Drops everything secret at once; the next paint shows nobody. */
  function forget(error: OAuthErrorDetails | null, reason: string, had = grant): void {
    grant = null
    renewal.stop()
    // A window that is open still keeps its way out.
    store.setState({ ...signedOutState, error, ...(giveUp && { status: 'signing_in' }) }, true)
    if (had)
      wire.tell(
        { id: had.flow.id, type: 'sign_out' },
        { kind: 'session_changed', status: 'signed_out', reason },
      )
  }

  /** The page was leaving, and is here still. A sign-out that still hands back its tokens goes on. */
  function stay(): void {
    if (!giveUp && (grant ? /^signing_in/ : /^signing_/).test(store.getState().status))
      store.setState({ status: grant ? 'signed_in' : 'signed_out' })
  }

  function fail(error: unknown, returnTo?: string): void {
    const shown = { returnTo, ...asOAuthError(error).details }
    store.setState(grant ? { status: 'signed_in', error: shown } : { ...signedOutState, error: shown })
  }

  const profile = (): Promise<void> => loadProfile({ store, wire, renewal, grant: () => grant })

  /** Whoever is signed in while an API wants more stays the one; age and prompt are asked of others as well. */
  const knownFor = ({ moreScope, acrValues }: SignInWish) =>
    (moreScope ?? acrValues) === undefined ? null : grant

  async function signIn(wish: SignInWish = {}, purpose: 'sign_in' | 'restore' = 'sign_in'): Promise<void> {
    if (store.getState().status === 'signing_in') return
    store.setState({ status: 'signing_in', error: null })
    try {
      const { signInByRedirect } = await import('./sign-in.ts').catch(notLoaded)
      await signInByRedirect(means, await config(), wish, purpose, knownFor(wish))
    } catch (error) {
      fail(error, safeReturnTo(ports, wish.returnTo))
    }
  }

  async function signOut(): Promise<void> {
    const leaving = grant
    if (!leaving || store.getState().status === 'signing_out') return
    store.setState({ status: 'signing_out' })
    signOuts.push(placeOf(leaving.config))
    // First, since handing back may take seconds, and a tab may be closed in them (LOUT-08).
    writeHint(ports, null)
    dropTransactions(ports)
    tabs.announce('signed_out', leaving.config, null)
    const goodbye = await import('./sign-out.ts').catch(() => null)
    const flow = newFlow('sign_out')
    const newest = () => grant ?? leaving
    const last = goodbye ? await goodbye.handBack(means, renewal, newest, flow) : leaving
    forget(null, 'sign-out')
    store.setState({ status: 'signing_out' })
    const why = goodbye ? await goodbye.leaveForEndSession(means, last, flow) : 'page_not_loaded'
    // A window that is open still keeps its way out.
    if (why) store.setState({ status: giveUp ? 'signing_in' : 'signed_out', warnings: [why] })
  }

  const arriving: Arriving = { ...means, config, begin, discard, fail, signIn }

  const stopListening = [
    tabs.listen(news => {
      const isSignOut = news.type === 'signed_out'
      if (isSignOut) signOuts.push(placeOf(news))
      if (!grant || placeOf(news) !== placeOf(grant.config)) return
      if (isSignOut) forget(null, 'another tab signed out')
      else if (news.sub !== null && news.sub !== grant.claims.sub)
        forget({ code: 'silent_subject_changed', issuer: news.issuer }, 'another person signed in')
    }),
    ports.onWakeUp(reason => {
      if (tabs.missedSignOut() && grant) forget(null, 'another tab signed out')
      // Back from the provider without an answer: the page was frozen while it was leaving.
      if (reason === 'pageshow') {
        stay()
        import('./page-arrival.ts').then(
          ({ arriveAgain }) => arriveAgain(arriving),
          () => {},
        )
      }
      renewal.look(reason)
    }),
  ]

  return {
    store,
    async boot(boot) {
      try {
        return await arrive(boot, arriving)
      } catch (error) {
        fail(error)
        return null
      }
    },
    async prepare() {
      const { issuer } = await config()
      const [server] = await Promise.all([servers.get(issuer, newFlow('prepare')), import('./sign-in.ts')])
      return server.metadata
    },
    signIn: wish => signIn(wish),
    async signInWithPopup(wish = {}) {
      // One window at a time, or nobody could give up the first.
      if (giveUp) return
      stay()
      const opened = ports.openPopup()
      const givenUp = new Promise<void>(resolve => (giveUp = opened && resolve))
      store.setState({ status: 'signing_in', error: null })
      try {
        const { signInByPopup } = await import('./popup.ts').catch(notLoaded)
        let since = signOuts.length
        const found = await signInByPopup(means, await config(), wish, opened, {
          known: knownFor(wish),
          givenUp,
          onAnswer: () => (since = signOuts.length),
        })
        // Nothing of it can be given up any more, nor waits when somebody signs out meanwhile.
        giveUp = null
        await begin(found, 'popup', since)
      } catch (error) {
        fail(error)
      } finally {
        // Whatever stopped it, no empty window stays.
        opened?.close()
        giveUp = null
      }
    },
    stopWaiting: () => (giveUp ?? stay)(),
    signOut,
    async renew() {
      await renewal.renew()
    },
    fetch: async (url, init) =>
      toResponse(await authorizedFetch(wire, renewal, new URL(url, ports.origin).href, init)),
    loadProfile: profile,
    dismissError: () => store.setState({ error: null, warnings: [] }),
    stop() {
      grant = null
      renewal.stop()
      for (const stop of stopListening) stop()
    },
  }
}

const placeOf = ({ issuer, clientId }: Pick<ClientConfig, 'issuer' | 'clientId'>) => `${issuer} ${clientId}`
