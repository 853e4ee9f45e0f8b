/**
 * The diagram as a list of shapes: what the SVG text and the PNG are made of. It shows fingerprints only, never a
 * value.
 */
import { laneNames } from '../explain/labels.ts'
import { channelIcons } from '../inspector/channel-icons.ts'
import { type Expectation, type Lane, lanes, type Message } from '../sequence/message.ts'
import { zeroOf } from '../sequence/timing.ts'
import { duration } from '../ui/format.ts'
import { clockLabel } from './clock-label.ts'
import { type Frame, hopsOver, laneX, lineY, stack } from './geometry.ts'
import { partyOrigin } from './lane-origin.ts'
import { lineOf } from './line.ts'
import { chips, chipsWidth } from './picture-chips.ts'
import { colors } from './picture-colors.ts'
import { heightOf, type MessageRow, type Row, rowsOf, stopHeight } from './rows.ts'
import { icon, line, path, type Shape, textWidth, words } from './shapes.ts'

export interface Picture {
  readonly width: number
  readonly height: number
  readonly paper: string
  readonly shapes: readonly Shape[]
}

// All in px, as on the page.
const width = 1040
/** Names and origins of the parties, above the first row. */
const head = 64
/** Their baselines. */
const partyY = 24
const originY = 42
/** Titles of the acts, at the left edge. */
const gutter = 128
const indent = 20
/** From the line over an act down to the baseline of its title. */
const belowEdge = 22
/** The times, between the titles and the lanes. */
const clock = 64
/** What the name over the last lane, centred on it, takes beyond the lanes. */
const right = 56
/** Below the last row. */
const foot = 16
/** How far the lifelines go beyond the rows, up and down. */
const overhang = { up: 10, down: 8 }
const fontSize = { party: 13, words: 12, small: 11, origin: 10 }
/** From the middle of a line of words to its baseline. */
const baseline = 4
/** From an arrow up to the baseline of its words: what the chips on it leave free. */
const aboveLine = 16
/** Strokes of arrows and marks. */
const thick = 1.5
/** From a lifeline to the words beside it. */
const beside = 16
/** From words to the chips after them. */
const beforeChips = 12
/** The symbol of the channel, before the words of an arrow. */
const symbolSize = 13
/** A check, on its lifeline. */
const shieldSize = 18
const frame: Frame = { left: gutter + clock, width: width - gutter - clock - right }

/** @param expectation for the origins above the lanes */
export function pictureOf(messages: readonly Message[], expectation: Expectation | null): Picture {
  const rows = rowsOf(messages)
  const tops = stack(rows.map(heightOf))
  const zero = zeroOf(messages)
  const height = head + (tops.at(-1) ?? 0) + foot
  const shapes = [
    ...lanes.flatMap(lane => laneShapes(lane, height, expectation)),
    ...rows.flatMap((row, i) => rowShapes(row, head + (tops[i] ?? 0), zero)),
  ]
  return { width, height, paper: colors.paper, shapes }
}

function laneShapes(lane: Lane, height: number, expectation: Expectation | null): Shape[] {
  const x = laneX(lane, frame)
  const origin = partyOrigin(lane, expectation)
  return [
    words(laneNames[lane], x, partyY, {
      color: colors.ink,
      size: fontSize.party,
      anchor: 'middle',
      bold: true,
    }),
    ...(origin === null
      ? []
      : [
          words(origin, x, originY, {
            color: colors.ink3,
            size: fontSize.origin,
            anchor: 'middle',
            font: 'mono',
          }),
        ]),
    line(x, head - overhang.up, x, height - overhang.down, { stroke: colors.line3, width: 1 }),
  ]
}

function rowShapes(row: Row, top: number, zero: number | null): Shape[] {
  switch (row.type) {
    case 'act':
      return [
        line(0, top, width, top, { stroke: colors.line, width: 1 }),
        words(`${row.number}  ${row.title}`, indent, top + belowEdge, {
          color: row.state === 'stop' ? colors.fail : row.state === 'todo' ? colors.ink3 : colors.ink,
          size: fontSize.words,
          bold: row.state === 'now',
        }),
      ]
    case 'stop': {
      // A stroke up to the lane of the app, which ends here; the words stand beyond it.
      const y = top + stopHeight / 2
      const x = laneX('app', frame)
      return [
        line(gutter, y, x - 8, y, { stroke: colors.fail, width: 1 }),
        words(row.text, x + beside, y + baseline, { color: colors.fail, size: fontSize.words }),
      ]
    }
    case 'message':
      return messageShapes(row, top, zero)
  }
}

