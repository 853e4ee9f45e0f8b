import { beforeAll, describe, expect, it } from 'vitest'
import { codeOf } from './answers.test-data.ts'
import { earlier, expectation, now, type Signer, signer } from './id-token.test-data.ts'
import { judgeIdToken } from './id-token.ts'
import { renewalOf } from './id-token-renewed.ts'

let op: Signer
beforeAll(async () => {
  op = await signer()
})

const judge = async (claims: Record<string, unknown>) =>
  judgeIdToken(await op.sign(claims), expectation(op, { nonce: null, judgeRenewal: renewalOf(earlier) }))

describe('the ID token of a refresh (OpenID Connect Core §12.2)', () => {
  it('RT-06: the same person, at a new time; nonce and auth_time may stay away', async () => {
    expect(codeOf(await judge({ nonce: undefined, auth_time: undefined }))).toBe('accepted')
    expect(codeOf(await judge({ auth_time: earlier['auth_time'] }))).toBe('accepted')
    expect(codeOf(await judge({ iat: earlier.iat - 60 }))).toBe('accepted')
  })

  it.each([
    [{ iss: 'https://other.example' }, 'refresh_id_token_issuer_changed'],
    [{ sub: 'bob' }, 'refresh_id_token_subject_changed'],
    [{ aud: 'other-app' }, 'refresh_id_token_audience_changed'],
    [{ nonce: 'another' }, 'refresh_id_token_nonce_changed'],
    [{ auth_time: now }, 'refresh_id_token_auth_time_changed'],
    [{ iat: earlier.iat - 61 }, 'id_token_too_old'],
    [{ exp: now - 60 }, 'id_token_expired'],
    [{ at_hash: 'wrong' }, 'id_token_at_hash_mismatch'],
    [{ azp: 'other' }, 'id_token_azp_mismatch'],
    [{ sub: undefined }, 'id_token_claim_missing'],
  ])('RT-06: %j', async (claims, code) => {
    const judgement = await judge(claims)
    expect([codeOf(judgement), judgement.value]).toEqual([code, null])
  })

  it('RT-06: the signature counts as always', async () => {
    const stranger = await signer()
    const judgement = await judgeIdToken(
      await stranger.sign(),
      expectation(op, { nonce: null, judgeRenewal: renewalOf(earlier) }),
    )
    expect(codeOf(judgement)).toBe('id_token_signature_invalid')
  })

  it('RT-06: an auth_time that was never there may come', async () => {
    const { auth_time: _, ...without } = earlier
    const previous = {
      ...without,
      iss: earlier.iss,
      sub: earlier.sub,
      aud: earlier.aud,
      exp: earlier.exp,
      iat: earlier.iat,
    }
    const token = await op.sign({ auth_time: now })
    expect(
      codeOf(await judgeIdToken(token, expectation(op, { nonce: null, judgeRenewal: renewalOf(previous) }))),
    ).toBe('accepted')
  })
})
