import { CompactSign, exportJWK, type GenerateKeyPairResult, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { answer, codeOf, listening, told, toldOfFailures } from './answers.test-data.ts'
import {
  allowedAlgorithms,
  base64url,
  base64urlBytes,
  hashOf,
  judgeKeys,
  type PublicKey,
  parseKeys,
  requestKeys,
  selectKey,
  verifySignature,
} from './keys.ts'

const modulus = `s${'A'.repeat(341)}`
const rsaKey = { kty: 'RSA', kid: 'r1', n: modulus, e: 'AQAB' }
const ecKey = { kty: 'EC', kid: 'e1', crv: 'P-256', x: 'x', y: 'y' }
const edKey = { kty: 'OKP', kid: 'o1', crv: 'Ed25519', x: 'x' }
const parsed = (...jwks: object[]): PublicKey[] => parseKeys(jwks) ?? []
const selected = (jwks: object[], alg: string, kid?: string) => {
  const key = selectKey(parsed(...jwks), alg, kid)
  return typeof key === 'string' ? key : `key ${key.kid}`
}

describe('the algorithms', () => {
  it('IDT-07 to IDT-09: a fixed list of asymmetric ones; silent means RS256', () => {
    expect(allowedAlgorithms(undefined)).toEqual(['RS256'])
    expect(allowedAlgorithms(['none', 'HS256', 'HS512', 'ES256', 'ES256K', 'PS256'])).toEqual([
      'ES256',
      'PS256',
    ])
    expect(allowedAlgorithms([])).toEqual([])
  })

  it('IDT-20: the hash of each (SHA-512 for Ed25519)', () => {
    const hashes = ['RS256', 'PS384', 'ES512', 'ES384', 'EdDSA', 'Ed25519', 'none', 'HS256'].map(hashOf)
    expect(hashes).toEqual(['SHA-256', 'SHA-384', 'SHA-512', 'SHA-384', 'SHA-512', 'SHA-512', null, null])
  })
})

describe('the key set', () => {
  it('META-13: is asked for as JSON, past the cache when told to', async () => {
    const { fetch, sent } = listening()
    await requestKeys('https://op.example/jwks', fetch)
    await requestKeys('https://op.example/jwks', fetch, 'reload')
    const asked = {
      url: 'https://op.example/jwks',
      method: 'GET',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(),
    }
    expect(sent).toEqual([
      { ...asked, cache: 'default' },
      { ...asked, cache: 'reload' },
    ])
  })

  it('META-12: what is judged', () => {
    expect(told(judgeKeys(answer({ keys: [rsaKey, ecKey] })).checks)).toEqual([
      'META-12 HTTP status (RFC 7517 §5): 200 / 200: passed',
      'META-12 A set of public keys (RFC 7517 §5): keys / 2 keys: passed',
    ])
  })

  it('META-12: keys with an unknown shape are passed over', () => {
    const judgement = judgeKeys(answer({ keys: [rsaKey, ecKey, null, 'x', {}, { kty: 5 }] }))
    expect([codeOf(judgement), judgement.value?.map(each => each.kid)]).toEqual(['accepted', ['r1', 'e1']])
  })

  it.each([
    [
      'not found',
      answer({ keys: [] }, 404),
      'HTTP status (RFC 7517 §5): 200 / 404: failed jwks_fetch_failed',
    ],
    [
      'a page',
      answer(`<html>${'x'.repeat(99)}`),
      `A set of public keys (RFC 7517 §5): keys / <html>${'x'.repeat(74)}: failed jwks_invalid`,
    ],
    ['no keys', answer({}), 'A set of public keys (RFC 7517 §5): keys / {}: failed jwks_invalid'],
    [
      'keys that are no list',
      answer({ keys: {} }),
      'A set of public keys (RFC 7517 §5): keys / {"keys":{}}: failed jwks_invalid',
    ],
  ])('META-12: %s', (_, response, line) => {
    const { checks, error } = judgeKeys(response)
    expect(toldOfFailures(checks)).toEqual([`META-12 ${line}`])
    expect(error?.httpStatus).toBe(response.status)
  })

  it.each([
    ['d', { ...rsaKey, d: 'private' }],
    ['k', { kty: 'oct', k: 'secret' }],
  ])('META-12: a published private part (%s) is noted', (_, jwk) => {
    const judgement = judgeKeys(answer({ keys: [ecKey, jwk] }))
    expect([codeOf(judgement), toldOfFailures(judgement.checks)]).toEqual([
      'accepted',
      [
        'META-12 No private part is published (OpenID Connect Discovery 1.0 §3): public keys / a private key: warning jwks_invalid',
      ],
    ])
  })
})

describe('the choice of a key', () => {
  it('IDT-11: with kid exactly that one', () => {
    const two = [rsaKey, { ...rsaKey, kid: 'r2' }]
    expect([selected(two, 'RS256', 'r2'), selected(two, 'RS256', 'r3')]).toEqual([
      'key r2',
      'jwks_key_not_found',
    ])
  })

  it('IDT-11: without kid the only one that fits, never one of several', () => {
    expect(selected([rsaKey, ecKey, edKey], 'RS256')).toBe('key r1')
    expect(selected([rsaKey, { ...rsaKey, kid: 'r2' }], 'RS256')).toBe('id_token_kid_ambiguous')
    expect(selected([rsaKey, { ...rsaKey, kid: 'r2', use: 'enc' }], 'RS256')).toBe('key r1')
  })

  it('IDT-11: one kid for two fitting keys is ambiguous', () => {
    expect(selected([rsaKey, { ...rsaKey }], 'RS256', 'r1')).toBe('id_token_kid_ambiguous')
    expect(selected([rsaKey, { ...ecKey, kid: 'r1' }], 'RS256', 'r1')).toBe('key r1')
  })

  it.each([
    ['another kind of key', rsaKey, 'ES256'],
    ['a symmetric key', { kty: 'oct', kid: 's1' }, 'RS256'],
    ['another curve', ecKey, 'ES384'],
    ['a key for encryption', { ...rsaKey, use: 'enc' }, 'RS256'],
    ['a key for another algorithm', { ...rsaKey, alg: 'PS256' }, 'RS256'],
    ['an RSA key of 1024 bits', { ...rsaKey, n: modulus.slice(0, 171) }, 'RS256'],
    ['a short RSA key behind leading zeros', { ...rsaKey, n: `AAA${modulus.slice(0, 341)}` }, 'RS256'],
    ['an RSA key without modulus', { kty: 'RSA' }, 'RS256'],
    ['an unknown algorithm', rsaKey, 'none'],
    ['X25519 for Ed25519', { ...edKey, crv: 'X25519' }, 'EdDSA'],
    ['a key for EdDSA that says ES256', { ...edKey, alg: 'ES256' }, 'EdDSA'],
  ])('IDT-10: %s does not fit', (_, jwk, alg) => {
    expect(selected([jwk], alg)).toBe('jwks_key_not_found')
  })

  it('RFC 9864: Ed25519 and EdDSA are two names of one algorithm', () => {
    for (const alg of ['EdDSA', 'Ed25519'])
      for (const named of ['EdDSA', 'Ed25519'])
        expect(selected([{ ...edKey, alg: named }], alg)).toBe('key o1')
  })

  it('IDT-10: use and alg may be left out', () => {
    expect(selected([{ ...rsaKey, use: 'sig', alg: 'RS256' }], 'RS256')).toBe('key r1')
    expect(selected([rsaKey], 'PS512')).toBe('key r1')
  })

  it('META-12: a leaked key is never used', () => {
    expect(selected([{ ...rsaKey, d: 'x' }], 'RS256')).toBe('jwks_invalid')
  })
})

describe('base64url', () => {
  it('goes both ways', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
    expect(base64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
    expect(base64urlBytes(base64url(bytes))).toEqual(bytes)
  })

  it('RFC 7515 §2: padding, the other alphabet and white space are refused', () => {
    for (const text of ['YQ==', 'a+b', 'a/b', 'YQ\n', 'Y Q'])
      expect(() => base64urlBytes(text)).toThrow(new TypeError('not base64url'))
  })
})

describe('the signature', () => {
  const algorithms = [
    'RS256',
    'RS384',
    'RS512',
    'PS256',
    'PS384',
    'PS512',
    'ES256',
    'ES384',
    'ES512',
    'EdDSA',
    'Ed25519',
  ]
  const pairs = new Map<string, Promise<GenerateKeyPairResult>>()
  /** One RSA pair serves all six algorithms: making one is slow. */
  const kindOf = (alg: string) => alg.slice(0, 2).replace('PS', 'RS')

  async function signedBy(alg: string) {
    const kind = kindOf(alg) === 'RS' ? 'RS' : alg
    const making = pairs.get(kind) ?? generateKeyPair(alg, { extractable: true })
    pairs.set(kind, making)
    const { privateKey, publicKey } = await making
    const jwk = await exportJWK(privateKey)
    const jws = await new CompactSign(new TextEncoder().encode('{"sub":"alice"}'))
      .setProtectedHeader({ alg })
      .sign({ ...jwk, alg })
    const [key] = parsed(await exportJWK(publicKey))
    if (!key) throw new Error('the test made no key')
    return { jws, key }
  }

  it.each(algorithms)('IDT-06: %s, made by jose, is verified; a changed one is not', async alg => {
    const { jws, key } = await signedBy(alg)
    expect(await verifySignature(jws, alg, key)).toBe(true)
    const [header = '', payload = '', signature = ''] = jws.split('.')
    const other = Buffer.from('{"sub":"bob"}').toString('base64url')
    expect(await verifySignature(`${header}.${other}.${signature}`, alg, key)).toBe(false)
    const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)
    expect(await verifySignature(`${header}.${payload}.${flipped}`, alg, key)).toBe(false)
    expect(await verifySignature(`${header}.${payload}.`, alg, key)).toBe(false)
    expect(await verifySignature(`${header}.${payload}.${signature}=`, alg, key)).toBe(false)
  })

  it('IDT-06: another algorithm with the same key is not verified', async () => {
    const { jws, key } = await signedBy('RS256')
    for (const alg of ['PS256', 'RS384', 'none', 'HS256'])
      expect(await verifySignature(jws, alg, key)).toBe(false)
  })

  it('IDT-06: what is no JWS, and a key that is none, is not verified', async () => {
    const { jws, key } = await signedBy('ES256')
    expect(await verifySignature('no dot at all', 'ES256', key)).toBe(false)
    expect(await verifySignature(jws, 'ES256', { ...key, jwk: { kty: 'EC', crv: 'P-256' } })).toBe(false)
  })

  it('META-12: of a published key only what makes the key is read', async () => {
    const { jws, key } = await signedBy('RS256')
    const jwk: Record<string, unknown> = { ...key.jwk, oth: 'none', ext: 'no', p: 7, k: {} }
    expect(await verifySignature(jws, 'RS256', { ...key, jwk })).toBe(true)
  })

  it('IDT-06: key_ops and ext of the published key do not stop the verification', async () => {
    const { jws, key } = await signedBy('ES256')
    const odd = { ...key, jwk: { ...key.jwk, key_ops: ['encrypt'], use: 'enc', alg: 'ES384', ext: false } }
    expect(await verifySignature(jws, 'ES256', odd)).toBe(true)
  })
})
