import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { createDpopKey, createProof, type ProofOf, thumbprint } from './dpop.ts'

const of: ProofOf = { method: 'POST', url: 'https://op.example/token', now: 1_800_000_000_999 }

describe('the key', () => {
  it('DPOP-10: script can use it, nobody can copy it', async () => {
    const key = await createDpopKey()
    expect([key.privateKey.extractable, key.privateKey.type]).toEqual([false, 'private'])
    for (const format of ['jwk', 'pkcs8'] as const)
      await expect(crypto.subtle.exportKey(format, key.privateKey)).rejects.toThrow()
    expect(Object.keys(key.publicJwk).sort()).toEqual(['crv', 'kty', 'x', 'y'])
  })

  it('DPOP-12: its thumbprint is the one of RFC 7638', async () => {
    const { publicJwk, thumbprint: own } = await createDpopKey()
    expect(own).toBe(await calculateJwkThumbprint(publicJwk))
  })

  it('DPOP-12: the vector of RFC 9449 §6.1', async () => {
    const jwk = {
      kty: 'EC',
      x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
      y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
      crv: 'P-256',
    }
    expect(await thumbprint(jwk)).toBe('0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I')
  })
})

describe('a proof', () => {
  it('DPOP-01, DPOP-02: is verified by jose with the key it carries', async () => {
    const key = await createDpopKey()
    const proof = await createProof(key, of)
    const { jwk } = decodeProtectedHeader(proof)
    expect(decodeProtectedHeader(proof)).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicJwk })
    const { payload } = await jwtVerify(proof, await importJWK(jwk ?? {}, 'ES256'), {
      typ: 'dpop+jwt',
      currentDate: new Date(of.now),
    })
    expect(payload).toEqual({
      jti: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4/),
      htm: 'POST',
      htu: 'https://op.example/token',
      iat: 1_800_000_000,
    })
  })

  it('DPOP-02: the target is named without query and fragment', async () => {
    const proof = await createProof(await createDpopKey(), {
      ...of,
      url: 'https://api.example:8443/a/b?x=1#y',
    })
    expect(decodeJwt(proof)['htu']).toBe('https://api.example:8443/a/b')
  })

  it('DPOP-03: ath, the vector of RFC 9449 §7.1', async () => {
    const accessToken = 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU'
    const proof = await createProof(await createDpopKey(), { ...of, accessToken })
    expect(decodeJwt(proof)['ath']).toBe('fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo')
  })

  it('DPOP-06: the nonce of the server is in it; without one there is no such claim', async () => {
    const key = await createDpopKey()
    expect(decodeJwt(await createProof(key, { ...of, nonce: 'fresh' }))['nonce']).toBe('fresh')
    expect(Object.keys(decodeJwt(await createProof(key, of))).sort()).toEqual(['htm', 'htu', 'iat', 'jti'])
  })

  it('DPOP-14: no two are alike', async () => {
    const key = await createDpopKey()
    const proofs = await Promise.all(Array.from({ length: 20 }, () => createProof(key, of)))
    expect(new Set(proofs.map(each => decodeJwt(each)['jti'])).size).toBe(20)
  })
})
