import { beforeAll, describe, expect, it } from 'vitest'
import { told, toldOfFailures } from './answers.test-data.ts'
import { issuer } from './client.test-data.ts'
import { earlier, expectation, goodClaims, now, type Signer, signer } from './id-token.test-data.ts'
import { accessTokenHash, type ExpectedIdToken, judgeIdToken } from './id-token.ts'
import { renewalOf } from './id-token-renewed.ts'

let op: Signer
let atHash = ''
beforeAll(async () => {
  op = await signer()
  atHash = await accessTokenHash('the-access-token', 'SHA-256')
})

const judge = async (claims: Record<string, unknown> = {}, more: Partial<ExpectedIdToken> = {}) =>
  judgeIdToken(await op.sign(claims), expectation(op, more))
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('what is told of a good ID token', () => {
  it('IDT-01 to IDT-22: every comparison, with its clause', async () => {
    const claims = { azp: 'this-app', nbf: now - 1, auth_time: now - 10, acr: 'gold', at_hash: atHash }
    const { checks } = await judge(claims, { maxAge: 300, acrValues: 'gold silver' })
    expect(told(checks)).toEqual([
      'IDT-01 A signed JWT of three parts (OpenID Connect Core 1.0 §2): three parts / three parts: passed',
      'IDT-21 No critical extension that we do not know (RFC 7515 §4.1.11): no crit / no crit: passed',
      'IDT-22 The kind of token (RFC 8725 §3.11): JWT or nothing / nothing: passed',
      'IDT-07 The signing algorithm (RFC 8725 §3.1): ES256 / ES256: passed',
      'IDT-11 The key that signed is published (OpenID Connect Core 1.0 §10.1): key k1 / found: passed',
      'IDT-06 The signature (OpenID Connect Core 1.0 §3.1.3.7): made with that key / made with that key: passed',
      `IDT-02 iss is the provider (OpenID Connect Core 1.0 §3.1.3.7): ${issuer} / ${issuer}: passed`,
      'IDT-03 aud is this app (OpenID Connect Core 1.0 §3.1.3.7): this-app / this-app: passed',
      'IDT-04 Every audience is trusted (OpenID Connect Core 1.0 §3.1.3.7): this-app / this-app: passed',
      'IDT-05 azp is this app (OpenID Connect Core 1.0 §3.1.3.7): this-app / this-app: passed',
      'IDT-17 sub is there, at most 255 ASCII characters (OpenID Connect Core 1.0 §2): a text / alice: passed',
      'IDT-12 exp is in the future (OpenID Connect Core 1.0 §3.1.3.7): more than -60 s / 300 s from now: passed',
      'IDT-13 iat is there and not in the future (OpenID Connect Core 1.0 §2): at most 60 s / 0 s from now: passed',
      'IDT-13 iat is not long ago (OpenID Connect Core 1.0 §3.1.3.7): within a day / 0 s from now: passed',
      'IDT-21 nbf has come (RFC 7519 §4.1.5): at most 60 s / -1 s from now: passed',
      `IDT-18 auth_time is there, as max_age asks (OpenID Connect Core 1.0 §3.1.2.1): a time / ${now - 10}: passed`,
      'IDT-18 auth_time is recent enough (OpenID Connect Core 1.0 §3.1.3.7): within 300 s / -10 s from now: passed',
      'IDT-14 nonce is the one that was sent (OpenID Connect Core 1.0 §3.1.3.7): nonce the-nonce / nonce the-nonce: passed',
      'IDT-19 acr is one that was asked (OpenID Connect Core 1.0 §3.1.3.7): gold silver / gold: passed',
      `IDT-20 at_hash belongs to the access token (OpenID Connect Core 1.0 §3.1.3.8): ${atHash} / ${atHash}: passed`,
    ])
  })

  it('RT-06: at a refresh, what must have stayed', async () => {
    const { checks } = await judge(
      { auth_time: earlier['auth_time'] },
      { nonce: null, judgeRenewal: renewalOf(earlier) },
    )
    expect(told(checks).filter(each => each.startsWith('RT-06') || each.includes('nonce'))).toEqual([
      'RT-06 sub is the person who signed in (OpenID Connect Core 1.0 §12.2): alice / alice: passed',
      'RT-06 iat is not before the one that is renewed (OpenID Connect Core 1.0 §12.2): at least -600 s from now / 0 s from now: passed',
      'RT-06 nonce is the original one (OpenID Connect Core 1.0 §12.2): the original / the original: passed',
      `RT-06 auth_time is the original one (OpenID Connect Core 1.0 §12.2): ${now - 900} / ${now - 900}: passed`,
    ])
  })
})

