import { beforeAll, describe, expect, it } from 'vitest'
import { codeOf, findings, requirementsOf } from './answers.test-data.ts'
import { clientId, expectation, goodClaims, nonce, now, type Signer, signer } from './id-token.test-data.ts'
import { accessTokenHash, decodeJwt, type ExpectedIdToken, judgeIdToken } from './id-token.ts'

let op: Signer
beforeAll(async () => {
  op = await signer()
})

const judge = async (claims: Record<string, unknown> = {}, more: Partial<ExpectedIdToken> = {}) =>
  judgeIdToken(await op.sign(claims), expectation(op, more))
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('a good ID token', () => {
  it('passes every check and gives its claims, unknown ones too (IDT-23)', async () => {
    const judgement = await judge({ roles: ['a'] })
    expect([judgement.value, findings(judgement.checks)]).toEqual([{ ...goodClaims, roles: ['a'] }, []])
  })

  it.each(['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'])(
    'IDT-06, IDT-07, IDT-20: signed with %s, at_hash included',
    async alg => {
      const other = await signer(alg)
      const hashes: Record<string, string> = {
        ES384: 'SHA-384',
        ES512: 'SHA-512',
        EdDSA: 'SHA-512',
        Ed25519: 'SHA-512',
      }
      const at_hash = await accessTokenHash('the-access-token', hashes[alg] ?? 'SHA-256')
      const judgement = await judgeIdToken(await other.sign({ at_hash }), expectation(other))
      expect([codeOf(judgement), findings(judgement.checks)]).toEqual(['accepted', []])
      expect(requirementsOf(judgement.checks)).toContain('IDT-20')
    },
  )

  it('IDT-03: aud may be a list of one', async () => {
    expect((await judge({ aud: [clientId] })).value?.aud).toEqual([clientId])
  })

  it('IDT-05: azp that is this app', async () => {
    expect(codeOf(await judge({ azp: clientId }))).toBe('accepted')
  })

  it('IDT-22: typ JWT in any case, with or without application/', async () => {
    for (const typ of ['JWT', 'jwt', 'application/jwt'])
      expect(codeOf(await judgeIdToken(await op.sign({}, { typ }), expectation(op)))).toBe('accepted')
  })
})

describe('its form', () => {
  it.each([
    ['', 'id_token_malformed'],
    ['a.b', 'id_token_malformed'],
    ['a.b.c', 'id_token_malformed'],
    ['a.b.c.d', 'id_token_malformed'],
    [`${part({ alg: 'ES256' })}.${part([])}.x`, 'id_token_malformed'],
    [
      `${part({ alg: 'ES256' })}.${Buffer.from('{"sub":"\xff"}', 'latin1').toString('base64url')}.x`,
      'id_token_malformed',
    ],
    [`${part({ alg: 'ES256' })}.${part(goodClaims)}`, 'id_token_malformed'],
    [`${part({ alg: 'ES256' })}.${part(goodClaims)}.x.x`, 'id_token_malformed'],
    ['a.b.c.d.e', 'id_token_encrypted_unsupported'],
  ])('IDT-01: %s', async (text, code) => {
    const judgement = await judgeIdToken(text, expectation(op))
    expect([codeOf(judgement), judgement.checks.length]).toEqual([code, 1])
  })

  it('is decoded for reading without any promise', async () => {
    const decoded = decodeJwt(await op.sign())
    expect(decoded).toEqual({ header: { alg: 'ES256', kid: 'k1' }, payload: goodClaims })
    expect([decodeJwt('x'), decodeJwt('a.b.c.d.e')]).toEqual([null, null])
  })
})

