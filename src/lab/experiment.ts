/** What an experiment is: words about an attack, who is expected to stop it, and one function that runs it for real. */

import type { Party } from '../attack/parties.ts'
import type { Tools } from '../attack/tools.ts'
import type { Outcome } from '../attack/verdict.ts'
import type { Citation } from '../explain/documents.ts'

/** What must be there for the run to mean something. */
export type Need =
  /** The person's session at the provider, so that a fresh code comes silently. */
  | 'session'
  /** The demo provider, with its second client, its second API and its switches. */
  | 'demo'
  | 'dpop'
  | 'iss'
  | 'refresh-token'
  | 'revocation'
  | 'userinfo'

export const groups = {
  code: 'The code',
  redirect: 'The redirect',
  pkce: 'PKCE itself',
  'id-token': 'The ID token',
  'access-token': 'The access token',
  dpop: 'A token bound to a key',
  page: 'The page',
  lifetime: 'Used twice, used too long',
} as const

export type Group = keyof typeof groups

/** A fault that really was in a product. */
export interface Incident {
  readonly name: string
  readonly text: string
  readonly url: string
}

export interface Experiment {
  /** Stable, for scripts and links. */
  readonly id: string
  readonly title: string
  /** What the attacker does, one sentence. */
  readonly sentence: string
  readonly group: Group
  readonly needs: readonly Need[]
  /** Who is expected to stop it. */
  readonly defender: Party
  /** How, one sentence. */
  readonly defence: string
  /** What is found there, in two or three words: `Hashes differ`. */
  readonly check: string
  readonly clauses: readonly Citation[]
  /** What would follow without the check; `{{access_token}}` and its like are drawn as chips. */
  readonly without: string
  readonly incident?: Incident
  /** Faults of the demo provider that must be on for the attack to begin at all. */
  readonly switches?: readonly string[]
  /** The fault of the demo provider that takes this defence away. */
  readonly off?: string
  /** The run asks the person to look or to agree. */
  readonly asks?: true
  /** Revokes the tokens of the person's own session at most providers: runs last, and says so. */
  readonly destructive?: true
  run(tools: Tools): Promise<Outcome>
}
