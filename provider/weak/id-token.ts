/** Faults of ID tokens: each breaks one of the checks of OIDC Core §3.1.3.7. */
import { createHash, randomBytes } from 'node:crypto'
import { generateKeyPair, type JWTPayload, UnsecuredJWT } from 'jose'
import type { SigningKey } from '../keys.ts'
import type { Weaknesses } from '../weaknesses.ts'

/** The nonce that every replayed ID token carries: one of an earlier sign-in. */
const earlierNonce = createHash('sha256').update('a sign-in of yesterday').digest('base64url')

/** The claims before they are signed. */
export function weakenClaims(claims: JWTPayload, weaknesses: Weaknesses): JWTPayload {
  const bent = { ...claims }
  if (weaknesses.has('id_token_wrong_nonce')) bent['nonce'] = earlierNonce
  if (weaknesses.has('id_token_no_nonce')) delete bent['nonce']
  if (weaknesses.has('id_token_wrong_audience')) bent.aud = 'another-client'
  if (weaknesses.has('id_token_wrong_issuer')) bent.iss = 'http://localhost:1'
  if (weaknesses.has('id_token_expired')) bent.exp = (bent.iat ?? 0) - 3600
  if (weaknesses.has('id_token_wrong_at_hash')) bent['at_hash'] = randomBytes(16).toString('base64url')
  return bent
}

/** The key to sign with: the published one, or one that nobody knows under the same `kid`. */
export async function weakenKey(key: SigningKey, weaknesses: Weaknesses): Promise<SigningKey> {
  if (!weaknesses.has('id_token_wrong_key')) return key
  const { privateKey } = await generateKeyPair(key.alg)
  return { ...key, privateKey }
}

/** The token after it was signed. */
export function weakenSigned(token: string, claims: JWTPayload, weaknesses: Weaknesses): string {
  if (weaknesses.has('id_token_alg_none')) return new UnsecuredJWT(claims).encode()
  if (!weaknesses.has('id_token_altered')) return token
  const [header, , signature] = token.split('.')
  const payload = Buffer.from(JSON.stringify({ ...claims, name: 'Mallory' })).toString('base64url')
  return `${header}.${payload}.${signature}`
}
