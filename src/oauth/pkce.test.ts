import { createHash } from 'node:crypto'
import { calculatePKCECodeChallenge } from 'oauth4webapi'
import { describe, expect, it } from 'vitest'
import { createMarks, createPkce } from './pkce.ts'

describe('PKCE', () => {
  it('PKCE-04: the vector of RFC 7636 Appendix B', async () => {
    expect(await calculatePKCECodeChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    )
  })

  it('PKCE-03, PKCE-04: 43 unreserved characters, and the hash of exactly these', async () => {
    const { codeVerifier, codeChallenge } = await createPkce()
    expect(codeVerifier).toMatch(/^[\w.~-]{43}$/)
    expect(codeChallenge).toBe(createHash('sha256').update(codeVerifier, 'ascii').digest('base64url'))
  })

  it('PKCE-02: 500 verifiers, no repeat, the whole alphabet', async () => {
    const verifiers = (await Promise.all(Array.from({ length: 500 }, createPkce))).map(
      each => each.codeVerifier,
    )
    expect(new Set(verifiers).size).toBe(500)
    expect(new Set(verifiers.join('')).size).toBe(64)
  })

  it('AREQ-09, IDT-16: state and nonce are fresh, long, and not each other', () => {
    const marks = Array.from({ length: 100 }, createMarks)
    const all = marks.flatMap(({ state, nonce }) => [state, nonce])
    expect(new Set(all).size).toBe(200)
    for (const mark of all) expect(mark).toMatch(/^[\w-]{43}$/)
  })
})
