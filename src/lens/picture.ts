/**
 * The diagram as a list of shapes: what the SVG text and the PNG are made of. It shows fingerprints only, never a
 * value.
 */
import { laneNames } from '../explain/labels.ts'
import { shortPrint, valueKinds } from '../inspector/value-kinds.ts'
import type { Carried, Expectation, Lane, Message } from '../sequence/message.ts'
import { zeroOf } from '../sequence/timing.ts'
import { duration } from '../ui/format.ts'
import { marks } from '../ui/glyph-shapes.ts'
import { clockLabel } from './clock-label.ts'
import { type Frame, hopsOver, lanes, laneX, lineY, stack } from './geometry.ts'
import { partyOrigin } from './lane-origin.ts'
import type { PictureColors } from './picture-colors.ts'
import { heightOf, type MessageRow, type Row, rowsOf, valuesShown } from './rows.ts'
import { boxPath, icon, line, path, type Shape, textWidth, words } from './shapes.ts'

export interface Picture {
  readonly width: number
  readonly height: number
  readonly paper: string
  readonly shapes: readonly Shape[]
}

const width = 1040
const head = 64
const gutter = 128
const clock = 64
const right = 56
const frame: Frame = { left: gutter + clock, width: width - gutter - clock - right }

/** @param expectation for the origins above the lanes */
export function pictureOf(
  messages: readonly Message[],
  expectation: Expectation | null,
  colors: PictureColors,
): Picture {
  const rows = rowsOf(messages)
  const tops = stack(rows.map(heightOf))
  const zero = zeroOf(messages)
  const height = head + (tops.at(-1) ?? 0) + 16
  const shapes = [
    ...lanes.flatMap(lane => laneShapes(lane, height, expectation, colors)),
    ...rows.flatMap((row, i) => rowShapes(row, head + (tops[i] ?? 0), zero, colors)),
  ]
  return { width, height, paper: colors.paper, shapes }
}

function laneShapes(
  lane: Lane,
  height: number,
  expectation: Expectation | null,
  colors: PictureColors,
): Shape[] {
  const x = laneX(lane, frame)
  const origin = partyOrigin(lane, expectation)
  return [
    words(laneNames[lane], x, 24, { color: colors.ink, size: 13, anchor: 'middle', bold: true }),
    ...(origin === null
      ? []
      : [words(origin, x, 42, { color: colors.ink3, size: 10, anchor: 'middle', font: 'mono' })]),
    line(x, head - 10, x, height - 8, { stroke: colors.line3, width: 1 }),
  ]
}

function rowShapes(row: Row, top: number, zero: number | null, colors: PictureColors): Shape[] {
  switch (row.type) {
    case 'act':
      return [
        line(0, top, width, top, { stroke: colors.line, width: 1 }),
        words(`${row.number}  ${row.title}`, 20, top + 22, {
          color: row.state === 'stop' ? colors.fail : row.state === 'todo' ? colors.ink3 : colors.ink,
          size: 12,
          bold: row.state === 'now',
        }),
      ]
    case 'stop':
      return [
        line(gutter, top + 13, frame.left + frame.width * 0.17, top + 13, { stroke: colors.fail, width: 1 }),
        words(row.text, frame.left + frame.width * 0.2, top + 17, { color: colors.fail, size: 12 }),
      ]
    case 'message':
      return messageShapes(row, top, zero, colors)
  }
}

function messageShapes(row: MessageRow, top: number, zero: number | null, colors: PictureColors): Shape[] {
  const { message } = row
  const self = message.from === message.to
  const y = top + lineY({ self, first: row.first, last: row.last })
  const color = lineColor(message, colors)
  const time =
    message.status === 'upcoming'
      ? ''
      : message.inferred
        ? 'inferred'
        : message.at === null || zero === null
          ? ''
          : clockLabel(message.at, zero)
  return [
    words(time, frame.left - 12, y + 4, { color: colors.ink3, size: 11, anchor: 'end', font: 'mono' }),
    ...(self ? insideShapes(message, y, colors) : arrowShapes(message, y, color, colors)),
  ]
}

function lineColor({ status, warning }: Message, colors: PictureColors): string {
  if (warning !== null) return colors.warn
  if (status === 'upcoming') return colors.ghost
  if (status === 'failed' || status === 'blocked') return colors.fail
  return status === 'paused' ? colors.warn : colors.ink
}

function textColor(message: Message, colors: PictureColors): string {
  if (message.warning !== null) return colors.warn
  return message.status === 'upcoming' ? colors.ink3 : lineColor(message, colors)
}