function messageShapes(row: MessageRow, top: number, zero: number | null): Shape[] {
  const { message } = row
  const self = message.from === message.to
  const y = top + lineY({ self, first: row.first, last: row.last })
  const color = lineColor(message)
  const time =
    message.status === 'upcoming'
      ? ''
      : message.inferred
        ? 'inferred'
        : message.at === null || zero === null
          ? ''
          : clockLabel(message.at, zero)
  return [
    words(time, frame.left - 12, y + baseline, {
      color: colors.ink3,
      size: fontSize.small,
      anchor: 'end',
      font: 'mono',
    }),
    ...(self ? insideShapes(message, y) : arrowShapes(message, y, color)),
  ]
}

function lineColor({ status, warning }: Message): string {
  if (warning !== null) return colors.warn
  if (status === 'upcoming') return colors.ghost
  if (status === 'failed' || status === 'blocked') return colors.fail
  return status === 'paused' ? colors.warn : colors.ink
}

function textColor(message: Message): string {
  if (message.warning !== null) return colors.warn
  return message.status === 'upcoming' ? colors.ink3 : lineColor(message)
}

function arrowShapes(message: Message, y: number, color: string): Shape[] {
  const { from, to, channel, status } = message
  const start = laneX(from, frame)
  const end = laneX(to, frame)
  const ahead = end > start ? 1 : -1
  const dash = channel === 'front' ? [6, 4] : channel === 'human' ? [1.5, 4] : undefined
  const hop = laneX('authorization-server', frame)
  const left = laneX('app', frame) + beside
  const labelX = left + symbolSize + 5
  const took = message.duration !== null && status !== 'upcoming' ? duration(message.duration) : ''
  const said = message.error === null ? took : message.error.code
  const label = lineOf(message) + (message.tampered.length > 0 ? ', tampered' : '')
  return [
    // The line ends inside the tip, the tip just before the lifeline. The other end is a dot.
    line(start, y, end - 6 * ahead, y, { stroke: color, width: thick, dash }),
    path(`M0 0l${-8 * ahead}-4v8z`, end - ahead, y, { fill: color }),
    path('M-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0z', start, y, { fill: color }),
    ...(hopsOver(from, to)
      ? [path('M-5 0a5 5 0 0 1 10 0', hop, y, { stroke: color, fill: colors.paper, width: thick })]
      : []),
    ...icon(channelIcons[channel], left, y - aboveLine - symbolSize + 2, symbolSize, colors.ink3),
    words(label, labelX, y - aboveLine, {
      color: textColor(message),
      size: fontSize.words,
      struck: message.never,
    }),
    words(said, labelX + textWidth(label, fontSize.words) + 8, y - aboveLine, {
      color: colors.ink3,
      size: fontSize.small,
      font: 'mono',
    }),
    ...chips(message, left, y),
  ]
}

function insideShapes(message: Message, y: number): Shape[] {
  const { from, channel, status } = message
  const label = lineOf(message)
  const x = laneX(from, frame)
  const bad = status === 'blocked' || status === 'failed'
  const color = status === 'upcoming' ? colors.line3 : bad ? colors.fail : colors.pass
  const mark: Shape[] =
    channel === 'make'
      ? [
          path('M-4.5-4.5h9v9h-9z', x, y, {
            stroke: status === 'upcoming' ? colors.ghost : colors.ink,
            fill: colors.paper,
            width: thick,
          }),
        ]
      : [
          // The lifeline does not go through it.
          path('M-10-11h20v22h-20z', x, y, { fill: colors.paper }),
          ...icon(
            bad ? 'shield-x' : status === 'upcoming' ? 'shield' : 'shield-ok',
            x - shieldSize / 2,
            y - shieldSize / 2,
            shieldSize,
            color,
          ),
        ]
  const text = bad ? `Blocked: ${label}` : label
  const wide = textWidth(text, fontSize.words)
  const look = { color: textColor(message), size: fontSize.words, struck: message.never }
  if (from === 'app' || from === 'you')
    return [
      ...mark,
      words(text, x + beside, y + baseline, look),
      ...chips(message, x + beside + wide + beforeChips, y),
    ]
  // At the servers the words stand on the other side, where there is room.
  const edge = x - beside - 4
  const start = edge - wide - beforeChips - chipsWidth(message)
  return [
    ...mark,
    // The words may lie on another lifeline.
    path(`M0-10h${wide + 4}v20h-${wide + 4}z`, edge - wide - 2, y, { fill: colors.paper }),
    words(text, edge, y + baseline, { ...look, anchor: 'end' }),
    ...chips(message, start, y),
  ]
}
