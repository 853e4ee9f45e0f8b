/** What is known about the provider: metadata and keys, asked before they are needed and never twice at once. */
import { judgeKeys, type PublicKey, requestKeys } from '../oauth/keys.ts'
import type { ServerMetadata } from '../oauth/metadata.ts'
import type { Ports } from './ports.ts'
import { notLoaded } from './renewal.ts'
import { freshFor, keepServer, keptServer, type Server } from './server-cache.ts'
import type { Flow, Wire } from './wire.ts'

export interface ServerKnowledge {
  /** Discovery and keys, once per issuer while fresh; a failure is forgotten, so that the next call asks again. */
  get(issuer: string, flow: Flow): Promise<Server>
  /** Asks for the keys again, past the cache when told to. */
  fetchKeys(metadata: ServerMetadata, flow: Flow, cache?: RequestCache): Promise<readonly PublicKey[]>
}

/** What every way through a sign-in works with. */
export interface Means {
  readonly ports: Ports
  readonly wire: Wire
  readonly servers: ServerKnowledge
}

/** Enough where nothing more has to be known of the provider. */
export type Reach = Pick<Means, 'ports' | 'wire'>

export function createServerKnowledge(ports: Ports, wire: Wire): ServerKnowledge {
  const known = new Map<string, { server: Promise<Server>; at: number }>()

  const fetchKeys: ServerKnowledge['fetchKeys'] = (metadata, flow, cache) =>
    wire.send(flow, 'keys', fetch => requestKeys(metadata.jwks_uri, fetch, cache), judgeKeys)

  async function ask(issuer: string, flow: Flow): Promise<Server> {
    const { judgeDiscovery, requestDiscovery } = await import('../oauth/discovery.ts').catch(notLoaded)
    const metadata = await wire.send(
      flow,
      'discovery',
      fetch => requestDiscovery(issuer, fetch),
      response => judgeDiscovery(issuer, response),
    )
    const keys = await fetchKeys(metadata, flow)
    const server = { metadata, keys }
    keepServer(ports.sessionStorage, issuer, server, ports.now())
    return server
  }

  return {
    fetchKeys,
    get(issuer, flow) {
      const found = known.get(issuer)
      if (found && ports.now() - found.at < freshFor) return found.server
      const kept = keptServer(ports.sessionStorage, issuer, ports.now())
      const server = kept ? Promise.resolve(kept.server) : ask(issuer, flow)
      known.set(issuer, { server, at: kept?.at ?? ports.now() })
      server.catch(() => known.delete(issuer))
      return server
    },
  }
}
