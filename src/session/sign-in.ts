/** Leaving for the provider: discovery, PKCE, a kept transaction, the authorization request. */
import {
  authorizationParameters,
  authorizationUrl,
  judgeAuthorizationRequest,
  type SignInWish,
  wishedScope,
} from '../oauth/authorization-request.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { createDpopKey, type DpopKey } from '../oauth/dpop.ts'
import { judgePar, requestPar, usesPar } from '../oauth/par.ts'
import { createMarks, createPkce } from '../oauth/pkce.ts'
import type { Check, Via } from '../oauth/step.ts'
import type { Grant } from './grant.ts'
import { keepTransaction, markLeft } from './keep-transaction.ts'
import type { Means, Reach } from './server.ts'
import type { Server } from './server-cache.ts'
import type { SessionStore } from './store.ts'
import { signOutsOf } from './tabs.ts'
import { safeReturnTo, type Transaction, takeTransaction, transactionLife } from './transaction.ts'
import { type Flow, newFlow, type Wire } from './wire.ts'

export interface Leaving {
  readonly url: string
  readonly transaction: Transaction
  readonly dpop: DpopKey | null
  /** Monotonic clock, milliseconds: when a pushed request is no longer good; null where none was pushed. */
  readonly goodUntil: number | null
  /** What went less well than it should, to be told with the request. */
  readonly warnings: readonly Check[]
}

/**
 * The sign-in that was begun last, for each client: one that was given up, and waits for its code still, is not revived
 * by the next.
 */
const newest = new WeakMap<SessionStore, symbol>()

/**
 * The whole way out by redirect: the page dies here, unless the sign-in was given up meanwhile, or done another way.
 * @param known who is signed in while more is asked: it is asked where they are signed in, whatever is configured now
 * @throws OAuthError as `prepareSignIn`, or `storage_unavailable`, `message_dropped`
 */
export async function signInByRedirect(
  means: Means & { readonly store: SessionStore },
  config: ClientConfig,
  wish: SignInWish,
  purpose: Transaction['purpose'],
  known: Grant | null,
): Promise<void> {
  const { ports, store } = means
  // Given up before this code was there.
  if (store.getState().status !== 'signing_in') return
  const own = Symbol('sign-in')
  newest.set(store, own)
  let isGivenUp = false
  const isWanted = () => !isGivenUp && newest.get(store) === own
  const stopListening = store.subscribe(({ status }) => {
    if (status !== 'signing_in') isGivenUp = true
  })
  let kept: string | null = null
  const flow = newFlow(purpose)
  const options = { flow, via: 'redirect', purpose, subject: known?.claims.sub } as const
  try {
    const leaving = await prepareSignIn(means, known?.config ?? config, withGranted(wish, known), options)
    if (!isWanted()) return
    keepTransaction(ports, leaving.transaction)
    kept = leaving.transaction.state
    const url = await releaseAddress(means, flow, 'redirect', leaving)
    if (!isWanted()) return
    kept = null
    markLeft(ports, leaving.transaction)
    ports.navigate({ url, method: 'GET', body: null })
  } catch (error) {
    // Nobody waits for it any more.
    if (isWanted()) throw error
  } finally {
    stopListening()
    // What never left keeps no verifier behind, and is not missed later.
    if (kept !== null) takeTransaction(ports, kept)
  }
}

/** What was granted to whoever is signed in is asked for again: more is never less (a step-up after a step-up). */
export const withGranted = (wish: SignInWish, known: Grant | null | undefined): SignInWish =>
  known ? { ...wish, moreScope: `${known.scope} ${wish.moreScope ?? ''}` } : wish

/** Where a hidden frame and a window come back to (`public/silent-callback.html`). */
export const silentCallback = ({ ports }: Pick<Means, 'ports'>): string =>
  new URL(`${ports.basePath}silent-callback.html`, ports.origin).href

/**
 * Everything up to the address, nothing sent yet but a pushed request.
 * @throws OAuthError of discovery, PAR, `insecure_context`, or `dpop_alg_unsupported`
 */
