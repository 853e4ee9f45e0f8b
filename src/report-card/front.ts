/** The authorization endpoint, asked in a bent way: what came back, and what that means. */
import { authorizeBent, type Begun } from '../attack/authorize.ts'
import type { Bench } from '../attack/bench.ts'
import type { Edit } from '../attack/scripted-hold.ts'
import { errorInCallback } from '../attack/verdict.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { CardTools } from './card-tools.ts'
import type { Finding } from './check.ts'
import { safe, stayed, unreadable } from './findings.ts'

/** What came back from the authorization endpoint. `kept`: the browser stayed at the provider. */
export type Front = FrontBack | FrontClosed

interface FrontBack {
  readonly type: 'back'
  readonly begun: Begun
  readonly url: URL
  readonly error: string | null
}

/** Nothing came to the callback. */
type FrontClosed =
  | { readonly type: 'refused'; readonly seen: string }
  | { readonly type: 'kept'; readonly seenBy: 'page' | 'person' }

/** Asks with this edit. A pushed request that is refused is an answer; a server that fails is not. */
export async function frontOf(bench: Bench, edit: Edit): Promise<Front> {
  try {
    const arrival = await authorizeBent(bench, edit)
    if (arrival.type === 'stayed') return { type: 'kept', seenBy: arrival.seenBy }
    const { url } = arrival
    return { type: 'back', begun: arrival, url: new URL(url), error: errorInCallback(url) }
  } catch (error) {
    const refused = error instanceof OAuthError && error.code === 'par_error' && error.details
    if (!refused || (refused.httpStatus ?? 500) >= 500) throw error
    return { type: 'refused', seen: `${refused.httpStatus} ${refused.protocolError ?? ''}`.trim() }
  }
}

/** The verdict of a bent authorization request: refused is safe, what a code means is the caller's to say. */
export async function frontFinding(
  tools: CardTools,
  front: Front,
  onCode: (begun: Begun, url: URL) => Promise<Finding> | Finding,
): Promise<Finding> {
  if (front.type !== 'back') return closedFinding(tools, front)
  if (front.error === null) return onCode(front.begun, front.url)
  if (/^(temporarily_unavailable|server_error)$/.test(front.error))
    return unreadable(front.error, 'The server could not answer, which says nothing.')
  return safe(front.error)
}

/** The verdict where nothing came to the callback. */
export async function closedFinding(tools: CardTools, front: FrontClosed): Promise<Finding> {
  if (front.type === 'refused') return safe(front.seen)
  return front.seenBy === 'person' ? seenToStay : silenceFinding(tools)
}

/** The person looked at the window. */
export const seenToStay = stayed('a page of the provider', 'You saw that the window stayed there.')

/**
 * The provider kept the browser on a page that nobody may look into. Silence is made to speak: the clean request
 * right after must come back, or nothing is known.
 */
export async function silenceFinding(tools: CardTools): Promise<Finding> {
  await tools.clean()
  return safe('kept at the provider', 'Nothing came back, and the clean request right after did.')
}
