/** A short name for a secret value: equal values have equal fingerprints, and no fingerprint gives its value away. */

/**
 * First 16 hexadecimal digits of the SHA-256: enough to tell the values of a trace apart. Rejects where the page has no
 * Web Crypto (not a secure context).
 */
export async function fingerprintOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return hexOf(new Uint8Array(hash, 0, 8))
}

/** The fingerprint of each text; of none where the page has no Web Crypto. Never rejects. */
export async function fingerprintsOf(texts: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const made = new Map<string, string>()
  const make = async (text: string) => void made.set(text, await fingerprintOf(text))
  await Promise.allSettled(Array.from(texts, make))
  return made
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}