export async function prepareSignIn(
  { ports, wire, servers }: Means,
  config: ClientConfig,
  wish: SignInWish,
  options: { flow: Flow; via: Via; purpose: Transaction['purpose']; subject?: string | undefined },
): Promise<Leaving> {
  const { flow } = options
  wire.tell(flow, {
    kind: 'flow_started',
    issuer: config.issuer,
    clientId: config.clientId,
    redirectUri: config.redirectUri,
    scope: wishedScope(config, wish),
  })
  if (!ports.isSecureContext)
    throw wire.stop(flow, 'pkce_created', {
      code: 'insecure_context',
      expected: 'https, or localhost',
      received: ports.origin,
      clause: 'Web Cryptography API',
    })
  const server = await servers.get(config.issuer, flow)
  const dpop = config.dpop ? await dpopKey(wire, flow, server) : null
  // A key that cannot be kept over the redirect is made anew at the token request; the code is then not bound to it.
  const kept = dpop !== null && (options.via !== 'redirect' || (await ports.keepKey(dpop))) ? dpop : null
  const { codeVerifier, codeChallenge } = await createPkce()
  wire.tell(flow, { kind: 'pkce_created', codeVerifier, codeChallenge, codeChallengeMethod: 'S256' })
  const startedAt = ports.now()
  const transaction: Transaction = {
    ...createMarks(),
    codeVerifier,
    flow: flow.id,
    config,
    metadata: server.metadata,
    jwks: server.keys.map(key => key.jwk),
    scope: wishedScope(config, wish),
    returnTo: safeReturnTo(ports, wish.returnTo),
    purpose: options.purpose,
    startedAt,
    maxAge: wish.maxAge ?? wholeSeconds(config.extraAuthorizationParams['max_age']),
    acrValues: wish.acrValues ?? (config.extraAuthorizationParams['acr_values'] || undefined),
    dpopThumbprint: kept?.thumbprint,
    subject: options.subject,
    signOuts: options.purpose === 'restore' ? signOutsOf(ports) : undefined,
  }
  wire.tell(flow, {
    kind: 'transaction_created',
    state: transaction.state,
    nonce: transaction.nonce,
    returnTo: transaction.returnTo,
    expiresAt: startedAt + transactionLife,
  })
  const values = {
    state: transaction.state,
    nonce: transaction.nonce,
    codeChallenge,
    dpopThumbprint: kept?.thumbprint ?? null,
  }
  const parameters = authorizationParameters(config, wish, values)
  const pushed = await push(wire, flow, server, config, parameters)
  const reference = pushed && { client_id: config.clientId, request_uri: pushed.requestUri }
  return {
    url: authorizationUrl(server.metadata, reference ? new URLSearchParams(reference) : parameters),
    transaction,
    dpop,
    goodUntil: pushed && ports.monotonic() + pushed.expiresIn * 1000,
    warnings: dpop === kept ? [] : [keyNotKept],
  }
}

const keyNotKept: Check = {
  requirement: 'DPOP-11',
  name: 'The key is kept while you are away',
  expected: 'kept by the browser',
  received: 'refused',
  outcome: 'warning',
  clause: 'RFC 9449 §10',
  code: 'dpop_key_storage_failed',
}

/** What the configuration asks is checked as well (IDT-18). */
const wholeSeconds = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text)

async function push(
  wire: Wire,
  flow: Flow,
  { metadata }: Server,
  config: ClientConfig,
  parameters: URLSearchParams,
): Promise<{ requestUri: string; expiresIn: number } | null> {
  const isDemanded = metadata.require_pushed_authorization_requests
  if (isDemanded && config.par === false)
    throw wire.stop(flow, 'par_request', {
      code: 'par_required_not_configured',
      expected: 'par: auto or true',
      received: 'false',
      clause: 'RFC 9126 §5',
    })
  if (!usesPar(config, isDemanded)) return null
  if (metadata.pushed_authorization_request_endpoint === undefined)
    throw wire.stop(flow, 'par_request', {
      code: 'discovery_missing_field',
      expected: 'pushed_authorization_request_endpoint',
      received: 'nothing',
      clause: 'RFC 9126 §5',
      issuer: config.issuer,
    })
  return wire.send(flow, 'par', fetch => requestPar(metadata, config, parameters, fetch), judgePar)
}

async function dpopKey(wire: Wire, flow: Flow, { metadata }: Server): Promise<DpopKey> {
  const offered = metadata.dpop_signing_alg_values_supported
  if (!offered?.includes('ES256'))
    throw wire.stop(flow, 'dpop_key_created', {
      code: 'dpop_alg_unsupported',
      expected: 'ES256',
      received: offered?.join(', ') ?? 'nothing',
      clause: 'RFC 9449 §5.1',
    })
  const key = await createDpopKey()
  wire.tell(flow, { kind: 'dpop_key_created', thumbprint: key.thumbprint, alg: 'ES256' })
  return key
}

/** Holds the address, tells it, and returns it as it is to be opened. @throws OAuthError `message_dropped`, `par_request_uri_expired` */
export async function releaseAddress(
  { ports, wire }: Reach,
  flow: Flow,
  via: Via,
  { url, goodUntil = null, warnings = [] }: Pick<Leaving, 'url'> & Partial<Leaving>,
): Promise<string> {
  const held = await ports.hold(
    { type: 'navigation', purpose: 'authorization', method: 'GET', url, body: null },
    flow,
  )
  if (held?.type !== 'navigation') throw wire.stop(flow, 'authorization_request', { code: 'message_dropped' })
  if (goodUntil !== null && ports.monotonic() > goodUntil)
    throw wire.stop(flow, 'authorization_request', {
      code: 'par_request_uri_expired',
      expected: 'to be used within its expires_in',
      received: 'held for longer',
      clause: 'RFC 9126 §2.2',
    })
  const offered = { method: 'GET', headers: {}, body: null }
  const tampered =
    held.url === url
      ? []
      : (await import('./tampering.ts')).changedNames({ ...offered, url }, { ...offered, url: held.url })
  wire.tell(flow, {
    kind: 'authorization_request',
    via,
    url: held.url,
    checks: [...judgeAuthorizationRequest(held.url), ...warnings],
    ...(tampered.length > 0 ? { tampered } : {}),
  })
  return held.url
}
