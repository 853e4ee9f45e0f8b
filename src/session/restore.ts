/** Finding the session again after a reload, without a stored token: hidden frame, then one redirect, by evidence. */
import { isObject, textOf } from '../oauth/check.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import { finishSignIn, receiveCallback } from './callback.ts'
import type { Grant } from './grant.ts'
import type { Ports } from './ports.ts'
import type { ServerKnowledge } from './server.ts'
import { prepareSignIn, releaseAddress } from './sign-in.ts'
import { newFlow, type Wire } from './wire.ts'

/** "Somebody was signed in here": no secret, one per origin. */
export interface Hint {
  readonly issuer: string
  readonly clientId: string
  /** Whether a hidden frame has been seen to find the provider's session. */
  readonly frame: 'unknown' | 'works' | 'blind'
}

const hintKey = 'pkce-lens.was-signed-in'
const triedKey = 'pkce-lens.restore-tried'

export function readHint(ports: Ports): Hint | null {
  try {
    const kept: unknown = JSON.parse(ports.localStorage.get(hintKey) ?? 'null')
    if (!isObject(kept)) return null
    const [issuer, clientId, frame] = ['issuer', 'clientId', 'frame'].map(name => textOf(kept[name]))
    if (!issuer || !clientId) return null
    return { issuer, clientId, frame: frame === 'works' || frame === 'blind' ? frame : 'unknown' }
  } catch {
    return null
  }
}

export function writeHint(ports: Ports, hint: Hint | null): void {
  if (hint) ports.localStorage.set(hintKey, JSON.stringify(hint))
  else ports.localStorage.remove(hintKey)
}

/** What to try for this page: by configuration, by the hint, by what was tried before. */
export function restorePlan(
  ports: Ports,
  config: ClientConfig,
  isProtected: boolean,
): { frame: boolean; redirect: boolean } {
  const hint = readHint(ports)
  if (config.restore === 'off' || hint?.issuer !== config.issuer || hint.clientId !== config.clientId)
    return { frame: false, redirect: false }
  const tried = ports.sessionStorage.get(triedKey) !== null
  const redirect = isProtected && !tried && ports.isVisible() && !ports.isDirty()
  return { frame: config.restore === 'frame' && hint.frame !== 'blind', redirect }
}

/** SIL-06: one redirect per tab until a sign-in succeeds, so that a refusal cannot loop. */
export const markRedirectTried = (ports: Ports): boolean =>
  ports.sessionStorage.set(triedKey, String(ports.now()))
export const clearRedirectTried = (ports: Ports): void => ports.sessionStorage.remove(triedKey)

/**
 * `prompt=none` in a hidden frame, ten seconds at most (section 5.6); everything is removed in all cases.
 * @throws OAuthError `silent_interaction_required`, `silent_timeout`, or any refusal of a sign-in
 */
export async function signInByFrame(
  ports: Ports,
  wire: Wire,
  servers: ServerKnowledge,
  config: ClientConfig,
  known: Grant | null,
): Promise<Grant> {
  const flow = newFlow('restore')
  const framed = {
    ...config,
    redirectUri: new URL(`${ports.basePath}silent-callback.html`, ports.origin).href,
  }
  const wish = { prompt: 'none' as const, ...(known ? { idTokenHint: known.idToken } : {}) }
  const leaving = await prepareSignIn(ports, wire, servers, framed, wish, {
    flow,
    via: 'frame',
    purpose: 'restore',
    subject: known?.claims.sub,
  })
  const url = await releaseAddress(ports, wire, flow, 'frame', leaving.url)
  const frame = ports.openFrame(url)
  let cancel = () => {}
  const timeout = new Promise<never>((_, reject) => {
    cancel = ports.after(10_000, () =>
      reject(
        wire.stop(flow, 'authorization_request', {
          code: 'silent_timeout',
          expected: 'an answer within 10 s',
          received: 'none',
          issuer: config.issuer,
        }),
      ),
    )
  })
  try {
    const query = await Promise.race([frame.answer, timeout])
    const callback = await receiveCallback(ports, wire, flow, 'frame', framed.redirectUri + query)
    const grant = await finishSignIn(ports, wire, servers, flow, callback, leaving.transaction, leaving.dpop)
    wire.tell(flow, {
      kind: 'session_changed',
      status: known ? 'renewed' : 'signed_in',
      reason: 'hidden frame',
    })
    return { ...grant, config }
  } finally {
    cancel()
    frame.close()
  }
}

/** The answer that a frame gave about cookies: `login_required` in a frame may only mean that it is blind. */
export function frameSaysNothing(error: unknown): boolean {
  return (
    error instanceof OAuthError && /^silent_(interaction_required|timeout|frame_blocked)$/.test(error.code)
  )
}
