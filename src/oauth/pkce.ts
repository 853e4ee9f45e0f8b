/** Proof Key for Code Exchange (RFC 7636): a secret for this one sign-in, and the hash that may be shown. */
import {
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
} from 'oauth4webapi'

export interface Pkce {
  /** 43 characters from 32 random octets (§4.1). Stays in the browser until the token request. */
  readonly codeVerifier: string
  /** base64url(SHA-256(ASCII(code_verifier))) without padding (§4.2). */
  readonly codeChallenge: string
}

export async function createPkce(): Promise<Pkce> {
  const codeVerifier = generateRandomCodeVerifier()
  return { codeVerifier, codeChallenge: await calculatePKCECodeChallenge(codeVerifier) }
}

/** Two marks that tie the answers to this request: `state` for the redirect, `nonce` for the ID token. */
export function createMarks(): { state: string; nonce: string } {
  return { state: generateRandomState(), nonce: generateRandomNonce() }
}
