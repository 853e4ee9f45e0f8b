/** Tokens that somebody has worked on. */
import { base64url } from '../oauth/keys.ts'

/** An object as a part of a JWT. */
export const jwtPart = (value: object): string => base64url(new TextEncoder().encode(JSON.stringify(value)))

/** A JWT without a signature (RFC 7519 §6). */
export const unsignedJwt = (header: object, claims: object): string =>
  `${jwtPart({ ...header, alg: 'none' })}.${jwtPart(claims)}.`

/** Another character in the middle of the last part: the length stays, the bytes do not. */
export function flipped(token: string): string {
  const at = token.lastIndexOf('.') + 1 + Math.floor((token.length - token.lastIndexOf('.') - 1) / 2)
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
}
