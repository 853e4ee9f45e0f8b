import { describe, expect, it } from 'vitest'
import { signedOutState } from '../session/store.ts'
import { claimsOf, nameOf } from './person-name.ts'

describe('what to call the person', () => {
  const sub = 'f81d4fae'
  it.each([
    ['the name', { name: 'Ada King', given_name: 'Ada', preferred_username: 'ada' }, 'Ada King'],
    ['its parts', { given_name: 'Ada', family_name: 'Lovelace', preferred_username: 'ada' }, 'Ada Lovelace'],
    ['one part', { name: ' ', given_name: 'Ada', family_name: '' }, 'Ada'],
    ['the user name', { given_name: 5, preferred_username: 'ada', email: 'ada@example.com' }, 'ada'],
    ['the e-mail address', { name: { first: 'Ada' }, email: 'ada@example.com' }, 'ada@example.com'],
    ['the identifier', {}, sub],
  ])('UINF-05: %s', (_, claims, name) => {
    expect(nameOf({ sub, ...claims })).toBe(name)
  })

  it('UINF-05: the API has the name where the ID token has none', () => {
    const { profile } = signedOutState
    const claims = { iss: 'https://op.example', sub, aud: 'app', exp: 1, iat: 0 }
    expect(nameOf(claimsOf({ claims, profile }))).toBe(sub)
    expect(nameOf(claimsOf({ claims, profile: { ...profile, claims: { sub, name: 'Ada' } } }))).toBe('Ada')
  })

  it.each([null, '', ' ', { first: 'Ada' }])(
    'UINF-05: what the API says in place of a name, %j, hides none',
    name => {
      const { profile } = signedOutState
      const claims = { iss: 'https://op.example', sub, aud: 'app', exp: 1, iat: 0, name: 'Ada' }
      expect(nameOf(claimsOf({ claims, profile: { ...profile, claims: { sub, name } } }))).toBe('Ada')
    },
  )

  it('nobody is known', () => {
    expect(nameOf(claimsOf(signedOutState))).toBe('You')
  })
})
