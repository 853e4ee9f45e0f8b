/** The ID token: who signed in, said by this provider, to this app, in this sign-in (OpenID Connect Core 1.0 §3.1.3.7). */
import { type Checklist, checklist, excerpt, type Judgement, jsonObject, textOf } from './check.ts'
import { core, judgeAddress, judgeBinding, judgeTime, validation } from './id-token-claims.ts'
import {
  allowedAlgorithms,
  base64url,
  base64urlBytes,
  hashOf,
  type PublicKey,
  selectKey,
  verifySignature,
} from './keys.ts'

export interface IdTokenClaims {
  readonly iss: string
  readonly sub: string
  readonly aud: string | readonly string[]
  readonly exp: number
  readonly iat: number
  readonly [claim: string]: unknown
}

export interface ExpectedIdToken {
  readonly issuer: string
  readonly clientId: string
  /** Who else the token may be for (IDT-04). */
  readonly trustedAudiences?: readonly string[]
  /** `id_token_signing_alg_values_supported` of the metadata. */
  readonly announcedAlgorithms: readonly string[] | undefined
  /** What was sent; null for a refresh, where none is sent. */
  readonly nonce: string | null
  /** For `at_hash`. */
  readonly accessToken: string
  /** Wall clock, milliseconds. */
  readonly now: number
  /** Tried in turn until one verifies: the keys at hand, then the published ones, past every cache (META-13). */
  readonly keySets: readonly (() => Promise<readonly PublicKey[]>)[]
  /** Seconds since the person last signed in at the provider, at most (IDT-18). */
  readonly maxAge?: number | undefined
  readonly acrValues?: string | undefined
  /** For a refresh: judges the claims against those known so far, see `id-token-renewed.ts` (Core §12.2). */
  readonly judgeRenewal?: (list: Checklist, claims: Record<string, unknown>, now: number) => void
}

/** Header and payload of a JWT, decoded for reading only; null when it is none. */
export function decodeJwt(
  jwt: string,
): { header: Record<string, unknown>; payload: Record<string, unknown> } | null {
  const parts = jwt.split('.')
  if (parts.length !== 3) return null
  try {
    const [header, payload] = parts
      .slice(0, 2)
      .map(part => jsonObject(new TextDecoder('utf-8', { fatal: true }).decode(base64urlBytes(part))))
    return header && payload ? { header, payload } : null
  } catch {
    return null
  }
}

/** Runs every check of §3.1.3.7, of §12.2 for a refresh, and `at_hash`; no token is used before all passed (TOK-11). */
export async function judgeIdToken(
  idToken: string,
  expected: ExpectedIdToken,
): Promise<Judgement<IdTokenClaims>> {
  const list = checklist()
  const encrypted = idToken.split('.').length === 5
  const jwt = decodeJwt(idToken)
  const form = encrypted ? 'five parts, encrypted' : jwt ? 'three parts' : 'something else'
  list.add(
    'IDT-01',
    'A signed JWT of three parts',
    core('2'),
    'three parts',
    form,
    jwt !== null,
    encrypted ? 'id_token_encrypted_unsupported' : 'id_token_malformed',
  )
  if (!jwt) return list.done<IdTokenClaims>(null)
  const hash = hashOf(excerpt(jwt.header['alg']))
  // Digested while the signature is verified: both are work of another thread.
  const digest = hash && accessTokenHash(expected.accessToken, hash)
  await judgeSignature(list, idToken, jwt.header, expected)
  judgeAddress(list, jwt.payload, expected)
  judgeTime(list, jwt.payload, expected)
  judgeBinding(list, jwt.payload, expected)
  expected.judgeRenewal?.(list, jwt.payload, expected.now)
  judgeAccessTokenHash(list, jwt.payload, await digest)
  if (list.error) return list.done<IdTokenClaims>(null)
  // The checks above proved these types.
  const { sub, aud, exp, iat } = jwt.payload
  return list.done({
    ...jwt.payload,
    iss: expected.issuer,
    sub: String(sub),
    aud: Array.isArray(aud) ? aud.map(String) : String(aud),
    exp: Number(exp),
    iat: Number(iat),
  })
}

async function judgeSignature(
  list: Checklist,
  idToken: string,
  header: Record<string, unknown>,
  expected: ExpectedIdToken,
): Promise<void> {
  const alg = excerpt(header['alg'])
  const allowed = allowedAlgorithms(expected.announcedAlgorithms)
  const none = alg.toLowerCase() === 'none'
  const typ = header['typ']
  list.add(
    'IDT-21',
    'No critical extension that we do not know',
    'RFC 7515 §4.1.11',
    'no crit',
    'crit' in header ? 'crit' : 'no crit',
    !('crit' in header),
    'id_token_crit_unsupported',
  )
  list.add(
    'IDT-22',
    'The kind of token',
    'RFC 8725 §3.11',
    'JWT or nothing',
    excerpt(typ),
    typ === undefined || (typeof typ === 'string' && /^(application\/)?jwt$/i.test(typ)),
    'id_token_type_unexpected',
  )
  const allowedAlg = list.add(
    none ? 'IDT-08' : 'IDT-07',
    'The signing algorithm',
    'RFC 8725 §3.1',
    allowed.join(' or '),
    alg,
    allowed.includes(alg),
    none ? 'id_token_alg_none' : 'id_token_alg_not_allowed',
  )
  if (!allowedAlg) return
  const kid = header['kid'] === undefined ? undefined : (textOf(header['kid']) ?? '')
  let key: ReturnType<typeof selectKey> = 'jwks_key_not_found'
  let verified = false
  for (const keys of expected.keySets) {
    key = selectKey(await keys(), alg, kid)
    verified = typeof key === 'object' && (await verifySignature(idToken, alg, key))
    if (verified) break
  }
  const refusal = typeof key === 'string' ? key : ''
  list.add(
    'IDT-11',
    'The key that signed is published',
    core('10.1'),
    kid === undefined ? 'the only fitting key' : `key ${excerpt(kid)}`,
    refusal ? 'not found' : 'found',
    refusal === '',
    refusal,
  )
  if (refusal) return
  list.add(
    'IDT-06',
    'The signature',
    validation,
    'made with that key',
    verified ? 'made with that key' : 'not made with that key',
    verified,
    'id_token_signature_invalid',
  )
}

function judgeAccessTokenHash(list: Checklist, claims: Record<string, unknown>, own: string | null): void {
  const { at_hash: atHash } = claims
  if (atHash === undefined || own === null) return
  list.add(
    'IDT-20',
    'at_hash belongs to the access token',
    core('3.1.3.8'),
    own,
    excerpt(atHash),
    atHash === own,
    'id_token_at_hash_mismatch',
  )
}

/** The left half of the digest of the access token, base64url (Core §3.2.2.9). */
export async function accessTokenHash(accessToken: string, hash: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest(hash, new TextEncoder().encode(accessToken)))
  return base64url(digest.slice(0, digest.length / 2))
}
