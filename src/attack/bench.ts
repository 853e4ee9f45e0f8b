/** One run's own copy of the session's machinery: wire, documents, a scripted hold, and a log of what happens. */
import type { ClientConfig } from '../oauth/client-config.ts'
import type { ServerMetadata } from '../oauth/metadata.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { KeyValueStore, Popup } from '../session/ports.ts'
import { createServerKnowledge, type Means } from '../session/server.ts'
import { keepServer, keptServer } from '../session/server-cache.ts'
import { createWire, newFlow } from '../session/wire.ts'
import { createEvidenceLog, type EvidenceLog } from './evidence-log.ts'
import { createLabPorts, type LabPorts, type Surroundings } from './lab-ports.ts'
import { createScriptedHold, type ScriptedHold } from './scripted-hold.ts'

/** What a run may ask of the person. Every answer may be null: the person would rather not. */
export interface Person {
  /** A window, opened inside the click. */
  window(why: string): Promise<Popup | null>
  /** Resolves when the person says that the window stayed at the provider. `done` takes the question away. */
  stayed(): { readonly answer: Promise<void>; done(): void }
  /** Shows this address in a frame and asks what is to be seen in it. */
  look(url: string): Promise<'shown' | 'refused' | null>
  /** Tells what is waited for, until the promise settles. `until`: wall clock, milliseconds; null when nobody can say. */
  waiting<T>(why: string, until: number | null, run: Promise<T>): Promise<T>
}

export interface Bench extends Means {
  readonly config: ClientConfig
  readonly metadata: ServerMetadata
  readonly surroundings: Surroundings
  readonly ports: LabPorts
  readonly script: ScriptedHold
  readonly log: EvidenceLog
  readonly person: Person
}

/** No document came, or none that anybody could read. One that says something wrong is something to see. */
const unread = /^(discovery_(fetch_failed|http_error|not_json)|jwks_fetch_failed)$/

/**
 * Asks for the provider's documents. Where they cannot be read, those take their place that the sign-in in this tab
 * goes by: a person may have pasted them.
 * @throws OAuthError of discovery
 */
export async function createBench(
  config: ClientConfig,
  surroundings: Surroundings,
  documents: KeyValueStore,
  person: Person,
): Promise<Bench> {
  const log = createEvidenceLog()
  const script = createScriptedHold(log.forged)
  const ports = createLabPorts(surroundings, documents, { hold: script.hold, observe: log.observe })
  const wire = createWire(ports)
  const servers = createServerKnowledge(ports, wire)
  const ask = () => servers.get(config.issuer, newFlow('prepare'))
  const { metadata } = await ask().catch((error: unknown) => {
    const kept = keptServer(surroundings.ports.sessionStorage, config.issuer, ports.now())
    if (!kept || !(error instanceof OAuthError) || !unread.test(error.code)) throw error
    keepServer(documents, config.issuer, kept.server, kept.at)
    return ask()
  })
  return { config, metadata, surroundings, ports, wire, servers, script, log, person }
}

/** The protected resource that tokens are tried on. */
export const apiOf = ({ config, metadata }: Pick<Bench, 'config' | 'metadata'>): string | null =>
  config.profileUrl ?? metadata.userinfo_endpoint ?? null
