import { describe, expect, it } from 'vitest'
import { decodeJwt } from '../oauth/id-token.ts'
import { flipped, jwtPart, unsignedJwt } from './forge.ts'

describe('forged tokens', () => {
  it('differ in one character of the last part, and keep their length', () => {
    expect(flipped('head.claims.Axyz')).toBe('head.claims.AxAz')
    expect(flipped('head.claims.xxAx')).toBe('head.claims.xxBx')
    expect(flipped('opaque')).toBe('opaAue')
  })

  it('are without a signature under the algorithm none', () => {
    const token = unsignedJwt({ alg: 'RS256', typ: 'at+jwt' }, { sub: 'a' })
    expect(token).toBe(`${jwtPart({ alg: 'none', typ: 'at+jwt' })}.${jwtPart({ sub: 'a' })}.`)
    expect(decodeJwt(token)).toEqual({ header: { alg: 'none', typ: 'at+jwt' }, payload: { sub: 'a' } })
  })
})
