/** The ID token: who signed in, said by this provider, to this app, in this sign-in (OpenID Connect Core 1.0 §3.1.3.7). */
import { type Checklist, checklist, excerpt, type Judgement, jsonObject, textOf } from './check.ts'
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
  /** `id_token_signing_alg_values_supported` of the metadata. */
  readonly announcedAlgorithms: readonly string[] | undefined
  /** What was sent; null for a refresh, where none is sent. */
  readonly nonce: string | null
  /** For `at_hash`. */
  readonly accessToken: string
  /** Wall clock, milliseconds. */
  readonly now: number
  /** The keys at hand; asked a second time, past every cache, when the key is not among them (META-13). */
  readonly keys: (again: boolean) => Promise<readonly PublicKey[]>
  readonly maxAge?: number | undefined
  readonly acrValues?: string | undefined
  /** The claims of the sign-in that a refresh renews (Core §12.2). */
  readonly previous?: IdTokenClaims | undefined
}

/** Seconds of clock difference that are forgiven (IDT-12). */
const leeway = 60
const core = (section: string) => `OpenID Connect Core 1.0 §${section}`
const validation = core('3.1.3.7')

/** The three parts of a JWT, decoded for reading only; null when it is none. */
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
  await judgeSignature(list, idToken, jwt.header, expected)
  judgeAddress(list, jwt.payload, expected)
  judgeTime(list, jwt.payload, expected)
  judgeBinding(list, jwt.payload, expected)
  await judgeAccessTokenHash(list, jwt.payload, jwt.header, expected)
  return list.done(list.error ? null : claimsOf(jwt.payload))
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
  let key = selectKey(await expected.keys(false), alg, kid)
  if (key === 'jwks_key_not_found') key = selectKey(await expected.keys(true), alg, kid)
  const found = typeof key === 'object'
  list.add(
    'IDT-11',
    'The key that signed is published',
    core('10.1'),
    kid === undefined ? 'the only fitting key' : `key ${excerpt(kid)}`,
    found ? 'found' : 'not found',
    found,
    typeof key === 'string' ? key : '',
  )
  if (typeof key === 'string') return
  const verified = await verifySignature(idToken, alg, key)
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

function judgeAddress(list: Checklist, claims: Record<string, unknown>, expected: ExpectedIdToken): void {
  const was = expected.previous
  const { iss, aud, azp, sub } = claims
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud]
  const missing = (name: string) => claims[name] === undefined
  const code = (name: string, other: string) => (missing(name) ? 'id_token_claim_missing' : other)
  list.add(
    'IDT-02',
    'iss is the provider',
    validation,
    expected.issuer,
    excerpt(iss),
    iss === expected.issuer,
    code('iss', was ? 'refresh_id_token_issuer_changed' : 'id_token_issuer_mismatch'),
  )
  list.add(
    'IDT-03',
    'aud is this app',
    validation,
    expected.clientId,
    excerpt(aud),
    audiences.includes(expected.clientId),
    code('aud', was ? 'refresh_id_token_audience_changed' : 'id_token_audience_mismatch'),
  )
  list.add(
    'IDT-04',
    'No other audience',
    validation,
    expected.clientId,
    excerpt(aud),
    audiences.every(each => each === expected.clientId),
    code('aud', 'id_token_audience_untrusted'),
  )
  if (azp !== undefined)
    list.add(
      'IDT-05',
      'azp is this app',
      validation,
      expected.clientId,
      excerpt(azp),
      azp === expected.clientId,
      'id_token_azp_mismatch',
    )
  list.add(
    'IDT-17',
    'sub is there, at most 255 ASCII characters',
    core('2'),
    'a text',
    excerpt(sub),
    typeof sub === 'string' && /^[\x20-\x7e]{1,255}$/.test(sub),
    'id_token_claim_missing',
  )
  if (was)
    list.add(
      'RT-06',
      'sub is the person who signed in',
      core('12.2'),
      was.sub,
      excerpt(sub),
      sub === was.sub,
      'refresh_id_token_subject_changed',
    )
}

