import { describe, expect, it } from 'vitest'
import { claimText } from './claim-rows.ts'

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
})
