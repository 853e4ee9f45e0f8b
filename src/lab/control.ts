/** The clean run that comes first: when a sign-in without any attack fails, a refused attack proves nothing. */

import { createAppUnderAttack } from '../attack/app-under-attack.ts'
import { apiOf, createBench, type Person } from '../attack/bench.ts'
import type { Surroundings } from '../attack/lab-ports.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Grant } from '../session/grant.ts'
import type { KeyValueStore } from '../session/ports.ts'

export interface Control {
  /** A clean grant, not older than ten minutes. @throws OAuthError or RunEnded: what went wrong */
  grant(): Promise<Grant>
  /** Signed out, or its grant may have ended: the next one is new, and that of whoever is there then. */
  forget(): void
}

const freshFor = 600_000

export function createControl(
  config: ClientConfig,
  surroundings: Surroundings,
  documents: KeyValueStore,
  person: Person,
): Control {
  let known: Grant | null = null
  return {
    async grant() {
      if (known && surroundings.ports.now() - known.receivedAt < freshFor) return known
      const bench = await createBench(config, surroundings, documents, person)
      const app = createAppUnderAttack(bench)
      const grant = await app.signIn()
      if (apiOf(bench) !== null) await app.call(grant)
      known = grant
      return grant
    },
    forget: () => {
      known = null
    },
  }
}
