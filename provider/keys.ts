/** Signing keys of the demo: made at start, held in memory, gone at the end. */
import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK } from 'jose'

export type SigningAlg = 'RS256' | 'ES256' | 'Ed25519'

export interface SigningKey {
  readonly alg: SigningAlg
  readonly kid: string
  readonly privateKey: CryptoKey
  /** With its private members, for the library that signs. */
  readonly privateJwk: JWK
}

export const signingAlgs: readonly SigningAlg[] = ['RS256', 'ES256', 'Ed25519']

/**
 * Makes one key. The `kid` is new each time, so that a client which remembers the keys of an earlier start
 * sees an unknown `kid` and fetches again, instead of a bad signature.
 */
async function createSigningKey(alg: SigningAlg): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  const kid = `demo-${alg.toLowerCase()}-${randomBytes(4).toString('hex')}`
  const privateJwk = { ...(await exportJWK(privateKey)), alg, kid, use: 'sig' }
  return { alg, kid, privateKey, privateJwk }
}

/** One key for each algorithm; the first one is the default. */
export function createSigningKeys(): Promise<SigningKey[]> {
  return Promise.all(signingAlgs.map(createSigningKey))
}
