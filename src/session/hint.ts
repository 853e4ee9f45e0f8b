/** "Somebody was signed in here", and what to try because of it. No secret, by evidence, never a loop. */
import { isObject, textOf } from '../oauth/check.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Ports } from './ports.ts'

/** One per origin. */
export interface Hint {
  readonly issuer: string
  readonly clientId: string
  /** Whether a hidden frame has been seen to find the provider's session. */
  readonly frame: 'unknown' | 'works' | 'blind'
}

const hintKey = 'pkce-lens.was-signed-in'
const triedKey = 'pkce-lens.restore-tried'
/** Where the mark of a sign-out under way is kept. */
export const pendingSignOutKey = 'pkce-lens.signing-out'

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
