/** Signing out, once the tabs have heard of it: hand the tokens back (bounded wait), then the provider's own sign-out. */
import { jsonObject, textOf } from '../oauth/check.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { endSessionParameters, judgeEndSessionResponse } from '../oauth/end-session.ts'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { createMarks } from '../oauth/pkce.ts'
import { judgeRevocation, requestRevocation } from '../oauth/revocation.ts'
import type { Grant } from './grant.ts'
import { pendingSignOutKey } from './hint.ts'
import type { Ports } from './ports.ts'
import type { Renewer } from './refresh.ts'
import type { Reach } from './server.ts'
import type { SessionStore } from './store.ts'
import { forgetStranded } from './stranded.ts'
import type { Flow } from './wire.ts'

/** Milliseconds that the revocations together may take; sign-out never waits longer (REV-06). */
const patience = 2_000

/**
 * Revokes everything that is held, and returns the grant that was: a renewal under way is waited for, so that the token
 * it brings is handed back too.
 */
export async function handBack(
  means: Reach & { readonly store: SessionStore },
  renewal: Pick<Renewer, 'renew' | 'stop'>,
  newest: () => Grant,
  flow: Flow,
): Promise<Grant> {
  forgetStranded(means.ports)
  const isRenewing = means.store.getState().renewal === 'renewing'
  const known = isRenewing ? await lastGrant(means.ports, renewal, newest()) : newest()
  const rotated = renewal.stop()
  await revokeTokens(
    means,
    rotated ? { ...known, tokens: { ...known.tokens, refreshToken: rotated } } : known,
    flow,
  )
  const last = newest()
  // A slow renewal, or a call that was refused while this went on, has brought other tokens.
  if (last !== known) await revokeEach(means, last, flow)
  return last
}

/** Begins the flow of a sign-out and revokes what is held, of earlier grants as well; failures are told, never thrown. */
export async function revokeTokens(means: Reach, grant: Grant, flow: Flow): Promise<void> {
  const { config, scope, flow: began } = grant
  means.wire.tell(flow, {
    kind: 'flow_started',
    issuer: config.issuer,
    clientId: config.clientId,
    redirectUri: config.postLogoutRedirectUri,
    scope,
    parent: began.id,
  })
  const all: Grant[] = []
  for (let each: Grant | null = grant; each; each = each.earlier) all.push(each)
  await Promise.all(all.map(each => revokeEach(means, each, flow)))
}

/** The refresh token, then the access token (REV-02), with a bounded wait. */
async function revokeEach(
  { ports, wire }: Reach,
  { metadata, config, tokens, dpop }: Grant,
  flow: Flow,
): Promise<void> {
  if (metadata.revocation_endpoint === undefined) return
  const revoke = (token: string, hint: 'refresh_token' | 'access_token') =>
    wire.send(
      flow,
      'revocation',
      fetch => requestRevocation(metadata, config.clientId, token, hint, fetch),
      judgeRevocation,
      { timeout: patience, dpop },
    )
  const all = async () => {
    if (tokens.refreshToken !== null) await revoke(tokens.refreshToken, 'refresh_token').catch(() => {})
    await revoke(tokens.accessToken, 'access_token').catch(() => {})
  }
  let cancel = () => {}
  await Promise.race([all(), new Promise<void>(resolve => (cancel = ports.after(patience, resolve)))])
  cancel()
}

/** The grant after a renewal that is under way, waited for at most as long as the revocations. */
function lastGrant(ports: Ports, renewal: Pick<Renewer, 'renew'>, leaving: Grant): Promise<Grant> {
  const timeout = new Promise<Grant>(resolve => ports.after(patience, () => resolve(leaving)))
  return Promise.race([renewal.renew().catch(() => leaving), timeout])
}

/**
 * LOUT-01, LOUT-06: a form POST, so that the ID token stands in no address and no log; by GET, for a provider that takes
 * no form, it is left out, and the provider asks the person.
 * @returns null, or the code that says why nobody left
 */
export async function leaveForEndSession(
  { ports, wire, store }: Reach & { readonly store: SessionStore },
  grant: Grant,
  flow: Flow,
): Promise<string | null> {
  const url = grant.metadata.end_session_endpoint
  if (url === undefined) return 'logout_endpoint_missing'
  const { state } = createMarks()
  const offered = endSessionNavigation(url, grant, state)
  const held = await ports.hold(offered, flow)
  if (held?.type !== 'navigation')
    return wire.stop(flow, 'end_session_request', { code: 'message_dropped' }).code
  ports.sessionStorage.set(pendingSignOutKey, JSON.stringify({ state, flow: flow.id }))
  const tampered = (['url', 'body'] as const).filter(part => held[part] !== offered[part])
  wire.tell(flow, {
    kind: 'end_session_request',
    method: held.method,
    url: held.url,
    body: held.body,
    ...(tampered.length > 0 ? { tampered } : {}),
  })
  ports.navigate({ url: held.url, method: held.method, body: held.body })
  // Given up, or back on a page that was kept: nobody is waited for there any more.
  const stopListening = store.subscribe(({ status }) => {
    if (status === 'signing_out') return
    stopListening()
    ports.sessionStorage.remove(pendingSignOutKey)
  })
  return null
}

function endSessionNavigation(url: string, { config, idToken }: Grant, state: string) {
  const navigation = { type: 'navigation', purpose: 'end_session' } as const
  if (config.endSessionMethod === 'get') {
    const address = new URL(url)
    for (const [name, value] of endSessionParameters(config, null, state))
      address.searchParams.set(name, value)
    return { ...navigation, method: 'GET', url: address.href, body: null } as const
  }
  const body = endSessionParameters(config, idToken, state).toString()
  return { ...navigation, method: 'POST', url, body } as const
}

/**
 * Coming back from the provider's sign-out, or not: the mark is read once, what came with the address is told.
 * @returns `logout_not_returned` when this is not the page that the provider sends people to, null otherwise
 */
export function noteReturnFromEndSession(
  { ports, wire }: Reach,
  url: string,
  config: ClientConfig,
): OAuthErrorDetails | null {
  const mark = jsonObject(ports.sessionStorage.get(pendingSignOutKey))
  ports.sessionStorage.remove(pendingSignOutKey)
  const [state, id] = [textOf(mark?.['state']), textOf(mark?.['flow'])]
  if (state === undefined || id === undefined) return null
  // Nobody comes back from another site, and nothing is wrong.
  if (new URL(config.postLogoutRedirectUri).origin !== ports.origin) return null
  const flow: Flow = { id, type: 'sign_out' }
  if (pageOf(url) === pageOf(config.postLogoutRedirectUri)) {
    wire.tell(flow, { kind: 'end_session_response', url, checks: judgeEndSessionResponse(url, state) })
    return null
  }
  return wire.stop(flow, 'end_session_response', {
    code: 'logout_not_returned',
    expected: config.postLogoutRedirectUri,
    received: 'another page of this app',
    issuer: config.issuer,
    clause: 'OpenID Connect RP-Initiated Logout 1.0 §3',
  }).details
}

function pageOf(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
