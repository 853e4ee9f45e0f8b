import type { Pasted } from '../doctor/facts.ts'
import { jsonObject } from '../oauth/check.ts'
import { judgeDiscovery } from '../oauth/discovery.ts'
import { parseKeys } from '../oauth/keys.ts'
import type { KeyValueStore } from '../session/ports.ts'
import { freshFor, keepServer } from '../session/server-cache.ts'

/** Longer than what came from the provider, since the person would have to paste again. Milliseconds. */
const pastedFor = 8 * 3_600_000

/**
 * Puts pasted documents where the session looks first, judged as if they had come from the provider (META-04 to
 * META-07, PKCE-09). What does not pass is not kept: the sign-in asks by itself, and says what is wrong.
 */
export function keepPasted(storage: KeyValueStore, issuer: string, pasted: Pasted): void {
  const answer = { status: 200, headers: {}, body: pasted.discovery ?? '' }
  const { value: metadata } = judgeDiscovery(issuer, answer)
  if (!metadata) return
  const keys = parseKeys(jsonObject(pasted.keys)?.['keys']) ?? []
  keepServer(storage, issuer, { metadata, keys }, Date.now() + pastedFor - freshFor)
}
