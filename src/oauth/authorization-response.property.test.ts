import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeAuthorizationResponse } from './authorization-response.ts'

const expected = {
  state: 'state-of-this-tab-0123456789',
  issuer: 'https://op.example',
  expiresAt: 2_000,
  now: 1_000,
}
const names = ['code', 'state', 'iss', 'error', 'error_description', 'access_token', 'id_token', 'foo', '']
const values = [
  expected.state,
  expected.issuer,
  'https://other.example',
  'the-code-0123456789',
  'access_denied',
  '',
]

const pair = fc.tuple(
  fc.oneof(fc.constantFrom(...names), fc.string()),
  fc.oneof(fc.constantFrom(...values), fc.string({ unit: 'binary' })),
)
const right = fc.constant<[string, string][]>([
  ['code', 'the-code-0123456789'],
  ['state', expected.state],
  ['iss', expected.issuer],
])
const parameters = fc.oneof(
  fc.tuple(right, fc.array(pair, { maxLength: 1 })).map(([good, more]) => [...good, ...more]),
  fc
    .shuffledSubarray([...names, 'state', 'code', 'iss'])
    .chain(some => fc.tuple(...some.map(name => fc.tuple(fc.constant(name), fc.constantFrom(...values))))),
  fc.array(pair, { maxLength: 8 }),
)

/** The rules of RFC 6749 §3.1, §4.1.2 and RFC 9207 §2.4, written a second time. */
function acceptable(url: URL, issPromised: boolean, inTime: boolean): boolean {
  const query = [...url.searchParams]
  const all = (name: string) => query.filter(([each]) => each === name).map(([, value]) => value)
  const fragment = new URLSearchParams(url.hash.slice(1))
  const token = ['access_token', 'id_token'].some(name => all(name).length > 0 || fragment.has(name))
  const twice = ['code', 'state', 'iss', 'error'].some(name => all(name).length > 1)
  const [code = '', state = '', iss = '', error = ''] = ['code', 'state', 'iss', 'error'].map(
    name => all(name)[0],
  )
  const issuerRight = iss === '' ? !issPromised : iss === expected.issuer
  return !token && !twice && state === expected.state && inTime && issuerRight && error === '' && code !== ''
}

function judge(url: URL, issPromised: boolean, now: number) {
  return judgeAuthorizationResponse(url.href, { ...expected, issParameterSupported: issPromised, now })
}

/** RESP-03: an issuer, an error and its description are shown on purpose; a one-time value is not. */
function tellsNothing(url: URL, error: unknown): boolean {
  const told = JSON.stringify(error)
  const shown = ['iss', 'error', 'error_description'].map(name => url.searchParams.get(name))
  const came = url.searchParams.get('state') ?? ''
  const quoted = JSON.stringify(came).slice(1, -1)
  const hidden = [expected.state, 'the-code-0123456789', ...(came.length > 15 ? [quoted] : [])]
  return hidden.every(
    secret =>
      shown.includes(secret) || secret === expected.issuer || shown.includes(came) || !told.includes(secret),
  )
}

describe('any callback URL', () => {
  it('RESP-02 to RESP-09, ISS-01 to ISS-05: is accepted exactly when the rules say so, and no one-time value is told', {
    timeout: 120_000,
  }, () => {
    let accepted = 0
    fc.assert(
      fc.property(
        parameters,
        fc.boolean(),
        fc.constantFrom(1_000, 2_000, 2_001),
        (pairs, issPromised, now) => {
          const url = new URL(`https://app.example/callback?${new URLSearchParams(pairs)}`)
          const { value, error } = judge(url, issPromised, now)
          const good = acceptable(url, issPromised, now <= expected.expiresAt)
          if (good) accepted += 1
          const right = value === (good ? url.searchParams.get('code') : null) && (error === null) === good
          return right && tellsNothing(url, error)
        },
      ),
      { numRuns: 10_000 },
    )
    expect(accepted).toBeGreaterThan(500)
  })

  it('RESP-09: any text after ? and # is judged without a crash, and never wrongly accepted', {
    timeout: 120_000,
  }, () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 })
    const likely = fc.constantFrom(
      `?code=a&state=${expected.state}&iss=https%3A%2F%2Fop.example`,
      `?state=${expected.state}`,
      '?state',
      '?%E0%A4%A',
      '#access_token=x',
    )
    const part = fc.oneof(likely, text)
    fc.assert(
      fc.property(part, part, fc.boolean(), (search, hash, issPromised) => {
        const url = new URL(`https://app.example/callback?${search}#${hash}`)
        const accepted = judge(url, issPromised, 1_000).value !== null
        const withoutTransaction = judgeAuthorizationResponse(url.href, null).value
        return accepted === acceptable(url, issPromised, true) && withoutTransaction === null
      }),
      { numRuns: 10_000 },
    )
  })
})
