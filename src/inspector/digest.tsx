import { useEffect, useState } from 'react'
import { base64url } from '../oauth/keys.ts'
import { fingerprintOf, hexOf } from '../trace/fingerprint.ts'

export interface Digest {
  readonly hex: string
  /** Base64url without padding, as a code_challenge is written. */
  readonly base64url: string
}

/** SHA-256 of a text, computed here and now by Web Crypto; null while it runs or where the browser has none. */
export const useSha256 = (text: string | null): Digest | null => useHashed(text, sha256)

/** The fingerprint of a text; null while it is made or where the browser has no Web Crypto. */
export const useFingerprint = (text: string | null): string | null => useHashed(text, fingerprintOf)

/** @param hash must stay the same function */
function useHashed<T>(text: string | null, hash: (text: string) => Promise<T>): T | null {
  const [result, setResult] = useState<{ text: string; hashed: T } | null>(null)
  useEffect(() => {
    if (text === null) return
    let stale = false
    hash(text).then(
      hashed => !stale && setResult({ text, hashed }),
      () => !stale && setResult(null),
    )
    return () => {
      stale = true
    }
  }, [text, hash])
  return result !== null && result.text === text ? result.hashed : null
}

async function sha256(text: string): Promise<Digest> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return { hex: hexOf(bytes), base64url: base64url(bytes) }
}
