/** Where things stand in the diagram: lanes, rows, and the line of a value. Pure numbers, in px. */

import { type Lane, lanes } from '../sequence/message.ts'
import type { Stop } from '../sequence/value-threads.ts'

/** Where a lifeline stands, as a part of the width that the lanes have. */
export const laneShares: Readonly<Record<Lane, number>> = {
  you: 0.045,
  app: 0.18,
  'authorization-server': 0.735,
  'resource-server': 0.93,
}

/** The area of the lanes, seen from the left edge of the list. */
export interface Frame {
  readonly left: number
  readonly width: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** What decides the height of a row. */
export interface RowShape {
  /** Inside one party: a check, or something that is made. */
  readonly self: boolean
  readonly first: boolean
  readonly last: boolean
}

export function laneX(lane: Lane, frame: Frame): number {
  return frame.left + frame.width * laneShares[lane]
}

export function isLeftward(from: Lane, to: Lane): boolean {
  return lanes.indexOf(to) < lanes.indexOf(from)
}

/** The arrow passes the lifeline of the authorization server without stopping there. */
export function hopsOver(from: Lane, to: Lane): boolean {
  return (from === 'resource-server') !== (to === 'resource-server')
}

interface RowSize {
  readonly height: number
  /** Room to breathe above the first row of an act, and below its last. */
  readonly above: number
  readonly below: number
}

/** The words stand beside the mark, on one line with it. */
const inside: RowSize = { height: 36, above: 2, below: 4 }
/** The words stand above the arrow, the values on it. */
const arrow: RowSize = { height: 48, above: 3, below: 6 }
/** From the top of an arrow's row to the middle of its stroke; 1.5 px thick, it so begins on a whole pixel. */
const arrowY = 33.75

export function rowHeight({ self, first, last }: RowShape): number {
  const { height, above, below } = self ? inside : arrow
  return height + (first ? above : 0) + (last ? below : 0)
}

/** Where the line of a row lies, from the row's top. */
export function lineY(shape: RowShape): number {
  return shape.self ? rowHeight(shape) / 2 : (shape.first ? arrow.above : 0) + arrowY
}

/** Tops of boxes that lie one under the other, and the sum of all heights at the end. */
export function stack(heights: readonly number[]): number[] {
  const tops = [0]
  for (const height of heights) tops.push((tops.at(-1) ?? 0) + height)
  return tops
}

/** A row that the line of a value touches. */
export interface Place {
  readonly y: number
  /** Left and right edge of the value's chip, when the row is inside one party and the chip is drawn. */
  readonly chip: { readonly left: number; readonly right: number } | null
}

/**
 * The corners of a value's line: along an arrow from lane to lane, down a lane while one party keeps the value. It
 * begins and ends at the chip where the value was made or compared.
 * @param placeOf null for a row that is not in the picture
 */
export function threadPoints(
  stops: readonly Stop[],
  placeOf: (messageId: string) => Place | null,
  frame: Frame,
): Point[] {
  const points: Point[] = []
  const add = (x: number, y: number) => {
    const last = points.at(-1)
    if (last === undefined || last.x !== x || last.y !== y) points.push({ x, y })
  }
  stops.forEach((stop, i) => {
    const place = placeOf(stop.messageId)
    if (place === null) return
    const x = laneX(stop.lane, frame)
    const before = stops[i - 1]
    const at = points.at(-1)
    // It may wait at one party and turn up at another, inside something else: down first, then across.
    if (at !== undefined && before?.messageId !== stop.messageId && at.x !== x) add(at.x, place.y)
    const chipX = place.chip === null ? null : x < place.chip.left ? place.chip.left : place.chip.right
    if (chipX !== null && points.length === 0) add(chipX, place.y)
    add(x, place.y)
    if (chipX !== null && i > 0 && i === stops.length - 1) add(chipX, place.y)
  })
  return points
}

/** An SVG path through the points, its corners rounded by `radius` or as far as the legs allow. */
export function roundedPath(points: readonly Point[], radius: number): string {
  const [start] = points
  if (start === undefined || points.length < 2) return ''
  const parts = [`M${mark(start)}`]
  points.forEach((corner, i) => {
    const before = points[i - 1]
    const after = points[i + 1]
    if (before === undefined) return
    const r =
      after === undefined ? 0 : Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2)
    if (after === undefined || r < 1) {
      parts.push(`L${mark(corner)}`)
      return
    }
    parts.push(`L${mark(towards(corner, before, r))}`, `Q${mark(corner)} ${mark(towards(corner, after, r))}`)
  })
  return parts.join('')
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y)
}

function towards(from: Point, to: Point, by: number): Point {
  const whole = distance(from, to)
  return { x: from.x + ((to.x - from.x) / whole) * by, y: from.y + ((to.y - from.y) / whole) * by }
}

function mark({ x, y }: Point): string {
  return `${Number(x.toFixed(2))},${Number(y.toFixed(2))}`
}

/** Edges of something in a scrolling box, seen from the start of its content. */
export interface Span {
  readonly top: number
  readonly bottom: number
}

/**
 * How far to scroll so that `span` is seen, or null when it is.
 * @param insets what covers the box at its top and bottom
 */
export function scrollFor(span: Span, view: Span, insets: Span): number | null {
  const top = view.top + insets.top
  const bottom = view.bottom - insets.bottom
  if (span.top >= top && span.bottom <= bottom) return null
  const down = view.top + (span.bottom - bottom)
  const up = span.top - insets.top
  return Math.max(0, span.top < top || span.bottom - span.top > bottom - top ? up : down)
}
