/** The provider's public keys: which one may verify a token, and the verification itself (RFC 7515, 7517, 7518). */
import { checklist, isObject, type Judgement, jsonObject, textOf } from './check.ts'
import type { Fetch } from './metadata.ts'
import type { HttpResponse } from './step.ts'

/** A public key with the members that are looked at. */
export interface PublicKey {
  readonly kty: string
  readonly kid?: string | undefined
  readonly use?: string | undefined
  readonly alg?: string | undefined
  readonly crv?: string | undefined
  readonly n?: string | undefined
  /** True when the set published private or symmetric parts: such a key is never used (META-12). */
  readonly leaked: boolean
  readonly jwk: JsonWebKey
}

type HashName = 'SHA-256' | 'SHA-384' | 'SHA-512'

/** `params` serve importing and verifying alike: Web Crypto takes the members it knows. */
interface Algorithm {
  readonly kty: string
  readonly crv?: string
  readonly hash: HashName
  readonly params:
    | RsaHashedImportParams
    | (RsaHashedImportParams & RsaPssParams)
    | (EcKeyImportParams & EcdsaParams)
    | { name: 'Ed25519' }
}

const ed: Algorithm = { kty: 'OKP', crv: 'Ed25519', hash: 'SHA-512', params: { name: 'Ed25519' } }

/** The fixed list: asymmetric only, so `none` and HS256 are not even known here (IDT-07 to IDT-09). */
const algorithms = new Map<string, Algorithm>([
  ['EdDSA', ed],
  ['Ed25519', ed],
])
for (const bits of [256, 384, 512] as const) {
  const hash = `SHA-${bits}` as const
  // The curve that ES512 is used with has 521 bits (RFC 7518 §3.4).
  const crv = `P-${bits === 512 ? 521 : bits}`
  algorithms
    .set(`RS${bits}`, { kty: 'RSA', hash, params: { name: 'RSASSA-PKCS1-v1_5', hash } })
    .set(`PS${bits}`, { kty: 'RSA', hash, params: { name: 'RSA-PSS', hash, saltLength: bits / 8 } })
    .set(`ES${bits}`, { kty: 'EC', crv, hash, params: { name: 'ECDSA', namedCurve: crv, hash } })
}

/** Algorithms accepted from a provider: what it announces, cut to the fixed list; silent: RS256 (Core §3.1.3.7). */
export function allowedAlgorithms(announced: readonly string[] | undefined): string[] {
  return (announced ?? ['RS256']).filter(alg => algorithms.has(alg))
}

/** The digest that belongs to a signing algorithm, for `at_hash` (Core §3.2.2.9; SHA-512 for Ed25519). */
export const hashOf = (alg: string): HashName | null => algorithms.get(alg)?.hash ?? null

/** Asks for the key set. `cache: 'reload'` goes past the browser's cache, for a key that is not known yet. */
export function requestKeys(
  jwksUri: string,
  fetch: Fetch,
  cache: RequestCache = 'default',
): Promise<Response> {
  return fetch(jwksUri, { method: 'GET', headers: { accept: 'application/json' }, cache })
}

/** META-12: a JSON object with `keys`; members without a known `kty` are passed over. */
export function judgeKeys(response: HttpResponse): Judgement<PublicKey[]> {
  const list = checklist()
  const at = { httpStatus: response.status }
  list.add(
    'META-12',
    'HTTP status',
    'RFC 7517 §5',
    '200',
    String(response.status),
    response.status === 200,
    'jwks_fetch_failed',
    at,
  )
  const keys = parseKeys(jsonObject(response.body)?.['keys'])
  list.add(
    'META-12',
    'A set of public keys',
    'RFC 7517 §5',
    'keys',
    keys ? `${keys.length} keys` : response.body.slice(0, 80),
    keys !== null,
    'jwks_invalid',
    at,
  )
  if (keys?.some(key => key.leaked))
    list.warn(
      'META-12',
      'No private part is published',
      'OpenID Connect Discovery 1.0 §3',
      'public keys',
      'a private key',
      'jwks_invalid',
    )
  return list.done(keys)
}

/** Reads a list of JWKs, also one that was kept; null when it is not a list. */
export function parseKeys(value: unknown): PublicKey[] | null {
  if (!Array.isArray(value)) return null
  return value.flatMap(jwk => {
    const kty = isObject(jwk) ? textOf(jwk['kty']) : undefined
    if (!isObject(jwk) || kty === undefined) return []
    const [kid, use, alg, crv, n] = ['kid', 'use', 'alg', 'crv', 'n'].map(name => textOf(jwk[name]))
    return [{ kty, kid, use, alg, crv, n, leaked: 'd' in jwk || 'k' in jwk, jwk }]
  })
}

function fits(key: PublicKey, name: string, algorithm: Algorithm): boolean {
  // EdDSA and Ed25519 are one algorithm with two names (RFC 9864).
  const sameAlgorithm = algorithms.get(key.alg ?? name) === algorithm
  // 2048 bits in base64url, zeros in front not counted.
  const longEnough = key.kty !== 'RSA' || (key.n?.replace(/^A+/, '').length ?? 0) >= 342
  return (
    key.kty === algorithm.kty &&
    key.crv === algorithm.crv &&
    (key.use ?? 'sig') === 'sig' &&
    sameAlgorithm &&
    longEnough
  )
}

/** IDT-10, IDT-11: with `kid` exactly that key, without `kid` the only one that fits. */
export function selectKey(
  keys: readonly PublicKey[],
  alg: string,
  kid: string | undefined,
): PublicKey | 'jwks_key_not_found' | 'id_token_kid_ambiguous' | 'jwks_invalid' {
  const algorithm = algorithms.get(alg)
  const fitting = algorithm
    ? keys.filter(key => fits(key, alg, algorithm) && (kid === undefined || key.kid === kid))
    : []
  const [key, another] = fitting
  if (!key) return 'jwks_key_not_found'
  if (another) return 'id_token_kid_ambiguous'
  return key.leaked ? 'jwks_invalid' : key
}

export function base64urlBytes(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw new TypeError('not base64url')
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), each => each.charCodeAt(0))
}

export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Verifies the signature of a compact JWS with one key, on Web Crypto (RFC 7515 §5.2). */
export async function verifySignature(jws: string, alg: string, key: PublicKey): Promise<boolean> {
  const algorithm = algorithms.get(alg)
  const end = jws.lastIndexOf('.')
  if (!algorithm) return false
  try {
    // `alg`, `use` and `key_ops` were judged by us; Web Crypto's own reading of them differs between engines.
    const { kty, crv, n, e, x, y } = key.jwk
    const jwk: Record<string, unknown> = { kty, crv, n, e, x, y }
    const imported = await crypto.subtle.importKey('jwk', jwk, algorithm.params, false, ['verify'])
    return await crypto.subtle.verify(
      algorithm.params,
      imported,
      base64urlBytes(jws.slice(end + 1)),
      new TextEncoder().encode(jws.slice(0, end)),
    )
  } catch {
    return false
  }
}
