import { describe, expect, it } from 'vitest'
import { noWish, wishOf } from './wish.ts'

describe('what a person asks of one sign-in', () => {
  it('empty fields ask for nothing', () => {
    expect(wishOf(noWish)).toEqual({})
    expect(wishOf({ ...noWish, loginHint: '  ', moreScope: ' ' })).toEqual({})
  })

  it('each field is the parameter of its name', () => {
    expect(
      wishOf({ loginHint: ' bob ', prompt: 'login', maxAge: '60', acrValues: 'gold', moreScope: 'orders' }),
    ).toEqual({ loginHint: 'bob', prompt: 'login', maxAge: 60, acrValues: 'gold', moreScope: 'orders' })
  })

  it('max_age may be zero: the password now', () => {
    expect(wishOf({ ...noWish, maxAge: '0' })).toEqual({ maxAge: 0 })
  })

  it.each(['-1', '1.5', 'soon', '1e3', '99999999999'])('max_age %s is refused', maxAge => {
    expect(wishOf({ ...noWish, maxAge })).toBeNull()
  })
})
