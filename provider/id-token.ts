/**
 * Finishing the ID token. The library leaves `at_hash` out of tokens from the token endpoint, where it is
 * optional (OIDC Core §3.1.3.6); the demo puts it in and signs again with the same key.
 */
import { createHash } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import type { SigningAlg, SigningKey } from './keys.ts'
import type { Middleware } from './oidc-provider.ts'
import { weakenClaims, weakenKey, weakenSigned } from './weak/id-token.ts'
import type { Weaknesses } from './weaknesses.ts'

const hashes: Readonly<Record<SigningAlg, string>> = { RS256: 'sha256', ES256: 'sha256', Ed25519: 'sha512' }

/** Left half of the hash of the access token, base64url (OIDC Core §3.1.3.6). */
function accessTokenHash(accessToken: string, alg: SigningAlg): string {
  const digest = createHash(hashes[alg]).update(accessToken).digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}

/** @returns a step that completes the answers of `/token` */
export function finishIdToken(keys: readonly SigningKey[], weaknesses: Weaknesses): Middleware {
  return async (ctx, next) => {
    await next()
    const body: unknown = ctx.body
    if (ctx.path !== '/token' || ctx.status !== 200 || typeof body !== 'object' || body === null) return
    if (!('id_token' in body) || typeof body.id_token !== 'string') return
    if (!('access_token' in body) || typeof body.access_token !== 'string') return
    const kid = decodeProtectedHeader(body.id_token).kid
    const published = keys.find(each => each.kid === kid)
    if (!published) return
    const whole = {
      ...decodeJwt(body.id_token),
      at_hash: accessTokenHash(body.access_token, published.alg),
    }
    const claims = weakenClaims(whole, weaknesses)
    const key = await weakenKey(published, weaknesses)
    const signed = await new SignJWT(claims)
      .setProtectedHeader({ alg: key.alg, typ: 'JWT', kid: key.kid })
      .sign(key.privateKey)
    ctx.body = { ...body, id_token: weakenSigned(signed, claims, weaknesses) }
  }
}
