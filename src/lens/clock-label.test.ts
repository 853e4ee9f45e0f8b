import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockLabel } from './clock-label.ts'

describe('clockLabel', () => {
  it.each([
    [0, '0.000'],
    [2921, '2.921'],
    [59_999, '59.999'],
    [60_000, '1:00.0'],
    [256_049, '4:16.0'],
    [3_725_000, '1:02:05'],
    [61_500_000, '17h05'],
  ])('writes %i ms after the beginning as %s', (ms, text) => {
    expect(clockLabel(1000 + ms, 1000)).toBe(text)
  })

  it('writes what came before with a minus', () => {
    expect(clockLabel(1000, 1350)).toBe('−0.350')
    expect(clockLabel(1000, 1000)).toBe('0.000')
  })

  it('stays as short as the column is wide', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 * 3_600_000 }), ms => {
        expect(clockLabel(ms, 0).length).toBeLessThanOrEqual(7)
      }),
    )
  })
})
