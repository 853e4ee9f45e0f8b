import { useEffect, useState } from 'react'

export interface Digest {
  readonly hex: string
  /** Base64url without padding, as a code_challenge is written. */
  readonly base64url: string
}

/** SHA-256 of a text, computed here and now by Web Crypto; null while it runs or where the browser has none. */
export function useSha256(text: string | null): Digest | null {
  const [result, setResult] = useState<{ text: string; digest: Digest } | null>(null)
  useEffect(() => {
    if (text === null) return
    let stale = false
    sha256(text).then(
      digest => !stale && setResult({ text, digest }),
      () => !stale && setResult(null),
    )
    return () => {
      stale = true
    }
  }, [text])
  return result !== null && result.text === text ? result.digest : null
}

/** Rejects where the browser has no Web Crypto. */
export async function sha256(text: string): Promise<Digest> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return {
    hex: Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(''),
    base64url: btoa(String.fromCharCode(...bytes))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', ''),
  }
}
