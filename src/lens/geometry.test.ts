import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lanes } from '../sequence/message.ts'
import type { Stop } from '../sequence/value-threads.ts'
import {
  hopsOver,
  isLeftward,
  laneX,
  lineY,
  roundedPath,
  rowHeight,
  scrollFor,
  stack,
  threadPoints,
} from './geometry.ts'

const frame = fc.record({
  left: fc.integer({ min: 0, max: 300 }),
  width: fc.integer({ min: 300, max: 2000 }),
})
const shape = fc.record({ self: fc.boolean(), first: fc.boolean(), last: fc.boolean() })
const lane = fc.constantFrom(...lanes)

describe('lanes', () => {
  it('stand in order, inside the frame', () => {
    fc.assert(
      fc.property(frame, area => {
        const xs = lanes.map(each => laneX(each, area))
        expect([...xs].sort((a, b) => a - b)).toEqual(xs)
        expect(xs[0]).toBeGreaterThanOrEqual(area.left)
        expect(xs.at(-1)).toBeLessThanOrEqual(area.left + area.width)
      }),
    )
  })

  it('say which way an arrow goes and whether it passes the authorization server', () => {
    expect(isLeftward('authorization-server', 'app')).toBe(true)
    expect(isLeftward('app', 'authorization-server')).toBe(false)
    expect(hopsOver('app', 'resource-server')).toBe(true)
    expect(hopsOver('resource-server', 'app')).toBe(true)
    expect(hopsOver('app', 'authorization-server')).toBe(false)
    expect(hopsOver('resource-server', 'resource-server')).toBe(false)
  })
})

describe('rows', () => {
  it('hold their line', () => {
    fc.assert(
      fc.property(shape, row => {
        expect(lineY(row)).toBeGreaterThan(0)
        expect(lineY(row)).toBeLessThan(rowHeight(row))
      }),
    )
  })

  it('lie one under the other without a gap', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 })), heights => {
        const tops = stack(heights)
        expect(tops).toHaveLength(heights.length + 1)
        heights.forEach((height, i) => {
          expect((tops[i + 1] ?? 0) - (tops[i] ?? 0)).toBe(height)
        })
      }),
    )
  })
})

describe('the line of a value', () => {
  const stops = fc.array(fc.record({ messageId: fc.integer({ min: 0, max: 20 }).map(String), lane }), {
    maxLength: 14,
  })
  const inOrder = (all: readonly Stop[]) => [...all].sort((a, b) => Number(a.messageId) - Number(b.messageId))
  const placeOf = (id: string) => ({ y: Number(id) * 48 + 30, chip: null })

  it('goes along arrows and down lanes only, never up', () => {
    fc.assert(
      fc.property(stops, frame, (all, area) => {
        const points = threadPoints(inOrder(all), placeOf, area)
        points.slice(1).forEach((point, i) => {
          const before = points[i]
          expect(point.x === before?.x || point.y === before?.y).toBe(true)
          expect(point.y).toBeGreaterThanOrEqual(before?.y ?? 0)
        })
      }),
    )
  })

  it('begins at the chip where the value was made and ends at the chip where it was compared', () => {
    const area = { left: 100, width: 1000 }
    const chips: Readonly<Record<string, { left: number; right: number } | null>> = {
      made: { left: 400, right: 500 },
      sent: null,
      compared: { left: 600, right: 700 },
    }
    const ys: Readonly<Record<string, number>> = { made: 10, sent: 60, compared: 110 }
    const points = threadPoints(
      [
        { messageId: 'made', lane: 'app' },
        { messageId: 'sent', lane: 'app' },
        { messageId: 'sent', lane: 'authorization-server' },
        { messageId: 'compared', lane: 'authorization-server' },
      ],
      id => ({ y: ys[id] ?? 0, chip: chips[id] ?? null }),
      area,
    )
    const app = laneX('app', area)
    const server = laneX('authorization-server', area)
    expect(points).toEqual([
      { x: 400, y: 10 },
      { x: app, y: 10 },
      { x: app, y: 60 },
      { x: server, y: 60 },
      { x: server, y: 110 },
      { x: 700, y: 110 },
    ])
  })

  it('leaves out rows that are not in the picture', () => {
    const points = threadPoints([{ messageId: 'gone', lane: 'app' }], () => null, { left: 0, width: 100 })
    expect(points).toEqual([])
    expect(roundedPath(points, 7)).toBe('')
  })

  it('is a path from the first point to the last, with one curve a corner at most', () => {
    const coordinate = fc.integer({ min: 0, max: 900 })
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 2, maxLength: 9 }),
        points => {
          const path = roundedPath(points, 7)
          const first = points[0]
          const last = points.at(-1)
          expect(path.startsWith(`M${first?.x},${first?.y}`)).toBe(true)
          expect(path.endsWith(`L${last?.x},${last?.y}`)).toBe(true)
          expect(path.split('Q').length - 1).toBeLessThanOrEqual(points.length - 2)
          expect(path).not.toContain('NaN')
        },
      ),
    )
  })
})

describe('scrolling', () => {
  const view = { top: 100, bottom: 500 }
  const insets = { top: 50, bottom: 20 }

  it('leaves the box alone while the row is seen', () => {
    expect(scrollFor({ top: 160, bottom: 200 }, view, insets)).toBeNull()
  })

  it('brings a row out from under what covers the box', () => {
    expect(scrollFor({ top: 120, bottom: 168 }, view, insets)).toBe(70)
    expect(scrollFor({ top: 490, bottom: 538 }, view, insets)).toBe(158)
  })

  it('shows the beginning of what is higher than the box', () => {
    expect(scrollFor({ top: 200, bottom: 900 }, view, insets)).toBe(150)
  })

  it('shows every row after one scroll', () => {
    const top = fc.integer({ min: 0, max: 5000 })
    fc.assert(
      fc.property(top, top, (row, from) => {
        const span = { top: row, bottom: row + 48 }
        const box = { top: from, bottom: from + 400 }
        const to = scrollFor(span, box, insets) ?? from
        const after = { top: to, bottom: to + 400 }
        expect(span.bottom).toBeLessThanOrEqual(after.bottom)
        if (to > 0) expect(span.top).toBeGreaterThanOrEqual(after.top)
      }),
    )
  })
})
