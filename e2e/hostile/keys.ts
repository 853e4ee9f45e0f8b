/** Keys of the hostile provider, made on demand and kept for the process: RSA keys take their time. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { JWK } from 'jose'
import type { JwksSwitches, SigningAlg } from './switches.ts'

export interface SigningKey {
  readonly kid: string
  readonly alg: SigningAlg
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** Key sets by age: 0 is the first, each rotation adds one. `foreign` never belongs to the provider. */
export type Generation = number | 'foreign'

function makePair(alg: SigningAlg, bits: number): { privateKey: KeyObject; publicKey: KeyObject } {
  switch (alg) {
    case 'RS256':
    case 'PS256':
      return generateKeyPairSync('rsa', { modulusLength: bits })
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    case 'ES384':
      return generateKeyPairSync('ec', { namedCurve: 'P-384' })
    case 'ES512':
      return generateKeyPairSync('ec', { namedCurve: 'P-521' })
    case 'EdDSA':
    case 'Ed25519':
      return generateKeyPairSync('ed25519')
  }
}

const made = new Map<string, SigningKey>()

/** The key of one algorithm and generation. `bits` matters for RSA only. */
export function signingKey(alg: SigningAlg, generation: Generation, bits = 2048): SigningKey {
  const kid = `${alg}-${generation}${bits === 2048 ? '' : `-${bits}`}`
  const known = made.get(kid)
  if (known) return known
  const key = { kid, alg, ...makePair(alg, bits) }
  made.set(kid, key)
  return key
}

const publicJwk = (key: SigningKey): JWK => ({
  ...key.publicKey.export({ format: 'jwk' }),
  kid: key.kid,
  alg: key.alg,
  use: 'sig',
})
const privateJwk = (key: SigningKey): JWK => ({
  ...publicJwk(key),
  ...key.privateKey.export({ format: 'jwk' }),
})

function without(jwk: JWK, ...names: (keyof JWK)[]): JWK {
  const copy = { ...jwk }
  for (const name of names) delete copy[name]
  return copy
}

/** The key that signs: the published one, except where the switch needs a bad one. */
export function keyForSigning(alg: SigningAlg, generation: number, switches: JwksSwitches = {}): SigningKey {
  return switches.keys === 'weak-rsa' ? signingKey('RS256', generation, 1024) : signingKey(alg, generation)
}

/** The document at `jwks_uri`. @param alg the algorithm ID tokens are signed with */
export function jwksDocument(alg: SigningAlg, generation: number, switches: JwksSwitches = {}): unknown {
  const signing = keyForSigning(alg, generation, switches)
  const own = publicJwk(signing)
  const beside = signingKey(alg === 'ES256' ? 'RS256' : 'ES256', generation)
  const unnamed = (key: SigningKey) => without(publicJwk(key), 'kid')
  switch (switches.keys) {
    case undefined:
    case 'weak-rsa':
      return { keys: [own, publicJwk(beside)] }
    case 'single-without-kid':
      return { keys: [unnamed(signing)] }
    case 'several-without-kid':
      return { keys: [unnamed(signing), unnamed(signingKey(alg, generation + 1000))] }
    case 'private-member':
      return { keys: [privateJwk(signing)] }
    case 'private-beside':
      return { keys: [own, privateJwk(beside)] }
    case 'symmetric-beside':
      return { keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'shared', alg: 'HS256' }, own] }
    case 'unknown-type-beside':
      return { keys: [{ kty: 'XYZ', kid: 'from-the-future', alg: 'XY1' }, own] }
    case 'encryption-beside':
      return {
        keys: [
          { ...publicJwk(signingKey(alg, generation + 1000)), kid: own.kid, use: 'enc', alg: 'RSA-OAEP' },
          own,
        ],
      }
    case 'marked-enc':
      return { keys: [{ ...own, use: 'enc' }] }
    case 'other-alg':
      return { keys: [{ ...own, alg: 'RS512' }] }
    case 'wrong-type':
      return { keys: [{ ...publicJwk(beside), kid: own.kid }] }
    case 'empty':
      return { keys: [] }
    case 'no-keys-member':
      return { jwks: [own] }
  }
}
