import { describe, expect, it } from 'vitest'
import { claimRows, claimText } from './claim-rows.ts'

describe('a claim as a person reads it', () => {
  it('a time stays in one piece', () => {
    const text = claimText('auth_time', 1_764_422_560) ?? ''

    expect(text.split(', ').at(-1)).not.toContain(' ')
  })

  it('nothing is nothing, everything else is told', () => {
    expect(claimText('name', '')).toBeNull()
    expect(claimText('email_verified', true)).toBe('true')
    expect(claimText('name', 'Alice')).toBe('Alice')
  })

  it('a time that is none is told as it came', () => {
    expect(claimText('updated_at', { toString: 1 })).toBe('{"toString":1}')
    expect(claimText('auth_time', 'yesterday')).toBe('yesterday')
    expect(claimText('updated_at', 1e300)).toBe('1e+300')
  })

  it('a very long value is cut, and says how long it is', () => {
    expect(claimText('name', 'x'.repeat(2000))).toBe('x'.repeat(2000))
    expect(claimText('name', 'x'.repeat(5000))).toBe(`${'x'.repeat(2000)}… (5000 characters)`)
  })
})

describe('where a claim comes from', () => {
  it('the order of the members of an object says nothing, that of a list does', () => {
    const differs = (one: unknown, other: unknown) =>
      claimRows({ address: one }, { address: other }, 'userinfo')[0]?.differs
    const place = { country: 'DE', at: { lat: 1, long: 2 } }
    expect(differs(place, { at: { long: 2, lat: 1 }, country: 'DE' })).toBe(false)
    expect(differs([place], [{ at: { long: 2, lat: 1 }, country: 'DE' }])).toBe(false)
    expect(differs(place, { ...place, at: { lat: 2, long: 1 } })).toBe(true)
    expect(differs(['a', 'b'], ['b', 'a'])).toBe(true)
    expect(differs({ 0: 'a' }, ['a'])).toBe(true)
    expect(differs(1, '1')).toBe(true)
  })

  it('a name that every object knows is no claim of the other source', () => {
    expect(claimRows({}, { toString: 'a' }, 'userinfo')).toEqual([
      { name: 'toString', value: 'a', sources: ['userinfo'], differs: false },
    ])
    expect(claimRows({ valueOf: 'a' }, {}, 'userinfo')).toMatchObject([
      { sources: ['id_token'], differs: false },
    ])
  })
})
