import { describe, expect, it } from 'vitest'
import type { Check } from '../oauth/step.ts'
import { noteOfCheck } from './check-notes.ts'

const check: Check = {
  requirement: 'TOK-06',
  name: 'All scopes were granted',
  expected: 'openid profile email read_profile',
  received: 'read_profile',
  outcome: 'warning',
  clause: 'RFC 6749 §5.1',
  code: 'token_scope_reduced',
}

describe('a warning about scopes', () => {
  it('says that a token for an API names the scopes of that API', () => {
    expect(noteOfCheck(check)).toContain('(openid, profile, email)')
    expect(noteOfCheck(check)).toContain('for an API')
  })

  it('says what is missing when a scope of the API is', () => {
    expect(noteOfCheck({ ...check, expected: 'openid read_profile write_profile' })).toBe(
      'The provider granted less than was asked. Missing: openid, write_profile.',
    )
  })

  it('says nothing of a check that passed, or of another warning', () => {
    expect(noteOfCheck({ ...check, outcome: 'passed' })).toBeNull()
    expect(noteOfCheck({ ...check, code: 'clock_skew_suspected' })).toBeNull()
  })
})
