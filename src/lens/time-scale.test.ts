import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timing } from '../sequence/timing.ts'
import { messagesOf, signedInSteps } from './lens.test-data.tsx'
import { timeScale } from './time-scale.ts'

const rows = timing(await messagesOf(await signedInSteps()), null)

describe('the scale of the waterfall', () => {
  it('never runs backwards and stays inside, with and without waiting', () => {
    const moment = fc.integer({ min: 0, max: 300_000 })
    fc.assert(
      fc.property(moment, moment, fc.boolean(), (a, b, whole) => {
        const scale = timeScale(rows, whole)
        const [from, to] = [scale.place(Math.min(a, b)), scale.place(Math.max(a, b))]
        expect(from).toBeGreaterThanOrEqual(0)
        expect(to).toBeLessThanOrEqual(1)
        expect(to).toBeGreaterThanOrEqual(from)
      }),
    )
  })

  it('gives equal times equal lengths when nothing is left out', () => {
    const { place, cuts } = timeScale(rows, true)
    expect(cuts).toEqual([])
    expect(place(2000) - place(1000)).toBeCloseTo(place(4000) - place(3000), 10)
  })

  it('leaves out the time at the provider and the time until the renewal, and says so', () => {
    const { place, cuts } = timeScale(rows, false)
    expect(cuts).toHaveLength(2)
    const answered = rows.find(row => row.kind === 'token_request')
    expect(answered).toBeDefined()
    if (answered === undefined) return
    const width = place(answered.start + (answered.duration ?? 0)) - place(answered.start)
    expect(width).toBeGreaterThan(0.05)
    expect(timeScale(rows, true).place(answered.duration ?? 0)).toBeLessThan(0.01)
  })

  it('comes to an end for times of which one step is nothing', () => {
    const [row] = rows
    if (row === undefined) throw new Error('no row')
    const far = [1e22, 1e22 + 3e6].map(start => ({ ...row, start, duration: 1 }))
    expect(timeScale(far, false).ticks.length).toBeLessThanOrEqual(16)
    expect(timeScale(rows, false).ticks.length).toBeGreaterThan(2)
  })

  it('has a scale for a story without messages', () => {
    expect(timeScale([], false).place(0)).toBe(0)
  })
})
