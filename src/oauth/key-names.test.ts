import { describe, expect, it } from 'vitest'
import { doubledKid, namelessAmongOthers } from './key-names.ts'
import { parseKeys } from './keys.ts'

const rsa = (more: object) => ({ kty: 'RSA', n: 'x'.repeat(342), e: 'AQAB', ...more })
const ec = (more: object) => ({ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', ...more })
const kid = 'one'

describe('IDT-11: one name for two keys', () => {
  it.each([
    ['of one kind', [rsa({ kid }), rsa({ kid })], true],
    ['of one algorithm, which only one of them says', [rsa({ kid }), rsa({ kid, alg: 'PS512' })], true],
    [
      'of one algorithm with two names',
      [0, 1].map(at => ({ kty: 'OKP', crv: 'Ed25519', kid, alg: ['EdDSA', 'Ed25519'][at] })),
      true,
    ],
    ['of two algorithms', [rsa({ kid, alg: 'RS256' }), rsa({ kid, alg: 'PS256' })], false],
    ['of two types', [rsa({ kid }), ec({ kid })], false],
    ['of two curves', [ec({ kid }), ec({ kid, crv: 'P-384' })], false],
    ['of two uses', [rsa({ kid }), rsa({ kid, use: 'enc' })], false],
    ['with names of their own', [rsa({ kid }), rsa({ kid: 'two' })], false],
  ])('%s', (_, keys, isDoubled) => {
    expect(doubledKid(parseKeys(keys) ?? [])).toBe(isDoubled ? kid : undefined)
  })
})

describe('IDT-11: a key without a name', () => {
  it.each([
    ['alone', [rsa({})], 0],
    ['beside one of its kind', [rsa({}), rsa({ kid })], 1],
    ['beside another without', [rsa({}), rsa({})], 2],
    ['beside one of another kind', [rsa({}), ec({})], 0],
    ['beside a pair of another kind', [rsa({}), ec({ kid }), ec({ kid: 'two' })], 0],
  ])('%s', (_, keys, count) => {
    expect(namelessAmongOthers(parseKeys(keys) ?? [])).toHaveLength(count)
  })
})
