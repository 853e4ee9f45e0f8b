/**
 * Signs whatever it is told to. A library refuses weak keys and impossible headers, and this provider needs both,
 * so the signature is made with Node's own functions.
 */
import { constants, createHash, createHmac, sign } from 'node:crypto'
import { base64url } from 'jose'
import { type SigningKey, signingKey } from './keys.ts'
import type { IdTokenSwitches, SigningAlg } from './switches.ts'

function signature(alg: SigningAlg, key: SigningKey, input: string): Buffer {
  const data = Buffer.from(input)
  switch (alg) {
    case 'RS256':
      return sign('sha256', data, key.privateKey)
    case 'PS256':
      return sign('sha256', data, {
        key: key.privateKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      })
    case 'ES256':
      return sign('sha256', data, { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
    case 'ES384':
      return sign('sha384', data, { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
    case 'ES512':
      return sign('sha512', data, { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
    case 'EdDSA':
    case 'Ed25519':
      return sign(null, data, key.privateKey)
  }
}

const part = (value: unknown): string => base64url.encode(JSON.stringify(value))

/** `at_hash`: the left half of the hash that belongs to the signing algorithm (OpenID Connect Core 1.0 §3.1.3.6). */
export function leftHalfHash(alg: SigningAlg, text: string): string {
  const hash = alg === 'ES384' ? 'sha384' : /^(ES512|EdDSA|Ed25519)$/.test(alg) ? 'sha512' : 'sha256'
  const digest = createHash(hash).update(text).digest()
  return base64url.encode(digest.subarray(0, digest.length / 2))
}

type Lies = Pick<IdTokenSwitches, 'alg' | 'hmacKey' | 'signature' | 'kid' | 'crit' | 'typ' | 'form'>

const typNames = {
  'at+jwt': 'at+jwt',
  'dpop+jwt': 'dpop+jwt',
  'logout+jwt': 'logout+jwt',
  'lower-case': 'jwt',
} as const

function header(lies: Lies, key: SigningKey, foreign: SigningKey, named: boolean): Record<string, unknown> {
  const typ = lies.typ === undefined ? 'JWT' : lies.typ === 'absent' ? undefined : typNames[lies.typ]
  const kid = lies.kid === 'unknown' ? 'nobody-knows-this-key' : key.kid
  return {
    alg: lies.alg ?? key.alg,
    ...(typ === undefined ? {} : { typ }),
    ...(named && lies.kid !== 'absent' && lies.alg !== 'none' ? { kid } : {}),
    ...(lies.crit === 'unknown'
      ? { crit: ['urn:example:must-understand'], 'urn:example:must-understand': true }
      : {}),
    ...(lies.signature === 'embedded-key' ? { jwk: foreign.publicKey.export({ format: 'jwk' }) } : {}),
  }
}

function seal(lies: Lies, key: SigningKey, foreign: SigningKey, clientId: string, input: string): string {
  if (lies.alg === 'none' || lies.signature === 'empty') return ''
  if (lies.alg === 'HS256') {
    const secret =
      lies.hmacKey === 'public-key' ? key.publicKey.export({ format: 'pem', type: 'spki' }) : clientId
    return base64url.encode(createHmac('sha256', secret).update(input).digest())
  }
  const signer = lies.signature === 'foreign-key' || lies.signature === 'embedded-key' ? foreign : key
  const bytes = signature(key.alg, signer, input)
  if (lies.signature === 'damaged') bytes.writeUInt8(bytes.readUInt8(10) ^ 1, 10)
  return base64url.encode(bytes)
}

/** A compact JWS over the claims, with the lies it was told. @param named whether the provider's keys have a `kid` */
export function compactJws(
  claims: Record<string, unknown>,
  key: SigningKey,
  clientId: string,
  lies: Lies = {},
  named = true,
): string {
  const foreign = signingKey(key.alg, 'foreign')
  const payload = lies.form === 'payload-not-json' ? base64url.encode('not json') : part(claims)
  const input = `${part(header(lies, key, foreign, named))}.${payload}`
  const seals = seal(lies, key, foreign, clientId, input)
  if (lies.form === 'two-part') return input
  if (lies.form === 'five-part')
    return `${part({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })}.${['wrapped-key', 'vector', 'text', 'tag'].map(part).join('.')}`
  if (lies.signature === 'payload-altered') {
    const altered = part({ ...claims, email: 'mallory@example.com' })
    return `${input.split('.')[0]}.${altered}.${seals}`
  }
  return `${input}.${seals}`
}