describe('what is told of a bad one: of its form', () => {
  it.each([
    ['a.b.c.d.e', 'five parts, encrypted: failed id_token_encrypted_unsupported'],
    ['a.b.c', 'something else: failed id_token_malformed'],
  ])('IDT-01: %s', async (text, found) => {
    const { checks } = await judgeIdToken(text, expectation(op))
    expect(told(checks)).toEqual([
      `IDT-01 A signed JWT of three parts (OpenID Connect Core 1.0 §2): three parts / ${found}`,
    ])
  })

  const unverified =
    'IDT-06 The signature (OpenID Connect Core 1.0 §3.1.3.7): made with that key / not made with that key: failed id_token_signature_invalid'
  const key = 'IDT-11 The key that signed is published (OpenID Connect Core 1.0 §10.1)'
  it.each([
    [
      { alg: 'ES256', kid: 'k1', crit: ['b64'] },
      [
        'IDT-21 No critical extension that we do not know (RFC 7515 §4.1.11): no crit / crit: failed id_token_crit_unsupported',
        unverified,
      ],
    ],
    [
      { alg: 'ES256', kid: 'k1', typ: 'jwt+more' },
      [
        'IDT-22 The kind of token (RFC 8725 §3.11): JWT or nothing / jwt+more: failed id_token_type_unexpected',
        unverified,
      ],
    ],
    [
      { alg: 'none' },
      ['IDT-08 The signing algorithm (RFC 8725 §3.1): ES256 or RS256 / none: failed id_token_alg_none'],
    ],
    [
      { alg: 'HS256' },
      [
        'IDT-07 The signing algorithm (RFC 8725 §3.1): ES256 or RS256 / HS256: failed id_token_alg_not_allowed',
      ],
    ],
    [{ alg: 'ES256', kid: 'k9' }, [`${key}: key k9 / not found: failed jwks_key_not_found`]],
    [{ alg: 'ES256', kid: 9 }, [`${key}: key  / not found: failed jwks_key_not_found`]],
    [{ alg: 'RS256' }, [`${key}: the only fitting key / not found: failed jwks_key_not_found`]],
  ])('%j', async (header, lines) => {
    const token = `${part(header)}.${part({ ...goodClaims, at_hash: atHash })}.x`
    const expected = expectation(op, { announcedAlgorithms: ['ES256', 'RS256'] })
    expect(toldOfFailures((await judgeIdToken(token, expected)).checks)).toEqual(lines)
  })
})