function judgeTime(list: Checklist, claims: Record<string, unknown>, expected: ExpectedIdToken): void {
  const now = Math.floor(expected.now / 1000)
  const { exp, iat, nbf, auth_time: authTime } = claims
  const clock = { hints: [`clock_skew:${typeof iat === 'number' ? now - iat : 'unknown'}`] }
  const away = (value: unknown) => (typeof value === 'number' ? `${value - now} s from now` : excerpt(value))
  list.add(
    'IDT-12',
    'exp is in the future',
    validation,
    `more than -${leeway} s`,
    away(exp),
    typeof exp === 'number' && exp > now - leeway,
    typeof exp === 'number' ? 'id_token_expired' : 'id_token_claim_missing',
    clock,
  )
  list.add(
    'IDT-13',
    'iat is there and not in the future',
    core('2'),
    `at most ${leeway} s`,
    away(iat),
    typeof iat === 'number' && iat <= now + leeway,
    typeof iat === 'number' ? 'id_token_issued_in_future' : 'id_token_claim_missing',
    clock,
  )
  if (typeof iat === 'number')
    list.add(
      'IDT-13',
      'iat is not long ago',
      validation,
      'within a day',
      away(iat),
      iat > now - 86_400,
      'id_token_too_old',
      clock,
    )
  if (expected.previous && typeof iat === 'number')
    list.add(
      'RT-06',
      'iat is not before the one that is renewed',
      core('12.2'),
      `at least ${away(expected.previous.iat)}`,
      away(iat),
      iat >= expected.previous.iat - leeway,
      'id_token_too_old',
    )
  if (nbf !== undefined)
    list.add(
      'IDT-21',
      'nbf has come',
      'RFC 7519 §4.1.5',
      `at most ${leeway} s`,
      away(nbf),
      typeof nbf === 'number' && nbf <= now + leeway,
      'id_token_not_yet_valid',
      clock,
    )
  if (expected.maxAge !== undefined) {
    const there = list.add(
      'IDT-18',
      'auth_time is there, as max_age asks',
      core('3.1.2.1'),
      'a time',
      excerpt(authTime),
      typeof authTime === 'number',
      'id_token_auth_time_missing',
    )
    if (there)
      list.add(
        'IDT-18',
        'auth_time is recent enough',
        validation,
        `within ${expected.maxAge} s`,
        away(authTime),
        Number(authTime) >= now - expected.maxAge - leeway,
        'id_token_auth_time_too_old',
      )
  }
}

function judgeBinding(list: Checklist, claims: Record<string, unknown>, expected: ExpectedIdToken): void {
  const { nonce, acr, auth_time: authTime } = claims
  const was = expected.previous
  const shown = nonce === undefined ? 'nothing' : ({ value: 'nonce', text: excerpt(nonce) } as const)
  if (expected.nonce !== null)
    list.add(
      'IDT-14',
      'nonce is the one that was sent',
      validation,
      { value: 'nonce', text: expected.nonce },
      shown,
      nonce === expected.nonce,
      nonce === undefined ? 'id_token_nonce_missing' : 'id_token_nonce_mismatch',
    )
  else if (nonce !== undefined && !was)
    list.add(
      'IDT-15',
      'No nonce, because none was sent',
      core('2'),
      'nothing',
      'a nonce',
      false,
      'id_token_nonce_unexpected',
    )
  if (was && nonce !== undefined)
    list.add(
      'RT-06',
      'nonce is the original one',
      core('12.2'),
      'the original',
      nonce === was['nonce'] ? 'the original' : 'another',
      nonce === was['nonce'],
      'refresh_id_token_nonce_changed',
    )
  if (was && authTime !== undefined && was['auth_time'] !== undefined)
    list.add(
      'RT-06',
      'auth_time is the original one',
      core('12.2'),
      excerpt(was['auth_time']),
      excerpt(authTime),
      authTime === was['auth_time'],
      'refresh_id_token_auth_time_changed',
    )
  if (expected.acrValues !== undefined)
    list.add(
      'IDT-19',
      'acr is one that was asked',
      validation,
      expected.acrValues,
      excerpt(acr),
      typeof acr === 'string' && expected.acrValues.split(' ').includes(acr),
      'id_token_acr_unsatisfied',
    )
}

async function judgeAccessTokenHash(
  list: Checklist,
  claims: Record<string, unknown>,
  header: Record<string, unknown>,
  expected: ExpectedIdToken,
): Promise<void> {
  const { at_hash: atHash } = claims
  const hash = hashOf(String(header['alg']))
  if (atHash === undefined || hash === null) return
  const own = await accessTokenHash(expected.accessToken, hash)
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

function claimsOf(payload: Record<string, unknown>): IdTokenClaims | null {
  const { iss, sub, aud, exp, iat } = payload
  const audience = typeof aud === 'string' ? aud : Array.isArray(aud) ? aud.map(String) : null
  if (
    typeof iss !== 'string' ||
    typeof sub !== 'string' ||
    audience === null ||
    typeof exp !== 'number' ||
    typeof iat !== 'number'
  )
    return null
  return { ...payload, iss, sub, aud: audience, exp, iat }
}