describe('its claims', () => {
  const missing = 'id_token_claim_missing'
  it.each([
    ['IDT-02', { iss: `${goodClaims.iss}1` }, 'id_token_issuer_mismatch'],
    ['IDT-02', { iss: `${goodClaims.iss}/` }, 'id_token_issuer_mismatch'],
    ['IDT-02', { iss: [goodClaims.iss] }, 'id_token_issuer_mismatch'],
    ['IDT-02', { iss: undefined }, missing],
    ['IDT-03', { aud: 'other' }, 'id_token_audience_mismatch'],
    ['IDT-03', { aud: [] }, 'id_token_audience_mismatch'],
    ['IDT-03', { aud: `${clientId}1` }, 'id_token_audience_mismatch'],
    ['IDT-03', { aud: undefined }, missing],
    ['IDT-04', { aud: [clientId, 'other'] }, 'id_token_audience_untrusted'],
    ['IDT-05', { azp: 'other' }, 'id_token_azp_mismatch'],
    ['IDT-05', { azp: null }, 'id_token_azp_mismatch'],
    ['IDT-17', { sub: undefined }, missing],
    ['IDT-17', { sub: '' }, missing],
    ['IDT-17', { sub: 5 }, missing],
    ['IDT-17', { sub: { toString: 1 } }, missing],
    ['IDT-17', { sub: 'a'.repeat(256) }, missing],
    ['IDT-17', { sub: 'älice' }, missing],
    ['IDT-12', { exp: now - 60 }, 'id_token_expired'],
    ['IDT-12', { exp: now - 300 }, 'id_token_expired'],
    ['IDT-12', { exp: undefined }, missing],
    ['IDT-12', { exp: String(now + 300) }, missing],
    ['IDT-13', { iat: undefined }, missing],
    ['IDT-13', { iat: String(now) }, missing],
    ['IDT-13', { iat: now + 61 }, 'id_token_issued_in_future'],
    ['IDT-13', { iat: now - 86_400 }, 'id_token_too_old'],
    ['IDT-21', { nbf: now + 61 }, 'id_token_not_yet_valid'],
    ['IDT-21', { nbf: String(now) }, 'id_token_not_yet_valid'],
    ['IDT-14', { nonce: 'another' }, 'id_token_nonce_mismatch'],
    ['IDT-14', { nonce: [nonce] }, 'id_token_nonce_mismatch'],
    ['IDT-14', { nonce: undefined }, 'id_token_nonce_missing'],
    ['IDT-20', { at_hash: 'wrong' }, 'id_token_at_hash_mismatch'],
    ['IDT-20', { at_hash: null }, 'id_token_at_hash_mismatch'],
  ])('%s: %j', async (requirement, claims, code) => {
    const judgement = await judge(claims)
    expect([codeOf(judgement), judgement.value]).toEqual([code, null])
    expect(findings(judgement.checks)).toContain(`${requirement} ${code}`)
  })

  it.each([
    ['IDT-12', { exp: now - 59 }],
    ['IDT-13', { iat: now + 60 }],
    ['IDT-13', { iat: now - 86_399 }],
    ['IDT-21', { nbf: now + 60 }],
    ['IDT-17', { sub: 'a'.repeat(255) }],
  ])('%s: %j is just good enough', async (_, claims) => {
    expect(codeOf(await judge(claims))).toBe('accepted')
  })

  it('IDT-04: another audience passes when it is trusted by configuration, and this app is named still', async () => {
    const trusting = { ...expectation(op), trustedAudiences: ['project', 'api'] }
    const judgeWith = async (claims: Record<string, unknown>) =>
      judgeIdToken(await op.sign({ ...goodClaims, ...claims }), trusting)
    expect(codeOf(await judgeWith({ aud: [clientId, 'project'], azp: clientId }))).toBe('accepted')
    expect(codeOf(await judgeWith({ aud: [clientId, 'project', 'other'] }))).toBe(
      'id_token_audience_untrusted',
    )
    expect(codeOf(await judgeWith({ aud: [clientId, 5] }))).toBe('id_token_audience_untrusted')
    expect(codeOf(await judgeWith({ aud: ['project'] }))).toBe('id_token_audience_mismatch')
    expect(codeOf(await judgeWith({ aud: [clientId, 'project'], azp: 'project' }))).toBe(
      'id_token_azp_mismatch',
    )
  })

  it('IDT-12: a refusal for the time tells how far the clocks are apart', async () => {
    const { error } = await judge({ exp: now - 600, iat: now - 700 })
    expect(error?.hints).toEqual(['clock_skew:700'])
    expect((await judge({ exp: now - 600, iat: 'x' })).error?.hints).toEqual(['clock_skew:unknown'])
  })

  it('IDT-14: the error does not print the nonce', async () => {
    const { error } = await judge({ nonce: 'a-nonce-that-came' })
    expect(JSON.stringify(error)).not.toMatch(/the-nonce|a-nonce-that-came/)
  })

  it('IDT-15: a nonce though none was sent', async () => {
    expect(codeOf(await judge({}, { nonce: null }))).toBe('id_token_nonce_unexpected')
    expect(codeOf(await judge({ nonce: undefined }, { nonce: null }))).toBe('accepted')
  })

  it.each([
    [undefined, 'id_token_auth_time_missing'],
    [String(now), 'id_token_auth_time_missing'],
    [now - 361, 'id_token_auth_time_too_old'],
    [now - 360, 'accepted'],
    [now * 1000, 'id_token_auth_time_too_old'],
  ])('IDT-18: max_age 300 and auth_time %j', async (auth_time, code) => {
    expect(codeOf(await judge({ auth_time }, { maxAge: 300 }))).toBe(code)
  })

  it('IDT-18: a max_age that is no number refuses', async () => {
    expect(codeOf(await judge({ auth_time: now }, { maxAge: Number.NaN }))).toBe('id_token_auth_time_too_old')
  })

  it.each([
    ['gold', 'accepted'],
    ['silver', 'accepted'],
    ['gold silver', 'id_token_acr_unsatisfied'],
    ['0', 'id_token_acr_unsatisfied'],
    [undefined, 'id_token_acr_unsatisfied'],
    [['gold'], 'id_token_acr_unsatisfied'],
  ])('IDT-19: gold or silver was asked, %j came', async (acr, code) => {
    expect(codeOf(await judge({ acr }, { acrValues: 'gold silver' }))).toBe(code)
  })
})

describe('at_hash (vectors of the hash guide)', () => {
  const token = 'YmJiZTAwYmYtMzgyOC00NzhkLTkyOTItNjJjNDM3MGYzOWIy9sFhvH8K_x8UIHj1osisS57f5DduL'
  it.each([
    ['SHA-256', 'xsZZrUssMXjL3FBlzoSh2g'],
    ['SHA-384', 'adt46pcdiB-l6eTNifgoVM-5AIJAxq84'],
    ['SHA-512', 'p2LHG4H-8pYDc0hyVOo3iIHvZJUqe9tbj3jESOuXbkY'],
  ])('IDT-20: %s', async (hash, expected) => {
    expect(await accessTokenHash(token, hash)).toBe(expected)
  })
})