describe('what is told of a bad one: of its claims', () => {
  const core = 'OpenID Connect Core 1.0'
  const rules = `${core} §3.1.3.7`
  it.each([
    [{ iss: 'x' }, `IDT-02 iss is the provider (${rules}): ${issuer} / x: failed id_token_issuer_mismatch`],
    [
      { iss: undefined },
      `IDT-02 iss is the provider (${rules}): ${issuer} / nothing: failed id_token_claim_missing`,
    ],
    [
      { aud: ['this-app', 'x'] },
      `IDT-04 Every audience is trusted (${rules}): this-app / ["this-app","x"]: failed id_token_audience_untrusted`,
    ],
    [{ azp: 'x' }, `IDT-05 azp is this app (${rules}): this-app / x: failed id_token_azp_mismatch`],
    [
      { sub: 5 },
      `IDT-17 sub is there, at most 255 ASCII characters (${core} §2): a text / 5: failed id_token_claim_missing`,
    ],
    [
      { sub: 'a\nb' },
      `IDT-17 sub is there, at most 255 ASCII characters (${core} §2): a text / a\nb: failed id_token_claim_missing`,
    ],
    [
      { exp: 'x' },
      `IDT-12 exp is in the future (${rules}): more than -60 s / x: failed id_token_claim_missing`,
    ],
    [
      { iat: 'x' },
      `IDT-13 iat is there and not in the future (${core} §2): at most 60 s / x: failed id_token_claim_missing`,
    ],
    [
      { nonce: 'x' },
      `IDT-14 nonce is the one that was sent (${rules}): nonce the-nonce / nonce x: failed id_token_nonce_mismatch`,
    ],
    [
      { nonce: undefined },
      `IDT-14 nonce is the one that was sent (${rules}): nonce the-nonce / nothing: failed id_token_nonce_missing`,
    ],
  ])('%j', async (claims, line) => {
    expect(toldOfFailures((await judge(claims)).checks)).toEqual([line])
  })

  it('IDT-03: no audience at all', async () => {
    expect(toldOfFailures((await judge({ aud: undefined })).checks)).toEqual([
      `IDT-03 aud is this app (${rules}): this-app / nothing: failed id_token_claim_missing`,
      `IDT-04 Every audience is trusted (${rules}): this-app / nothing: failed id_token_claim_missing`,
    ])
  })

  it('IDT-15: a nonce that nobody sent', async () => {
    expect(toldOfFailures((await judge({}, { nonce: null })).checks)).toEqual([
      `IDT-15 No nonce, because none was sent (${core} §2): nothing / a nonce: failed id_token_nonce_unexpected`,
    ])
  })

  it.each([
    [{}, `auth_time is there, as max_age asks (${core} §3.1.2.1): a time / nothing`, 'auth_time_missing'],
    [
      { auth_time: now - 999 },
      `auth_time is recent enough (${rules}): within 300 s / -999 s from now`,
      'auth_time_too_old',
    ],
  ])('IDT-18: %j', async (claims, line, code) => {
    expect(toldOfFailures((await judge(claims, { maxAge: 300 })).checks)).toEqual([
      `IDT-18 ${line}: failed id_token_${code}`,
    ])
  })

  it.each([
    [{ exp: now - 60, iat: now - 90 }, 'exp is in the future', 90],
    [{ iat: now + 61 }, 'iat is there and not in the future', -61],
    [{ iat: now - 86_400 }, 'iat is not long ago', 86_400],
    [{ nbf: now + 61, iat: now - 5 }, 'nbf has come', 5],
  ])('IDT-12, IDT-13, IDT-21: %j tells how far the clocks are apart', async (claims, name, skew) => {
    const { error, checks } = await judge(claims)
    expect(checks.filter(each => each.outcome === 'failed').map(each => each.name)).toEqual([name])
    expect(error?.hints).toEqual([`clock_skew:${skew}`])
  })

  const refresh = `${core} §12.2`
  it.each([
    [
      { sub: 'bob' },
      `sub is the person who signed in (${refresh}): alice / bob: failed refresh_id_token_subject_changed`,
    ],
    [
      { iat: now - 661 },
      `iat is not before the one that is renewed (${refresh}): at least -600 s from now / -661 s from now: failed id_token_too_old`,
    ],
    [
      { nonce: 'x' },
      `nonce is the original one (${refresh}): the original / another: failed refresh_id_token_nonce_changed`,
    ],
    [
      { auth_time: now },
      `auth_time is the original one (${refresh}): ${now - 900} / ${now}: failed refresh_id_token_auth_time_changed`,
    ],
  ])('RT-06: %j', async (claims, line) => {
    const { checks } = await judge(claims, { nonce: null, judgeRenewal: renewalOf(earlier) })
    expect(toldOfFailures(checks)).toEqual([`RT-06 ${line}`])
  })

  it('IDT-13: a refresh without iat is told once', async () => {
    const { checks } = await judge({ iat: undefined }, { nonce: null, judgeRenewal: renewalOf(earlier) })
    expect(toldOfFailures(checks)).toHaveLength(1)
  })
})
