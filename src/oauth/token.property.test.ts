import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeTokenResponse, type TokenSet } from './token.ts'

const rather = <T>(
  good: readonly T[],
  other: fc.Arbitrary<unknown> = fc.jsonValue(),
): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: other })

const answer = fc.record(
  {
    access_token: rather(['at-secret-0123456789']),
    token_type: rather(['Bearer', 'bearer', 'bEaReR', 'DPoP', 'mac', 'Bearer ']),
    expires_in: rather([60, '60', 0, -1, 1e12, true, [60], 1e308, '1e999', 'soon', null]),
    refresh_token: rather(['rt-secret-0123456789']),
    id_token: rather(['a.b.c', '']),
    scope: rather(['openid profile', 'openid', '']),
    error: rather(['invalid_grant', ''], fc.jsonValue()),
    foo: fc.jsonValue(),
  },
  { requiredKeys: ['access_token', 'token_type', 'id_token'] },
)
const response = fc.record({
  status: fc.oneof(
    { weight: 8, arbitrary: fc.constant(200) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 599 }) },
  ),
  headers: fc.constantFrom<Record<string, string>>({}, { 'retry-after': '7' }, { 'retry-after': 'never' }),
  body: fc.oneof(
    { weight: 8, arbitrary: answer.map(each => JSON.stringify(each)) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  ),
})

function members(body: string): Map<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? new Map(Object.entries(value)) : null
  } catch {
    return null
  }
}

const filled = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** RFC 6749 §5.1, RFC 9449 §5 and OpenID Connect Core §3.1.3.3, written a second time. */
function acceptable(status: number, body: string, dpop: boolean, idTokenRequired: boolean): boolean {
  const json = members(body)
  const type = json?.get('token_type')
  return (
    status === 200 &&
    json !== null &&
    typeof json.get('error') !== 'string' &&
    filled(json.get('access_token')) &&
    typeof type === 'string' &&
    type.toLowerCase() === (dpop ? 'dpop' : 'bearer') &&
    (!idTokenRequired || filled(json.get('id_token')))
  )
}

const pairs: [boolean, boolean][] = [
  [false, true],
  [false, false],
  [true, true],
]

describe('any token response', () => {
  it('TOK-05 to TOK-10, TOK-13, DPOP-05: is accepted exactly when the rules say so, and no token is told', {
    timeout: 120_000,
  }, () => {
    let accepted = 0
    fc.assert(
      fc.property(response, fc.constantFrom(...pairs), (given, [dpop, idTokenRequired]) => {
        const expected = { issuer: 'https://op.example', scope: 'openid profile', dpop, idTokenRequired }
        const { value, error, checks } = judgeTokenResponse(given, expected)
        const json = members(given.body)
        // A body that is no token response is quoted, so only honest shapes are looked at.
        const told =
          json?.get('access_token') === 'at-secret-0123456789' ? JSON.stringify([checks, error]) : ''
        if (/at-secret|rt-secret/.test(told)) return false
        const good = acceptable(given.status, given.body, dpop, idTokenRequired)
        if ((value !== null) !== good || (error === null) !== good) return false
        if (!value || !json) return true
        accepted += 1
        return usable(value, json)
      }),
      { numRuns: 10_000 },
    )
    expect(accepted).toBeGreaterThan(200)
  })
})

/** TOK-06, TOK-07, RT-03: what was accepted has usable members, whatever was sent. */
function usable({ expiresIn, refreshToken, scope }: TokenSet, json: Map<string, unknown>): boolean {
  const [sentLife, sentScope, sentRefresh] = ['expires_in', 'scope', 'refresh_token'].map(name =>
    json.get(name),
  )
  const life =
    expiresIn === null ||
    (Number.isFinite(expiresIn) &&
      expiresIn > 0 &&
      (sentLife === expiresIn || Number(sentLife) === expiresIn))
  return (
    life &&
    scope === (typeof sentScope === 'string' ? sentScope : null) &&
    refreshToken === (filled(sentRefresh) ? sentRefresh : null)
  )
}
