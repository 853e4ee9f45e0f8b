/** What a finished sign-in holds. It lives in one closure of `client.ts`; its secrets leave that only in messages. */
import type { ClientConfig } from '../oauth/client-config.ts'
import type { DpopKey } from '../oauth/dpop.ts'
import type { IdTokenClaims } from '../oauth/id-token.ts'
import type { PublicKey } from '../oauth/keys.ts'
import type { ServerMetadata } from '../oauth/metadata.ts'
import type { TokenSet } from '../oauth/token.ts'
import type { Ports } from './ports.ts'
import type { Flow } from './wire.ts'

export interface Grant {
  readonly config: ClientConfig
  readonly metadata: ServerMetadata
  readonly keys: readonly PublicKey[]
  readonly tokens: TokenSet
  /** The last one that was verified; kept for `id_token_hint`. */
  readonly idToken: string
  readonly claims: IdTokenClaims
  readonly scope: string
  readonly dpop: DpopKey | null
  /** The flow that made it; later flows name it as their parent. */
  readonly flow: Flow
  /**
   * What it took the place of: handed back with it at the sign-out and not before, since a provider may end more than
   * the one token (RFC 7009 §2.1).
   */
  readonly earlier: Grant | null
  /** Wall clock, milliseconds. */
  readonly signedInAt: number
  /** Wall clock, milliseconds: when the tokens came. */
  readonly receivedAt: number
  /** Monotonic clock at receipt: tells a jump of the wall clock. */
  readonly receivedMonotonic: number
}

/** What was asked for one person is not done for another who came in meanwhile (IDT-24). */
export const isSamePerson = (a: Grant | null, b: Grant): boolean =>
  a?.claims.iss === b.claims.iss && a.claims.sub === b.claims.sub

/**
 * Milliseconds the access token still has by both clocks; the smaller one counts. Infinity: unknown (TOK-06).
 * @param isLast nothing can renew it: what the clocks agree on counts, and no guess ends it early
 */
export function remainingLife(grant: Grant, ports: Pick<Ports, 'now' | 'monotonic'>, isLast = false): number {
  const { expiresIn } = grant.tokens
  if (expiresIn === null) return Number.POSITIVE_INFINITY
  const byWall = ports.now() - grant.receivedAt
  const byMonotonic = ports.monotonic() - grant.receivedMonotonic
  // More than a minute apart: the clock was set or the machine slept; nobody knows, so the token counts as over.
  if (!isLast && Math.abs(byWall - byMonotonic) > 60_000) return 0
  return expiresIn * 1000 - Math.max(byWall, byMonotonic)
}

/** Milliseconds: a token with less left counts as expired before a call. */
export const tooShort = 10_000
