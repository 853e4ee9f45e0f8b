/** The sender's side of DPoP, for tests: a key and the proofs made with it (RFC 9449 §4.2). */
import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export interface DpopSender {
  /** @param changes claims to add or to replace */
  proof(
    method: string,
    url: string,
    accessToken?: string,
    changes?: Readonly<Record<string, unknown>>,
  ): Promise<string>
}

export async function createDpopSender(): Promise<DpopSender> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = await exportJWK(publicKey)
  return {
    proof: (method, url, accessToken, changes = {}) =>
      new SignJWT({
        jti: randomUUID(),
        htm: method,
        htu: url,
        iat: Math.floor(Date.now() / 1000),
        ...(accessToken === undefined
          ? {}
          : { ath: createHash('sha256').update(accessToken).digest('base64url') }),
        ...changes,
      })
        .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk })
        .sign(privateKey),
  }
}
