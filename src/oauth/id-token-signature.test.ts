import { createHmac } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { codeOf } from './answers.test-data.ts'
import { clientId, expectation, goodClaims, type Signer, signer } from './id-token.test-data.ts'
import { type ExpectedIdToken, judgeIdToken } from './id-token.ts'
import { type PublicKey, parseKeys } from './keys.ts'

let op: Signer
beforeAll(async () => {
  op = await signer()
})

const judge = async (claims: Record<string, unknown> = {}, more: Partial<ExpectedIdToken> = {}) =>
  judgeIdToken(await op.sign(claims), expectation(op, more))
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('its header', () => {
  const withHeader = async (header: Record<string, unknown>, more: Partial<ExpectedIdToken> = {}) => {
    const [, payload = '', signature = ''] = (await op.sign()).split('.')
    return judgeIdToken(`${part(header)}.${payload}.${signature}`, expectation(op, more))
  }

  it.each(['none', 'None', 'NONE'])('IDT-08: alg %s, even when it is announced', async alg => {
    expect(codeOf(await withHeader({ alg }, { announcedAlgorithms: ['none', alg, 'ES256'] }))).toBe(
      'id_token_alg_none',
    )
    const unsigned = `${part({ alg })}.${part(goodClaims)}.`
    expect(codeOf(await judgeIdToken(unsigned, expectation(op)))).toBe('id_token_alg_none')
  })

  it.each(['HS256', 'HS384', 'HS512'])('IDT-09: %s made with what is public', async alg => {
    const input = `${part({ alg })}.${part(goodClaims)}`
    for (const secret of [clientId, JSON.stringify(op.keys[0]?.jwk)]) {
      const signature = createHmac(alg.replace('HS', 'sha'), secret).update(input).digest('base64url')
      const judgement = await judgeIdToken(
        `${input}.${signature}`,
        expectation(op, { announcedAlgorithms: [alg, 'ES256'] }),
      )
      expect(codeOf(judgement)).toBe('id_token_alg_not_allowed')
    }
  })

  it('IDT-07: an algorithm that the provider did not announce', async () => {
    expect(codeOf(await judge({}, { announcedAlgorithms: ['RS256'] }))).toBe('id_token_alg_not_allowed')
    expect(codeOf(await judge({}, { announcedAlgorithms: undefined }))).toBe('id_token_alg_not_allowed')
    for (const alg of [undefined, 5, 'es256', '', { toString: 1 }])
      expect(codeOf(await withHeader({ alg }))).toBe('id_token_alg_not_allowed')
  })

  it('IDT-21: crit', async () => {
    for (const crit of [['b64'], [], null]) {
      const judgement = await withHeader({ alg: 'ES256', kid: 'k1', crit })
      expect(codeOf(judgement)).toBe('id_token_crit_unsupported')
    }
  })

  it.each(['at+jwt', 'application/at+jwt', 'dpop+jwt', 'logout+jwt', '', 5, null, ['JWT']])(
    'IDT-22: typ %j',
    async typ => {
      expect(codeOf(await withHeader({ alg: 'ES256', kid: 'k1', typ }))).toBe('id_token_type_unexpected')
    },
  )
})

describe('its key', () => {
  /** @param sets what each set holds, in the order in which they are tried; null: it never comes */
  const judgeWith = async (kid: string | undefined, ...sets: (readonly PublicKey[] | null)[]) => {
    let asked = 0
    const judgement = await judgeIdToken(
      await op.sign({}, { kid }),
      expectation(op, {
        keySets: sets.map(keys => async () => {
          asked += 1
          return keys ?? new Promise<never>(() => {})
        }),
      }),
    )
    return { code: codeOf(judgement), asked }
  }
  const named = (keys: readonly PublicKey[], kid: string | undefined) =>
    parseKeys(keys.map(({ jwk }) => ({ ...jwk, kid }))) ?? []

  it('META-13: an unknown kid asks for the next set, then is found', async () => {
    expect(await judgeWith('k1', [], [], op.keys)).toEqual({ code: 'accepted', asked: 3 })
  })

  it('META-13: and then fails', async () => {
    expect(await judgeWith('k9', op.keys, op.keys)).toEqual({ code: 'jwks_key_not_found', asked: 2 })
    expect(await judgeWith('k1')).toEqual({ code: 'jwks_key_not_found', asked: 0 })
  })

  it('META-13: a key that signed is enough: no other set is asked, and none is waited for', async () => {
    expect(await judgeWith('k1', op.keys, null)).toEqual({ code: 'accepted', asked: 1 })
  })

  it.each([
    ['of another name', 'k2', 'jwks_key_not_found'],
    ['of the same name', 'k1', 'id_token_signature_invalid'],
    ['without a name', undefined, 'jwks_key_not_found'],
  ])('META-13: a key at hand that did not sign, %s: the next set decides', async (_, kid, code) => {
    const other = named((await signer()).keys, kid)
    expect(await judgeWith('k1', other, op.keys)).toEqual({ code: 'accepted', asked: 2 })
    expect(await judgeWith('k1', other, other)).toEqual({ code, asked: 2 })
  })

  it('IDT-11: no kid and one key; no kid and two keys', async () => {
    expect((await judgeWith(undefined, op.keys)).code).toBe('accepted')
    const two = [...op.keys, ...(await signer('ES256', 'k2')).keys]
    expect((await judgeWith(undefined, two)).code).toBe('id_token_kid_ambiguous')
  })

  it('IDT-11: a kid that is not a text names no key', async () => {
    const [, payload = '', signature = ''] = (await op.sign()).split('.')
    const numbered = named(op.keys, '1')
    const token = `${part({ alg: 'ES256', kid: 1 })}.${payload}.${signature}`
    const judgement = await judgeIdToken(token, expectation(op, { keySets: [async () => numbered] }))
    expect(codeOf(judgement)).toBe('jwks_key_not_found')
  })

  it('META-12: the right key, published with its private part', async () => {
    const leaked = parseKeys(op.keys.map(({ jwk }) => ({ ...jwk, d: 'x' }))) ?? []
    expect((await judgeWith('k1', leaked)).code).toBe('jwks_invalid')
  })

  it('IDT-10: an RSA key of 1024 bits', async () => {
    const { publicKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true })
    const { n = '', ...jwk } = await exportJWK(publicKey)
    const weak = parseKeys([{ ...jwk, n: n.slice(0, 171), kid: 'k1' }]) ?? []
    const token = `${part({ alg: 'RS256', kid: 'k1' })}.${part(goodClaims)}.x`
    const judgement = await judgeIdToken(
      token,
      expectation(op, { announcedAlgorithms: ['RS256'], keySets: [async () => weak] }),
    )
    expect(codeOf(judgement)).toBe('jwks_key_not_found')
  })

  it('IDT-06: a changed claim, a changed signature, the key of somebody else', async () => {
    const [header = '', , signature = ''] = (await op.sign()).split('.')
    const forged = `${header}.${part({ ...goodClaims, sub: 'mallory' })}.${signature}`
    expect(codeOf(await judgeIdToken(forged, expectation(op)))).toBe('id_token_signature_invalid')
    const stranger = await signer()
    expect(codeOf(await judgeIdToken(await stranger.sign(), expectation(op)))).toBe(
      'id_token_signature_invalid',
    )
  })
})
