/** "Somebody was signed in here": no secret, and what was seen of it. */
import { jsonObject, textOf } from '../oauth/check.ts'
import type { Ports } from './ports.ts'

/** One per origin. */
export interface Hint {
  readonly issuer: string
  readonly clientId: string
  /** What was seen of hidden frames here: `works`, `blind`, or anything else, which says nothing. */
  readonly frame: string
}

const hintKey = 'pkce-lens.was-signed-in'
/** Session storage: set once this tab has tried to find the session by a redirect. */
export const triedKey = 'pkce-lens.restore-tried'
/** Session storage: set while the person is away at the provider's sign-out. */
export const pendingSignOutKey = 'pkce-lens.signing-out'

export function readHint(ports: Ports): Hint | null {
  const kept = jsonObject(ports.localStorage.get(hintKey))
  const [issuer, clientId, frame] = ['issuer', 'clientId', 'frame'].map(name => textOf(kept?.[name]))
  if (!issuer || !clientId) return null
  return { issuer, clientId, frame: frame ?? 'unknown' }
}

export function writeHint(ports: Ports, hint: Hint | null): void {
  if (hint) ports.localStorage.set(hintKey, JSON.stringify(hint))
  else ports.localStorage.remove(hintKey)
}

/** SIL-06: one redirect per tab until a sign-in succeeds, so that a refusal cannot loop. */
export const clearRedirectTried = (ports: Ports): void => ports.sessionStorage.remove(triedKey)
