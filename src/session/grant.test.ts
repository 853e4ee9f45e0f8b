import { describe, expect, it } from 'vitest'
import { clientConfig, issuer, serverMetadata } from '../oauth/client.test-data.ts'
import { type Grant, remainingLife } from './grant.ts'
import { renewalMargin } from './refresh.ts'

const grantOf = (expiresIn: number | null): Grant => ({
  config: clientConfig(),
  metadata: serverMetadata(),
  keys: [],
  tokens: {
    accessToken: 'a',
    tokenType: 'Bearer',
    refreshToken: null,
    idToken: null,
    expiresIn,
    scope: null,
  },
  idToken: 'i',
  claims: { iss: issuer, sub: 'alice', aud: 'this-app', exp: 1, iat: 1 },
  scope: 'openid',
  dpop: null,
  flow: { id: 'f', type: 'sign_in' },
  earlier: null,
  signedInAt: 1_000_000,
  receivedAt: 1_000_000,
  receivedMonotonic: 5_000,
})

describe('the life that a token still has', () => {
  it.each([
    ['at once', 300, 0, 0, 300_000],
    ['later', 300, 100_000, 100_000, 200_000],
    ['when it is over', 300, 400_000, 400_000, -100_000],
    ['by the wall clock, when that one is ahead', 300, 150_000, 100_000, 150_000],
    ['by the other one, when the wall clock was set back', 300, 40_000, 100_000, 200_000],
    ['a minute apart', 300, 160_000, 100_000, 140_000],
    ['more than a minute apart: nobody knows', 300, 160_001, 100_000, 0],
    ['more than a minute back: nobody knows', 300, 39_999, 100_000, 0],
    ['TOK-06: when the provider said nothing', null, 160_001, 100_000, Number.POSITIVE_INFINITY],
  ])('%s', (_, expiresIn, wall, monotonic, life) => {
    const clocks = { now: () => 1_000_000 + wall, monotonic: () => 5_000 + monotonic }
    expect(remainingLife(grantOf(expiresIn), clocks)).toBe(life)
  })
})

it.each([
  ['asleep', 160_001, 100_000, 139_999],
  ['set back', 39_999, 100_000, 200_000],
  ['over', 300_001, 100_000, -1],
])('of the last token there will be no guess ends it early (%s)', (_, wall, monotonic, life) => {
  const clocks = { now: () => 1_000_000 + wall, monotonic: () => 5_000 + monotonic }
  expect(remainingLife(grantOf(300), clocks, true)).toBe(life)
})

describe('5.3: the margin before the end', () => {
  it.each([
    [2, 1_000],
    [20, 10_000],
    [60, 10_000],
    [100, 10_000],
    [300, 30_000],
    [600, 60_000],
    [86_400, 60_000],
  ])('of %i s is %i ms', (expiresIn, margin) => {
    expect(renewalMargin(expiresIn)).toBe(margin)
  })
})
