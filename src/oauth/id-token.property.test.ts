import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { accessTokenHash, decodeJwt, type ExpectedIdToken, judgeIdToken } from './id-token.ts'
import { base64url, base64urlBytes, parseKeys } from './keys.ts'

const now = 1_800_000_000
const issuer = 'https://op.example'
const clientId = 'this-app'
const nonce = 'nonce-0123456789'
/** Node signs at once; Web Crypto would take a turn for each of 10,000. */
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
let expected: ExpectedIdToken
let atHash = ''

beforeAll(async () => {
  const jwk = { ...pair.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' }
  const keys = parseKeys([jwk]) ?? []
  atHash = await accessTokenHash('at', 'SHA-256')
  expected = {
    issuer,
    clientId,
    announcedAlgorithms: ['ES256', 'none', 'HS256'],
    nonce,
    accessToken: 'at',
    now: now * 1000,
    keySets: [async () => keys],
  }
})

const bytes = (text: string) => new TextEncoder().encode(text)
const part = (value: unknown) => base64url(bytes(JSON.stringify(value)))

function signed(header: unknown, claims: unknown): string {
  const input = `${part(header)}.${part(claims)}`
  const key = { key: pair.privateKey, dsaEncoding: 'ieee-p1363' } as const
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`
}

/** Mostly one of the good values, sometimes one that is nearly good, sometimes anything. */
const rather = (good: readonly unknown[], odd: readonly unknown[] = []): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 24, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, ...odd) },
    { weight: 1, arbitrary: fc.jsonValue() },
  )

const header = fc.record({
  alg: rather(['ES256'], ['none', 'NONE', 'HS256', 'RS256', 'es256']),
  kid: rather(['k1', undefined], ['k2', 1]),
  typ: rather(['JWT', 'jwt', undefined, 'application/jwt'], ['at+jwt', 'dpop+jwt']),
  crit: rather([undefined], [[], ['b64']]),
})
const claims = fc.record({
  iss: rather([issuer], [`${issuer}/`, `${issuer}1`, [issuer]]),
  aud: rather([clientId, [clientId]], [[], [clientId, 'other'], `${clientId} `]),
  sub: rather(['alice'], ['', 'a'.repeat(256), 'ü', 5]),
  exp: rather([now + 300, now - 59], [now - 60, now - 61, String(now + 300), Number.NaN]),
  iat: rather([now, now + 60], [now + 61, now - 86_400, now - 86_401]),
  nbf: rather([undefined, now, now + 60], [now + 61, '0']),
  nonce: rather([nonce], ['', `${nonce}1`, [nonce]]),
  azp: rather([undefined, clientId], ['other']),
  at_hash: rather([undefined, 'RIGHT'], ['', 'wrong']),
  roles: fc.jsonValue(),
})

const asSent = (value: unknown): Map<string, unknown> =>
  new Map(Object.entries(JSON.parse(JSON.stringify(value))))

/** OpenID Connect Core §2 and §3.1.3.7, written a second time, on the values as they were sent. */
function acceptable(sentHeader: unknown, sentClaims: unknown): boolean {
  const [top, say] = [asSent(sentHeader), asSent(sentClaims)]
  const has = (name: string, test: (value: unknown) => boolean) => test(say.get(name))
  const number = (value: unknown, test: (value: number) => boolean) =>
    typeof value === 'number' && test(value)
  const mine = (value: unknown) => value === clientId
  return (
    top.get('alg') === 'ES256' &&
    (!top.has('kid') || top.get('kid') === 'k1') &&
    (!top.has('typ') || ['JWT', 'jwt', 'application/jwt'].some(typ => typ === top.get('typ'))) &&
    !top.has('crit') &&
    has('iss', value => value === issuer) &&
    has('aud', value => mine(value) || (Array.isArray(value) && value.length > 0 && value.every(mine))) &&
    has('sub', value => typeof value === 'string' && /^[ -~]{1,255}$/.test(value)) &&
    has('exp', value => number(value, time => time > now - 60)) &&
    has('iat', value => number(value, time => time <= now + 60 && time > now - 86_400)) &&
    (!say.has('nbf') || has('nbf', value => number(value, time => time <= now + 60))) &&
    has('nonce', value => value === nonce) &&
    (!say.has('azp') || has('azp', mine)) &&
    (!say.has('at_hash') || has('at_hash', value => value === atHash))
  )
}

describe('any ID token', () => {
  it('IDT-02 to IDT-23: a signed one is accepted exactly when the rules say so', {
    timeout: 120_000,
  }, async () => {
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(header, claims, async (top, say) => {
        const sent = { ...say, at_hash: say.at_hash === 'RIGHT' ? atHash : say.at_hash }
        const { value, error, checks } = await judgeIdToken(signed(top, sent), expected)
        const good = acceptable(top, sent)
        if (good) accepted += 1
        const said = [value !== null, error === null, checks.every(each => each.outcome !== 'failed')]
        return said.every(each => each === good) && !JSON.stringify(error).includes(nonce)
      }),
      { numRuns: 10_000 },
    )
    expect(accepted).toBeGreaterThan(500)
  })

  it('IDT-06: a good one with any character changed is refused', { timeout: 120_000 }, async () => {
    const good = signed(
      { alg: 'ES256', kid: 'k1' },
      { iss: issuer, aud: clientId, sub: 'alice', exp: now + 300, iat: now, nonce, at_hash: atHash },
    )
    expect((await judgeIdToken(good, expected)).error).toBeNull()
    const signatureBytes = (jwt: string) => base64urlBytes(jwt.split('.')[2] ?? '').join()
    const place = fc.integer({ min: 0, max: good.length - 1 })
    const character = fc.oneof(
      fc.constantFrom(...'ABCDwxyz0189-_.=+/ '),
      fc.string({ unit: 'binary', maxLength: 3 }),
    )
    await fc.assert(
      fc.asyncProperty(place, character, async (at, text) => {
        const changed = good.slice(0, at) + text + good.slice(at + 1)
        const { value } = await judgeIdToken(changed, expected)
        if (value === null) return
        // base64url has bits to spare in its last character: another spelling of the same signature.
        expect(changed.split('.').slice(0, 2)).toEqual(good.split('.').slice(0, 2))
        expect(signatureBytes(changed)).toBe(signatureBytes(good))
      }),
      { numRuns: 10_000 },
    )
  })

  it('IDT-01: any text is judged without a crash and refused', { timeout: 120_000 }, async () => {
    const segment = fc.oneof(
      fc.json().map(text => base64url(bytes(text))),
      fc.base64String(),
      fc.string({ unit: 'binary' }),
    )
    const text = fc.oneof(
      fc.array(segment, { maxLength: 6 }).map(parts => parts.join('.')),
      fc.string({ unit: 'binary' }),
    )
    await fc.assert(
      fc.asyncProperty(text, async jwt => {
        expect((await judgeIdToken(jwt, expected)).value).toBeNull()
        const decoded = decodeJwt(jwt)
        if (decoded) expect([typeof decoded.header, typeof decoded.payload]).toEqual(['object', 'object'])
      }),
      { numRuns: 10_000 },
    )
  })
})
