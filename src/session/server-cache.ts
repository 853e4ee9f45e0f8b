/** What is kept of a provider over a reload: public documents, in session storage, fresh for ten minutes. */
import { jsonObject } from '../oauth/check.ts'
import { type PublicKey, parseKeys } from '../oauth/keys.ts'
import { parseMetadata, type ServerMetadata } from '../oauth/metadata.ts'
import type { KeyValueStore } from './ports.ts'

export interface Server {
  readonly metadata: ServerMetadata
  readonly keys: readonly PublicKey[]
}

/** Milliseconds. */
export const freshFor = 600_000
const prefix = 'pkce-lens.server.'

/** Keeps documents that were judged. @param at since when they are fresh; wall clock, milliseconds */
export function keepServer(
  storage: KeyValueStore,
  issuer: string,
  { metadata, keys }: Server,
  at: number,
): void {
  storage.set(prefix + issuer, JSON.stringify({ at, metadata, keys: keys.map(each => each.jwk) }))
}

/** What was kept of this issuer while it is fresh, and when; null otherwise. */
export function keptServer(
  storage: KeyValueStore,
  issuer: string,
  now: number,
): { readonly server: Server; readonly at: number } | null {
  const kept = jsonObject(storage.get(prefix + issuer))
  const at = kept?.['at']
  const metadata = parseMetadata(kept?.['metadata'])
  const keys = parseKeys(kept?.['keys'])
  if (typeof at !== 'number' || now - at > freshFor || metadata?.issuer !== issuer || !keys) return null
  return { server: { metadata, keys }, at }
}

/** Every provider is asked anew. */
export function forgetServers(storage: KeyValueStore): void {
  for (const key of storage.keys()) if (key.startsWith(prefix)) storage.remove(key)
}
