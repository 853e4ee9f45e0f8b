/** The real demo provider, whose servers want their nonce in every proof (RFC 9449 §8, §9). */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { WeaknessId } from '../../provider/weaknesses.ts'
import { type RealProvider, startRealProvider } from '../experiments/real-provider.test-data.ts'
import { seenIn } from './real-card.test-data.ts'

let real: RealProvider
beforeAll(async () => {
  real = await startRealProvider({}, { dpopNonce: true })
})
afterAll(() => real.demo.close())
afterEach(() => real.demo.weaknesses.set([]))

const findingOf = async (number: number) => (await seenIn(real, number, { dpop: true })).finding

describe('DPOP-06, DPOP-07: where every proof needs a nonce', () => {
  it('the clean run gets its tokens, so what is asked of them is asked', async () => {
    expect(await findingOf(34)).toMatchObject({ verdict: 'safe' })
  })

  it.each([
    [20, '400 invalid_grant'],
    [21, '400 invalid_grant'],
    [28, 'another: 400 invalid_grant, none: 400 invalid_request'],
    [26, '400 invalid_grant, then 401 invalid_token'],
  ])('check %i: the changed request is repeated as changed', async (number, seen) => {
    expect(await findingOf(number)).toMatchObject({ verdict: 'safe', seen })
  })

  it('bad proofs are refused for what is bad about them', async () => {
    expect(await findingOf(45)).toMatchObject({
      verdict: 'safe',
      seen: expect.stringContaining('proof used twice: 401 invalid_dpop_proof'),
    })
  })

  it.each<[WeaknessId, string]>([
    ['dpop_not_required', 'as Bearer'],
    ['dpop_replay_allowed', 'proof used twice'],
    ['dpop_key_not_checked', 'another key'],
  ])('%s is found: %s', async (weakness, name) => {
    real.demo.weaknesses.set([weakness])
    expect(await findingOf(45)).toMatchObject({ verdict: 'unsafe', seen: `${name}: 200` })
  })
})
