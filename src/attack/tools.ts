/** What an experiment is given: the app under attack, an attacker, and the verdicts it may come to. */

import type { ClientConfig } from '../oauth/client-config.ts'
import type { ServerMetadata } from '../oauth/metadata.ts'
import type { Grant } from '../session/grant.ts'
import { silentCallback } from '../session/sign-in.ts'
import { type AppUnderAttack, createAppUnderAttack } from './app-under-attack.ts'
import { type Attacker, createAttacker } from './attacker.ts'
import { apiOf, type Bench, type Person } from './bench.ts'
import type { EvidenceLog } from './evidence-log.ts'
import type { Surroundings } from './lab-ports.ts'
import { waitInRun } from './wait.ts'

export interface Tools {
  readonly config: ClientConfig
  readonly metadata: ServerMetadata
  readonly app: AppUnderAttack
  readonly attacker: Attacker
  readonly person: Person
  readonly log: EvidenceLog
  readonly bench: Bench
  readonly surroundings: Surroundings
  /** The protected resource that tokens are tried on; null: there is none. */
  readonly api: string | null
  /** The registered address that answers come to in a run. */
  readonly callback: string
  /** The grant of the clean run: an older token, and proof that clean messages work. */
  readonly clean: Grant | null
  /** Waits, says so, and can be stopped. @throws OAuthError `run_stopped` */
  wait(milliseconds: number, why: string): Promise<void>
}

export function createTools(bench: Bench, clean: Grant | null, stop: AbortSignal): Tools {
  return {
    config: bench.config,
    metadata: bench.metadata,
    app: createAppUnderAttack(bench),
    attacker: createAttacker(bench),
    person: bench.person,
    log: bench.log,
    bench,
    surroundings: bench.surroundings,
    api: apiOf(bench),
    callback: silentCallback(bench),
    clean,
    wait: (milliseconds, why) => waitInRun(bench, stop, milliseconds, why),
  }
}