function arrowShapes(message: Message, y: number, color: string, colors: PictureColors): Shape[] {
  const { from, to, channel, status } = message
  const start = laneX(from, frame)
  const end = laneX(to, frame)
  const ahead = end > start ? 1 : -1
  const dash = channel === 'front' ? [6, 4] : channel === 'human' ? [1.5, 4] : undefined
  const hop = laneX('authorization-server', frame)
  const left = laneX('app', frame) + 16
  const symbol = channel === 'front' ? 'eye' : channel === 'back' ? 'lock' : 'hand'
  const took = message.duration !== null && status !== 'upcoming' ? duration(message.duration) : ''
  const said = message.error === null ? took : message.error.code
  const label = message.label + (message.tampered.length > 0 ? ', tampered' : '')
  return [
    line(start, y, end - 6 * ahead, y, { stroke: color, width: 1.5, dash }),
    path(`M0 0l${-8 * ahead}-4v8z`, end - ahead, y, { fill: color }),
    path('M-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0z', start, y, { fill: color }),
    ...(hopsOver(from, to)
      ? [path('M-5 0a5 5 0 0 1 10 0', hop, y, { stroke: color, fill: colors.paper, width: 1.5 })]
      : []),
    ...icon(symbol, left, y - 27, 13, colors.ink3),
    words(label, left + 18, y - 16, {
      color: textColor(message, colors),
      size: 12,
      struck: message.never,
    }),
    words(said, left + 26 + textWidth(label, 12), y - 16, { color: colors.ink3, size: 11, font: 'mono' }),
    ...chips(message, left, y, colors),
  ]
}

function insideShapes(message: Message, y: number, colors: PictureColors): Shape[] {
  const { from, channel, status, label } = message
  const x = laneX(from, frame)
  const bad = status === 'blocked' || status === 'failed'
  const color = status === 'upcoming' ? colors.line3 : bad ? colors.fail : colors.pass
  const mark: Shape[] =
    channel === 'make'
      ? [
          path('M-4.5-4.5h9v9h-9z', x, y, {
            stroke: status === 'upcoming' ? colors.ghost : colors.ink,
            fill: colors.paper,
            width: 1.5,
          }),
        ]
      : [
          path('M-10-11h20v22h-20z', x, y, { fill: colors.paper }),
          ...icon(bad ? 'shield-x' : status === 'upcoming' ? 'shield' : 'shield-ok', x - 9, y - 9, 18, color),
        ]
  const text = bad ? `Blocked: ${label}` : label
  const wide = textWidth(text, 12)
  const look = { color: textColor(message, colors), size: 12, struck: message.never }
  if (from === 'app' || from === 'you')
    return [...mark, words(text, x + 16, y + 4, look), ...chips(message, x + 28 + wide, y, colors)]
  const edge = x - 20
  const start = edge - wide - 12 - chipsWidth(message)
  return [
    ...mark,
    // the words may lie on another lifeline
    path(`M0-10h${wide + 4}v20h-${wide + 4}z`, edge - wide - 2, y, { fill: colors.paper }),
    words(text, edge, y + 4, { ...look, anchor: 'end' }),
    ...chips(message, start, y, colors),
  ]
}

const chipHeight = 20

function chipText({ value, fingerprint, tampered, odd }: Carried): string {
  const mark = tampered ? ' tampered' : odd ? ' does not fit' : ''
  return `${value}${fingerprint === null ? '' : ` ${shortPrint(fingerprint)}`}${mark}`
}

function chipWidth(text: string): number {
  return 26 + text.length * 6.6
}

function chipsWidth(message: Message): number {
  return valuesShown(message).reduce((sum, carried) => sum + chipWidth(chipText(carried)) + 5, 0)
}

function chips(message: Message, left: number, y: number, colors: PictureColors): Shape[] {
  let x = left
  return valuesShown(message).flatMap(carried => {
    const { value, length, tampered, odd } = carried
    const text = chipText(carried)
    const kind = valueKinds[value]
    const color = length === null ? colors.ink3 : colors.values[kind]
    const edge = tampered ? colors.warn : odd ? colors.fail : length === null ? colors.ghost : color
    const wide = chipWidth(text)
    const { d, line: stroke, tip } = marks[kind]
    const drawn: Shape[] = [
      path(boxPath(wide, chipHeight, 5), x, y - chipHeight / 2, {
        fill: colors.paper,
        stroke: edge,
        width: 1,
      }),
      path(d, x + 6, y - 5, stroke === undefined ? { fill: color } : { stroke: color, width: stroke }),
      ...(tip === undefined ? [] : [path(tip, x + 6, y - 5, { fill: color })]),
      words(text, x + 20, y + 4, { color, size: 11, font: 'mono' }),
    ]
    x += wide + 5
    return drawn
  })
}
