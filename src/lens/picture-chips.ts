/** The chips of a picture: each value as its glyph, its name, the start of its fingerprint and what is odd about it. */
import { shortPrint, valueKinds } from '../inspector/value-kinds.ts'
import { markOf } from '../sequence/carried.ts'
import type { Carried, Message } from '../sequence/message.ts'
import { marks } from '../ui/glyph-shapes.ts'
import { colors } from './picture-colors.ts'
import { valuesShown } from './rows.ts'
import { boxPath, path, type Shape, words } from './shapes.ts'

// In px. A chip stands on the line of its message: half of it above, half below.
const height = 20
const radius = 5
/** Between two chips. */
const gap = 5
/** Before the glyph, which is drawn in a square of `glyph`, and after the words. */
const padding = 6
const glyph = 10
/** Where the words begin: behind the glyph and a space. */
const wordsAt = padding + glyph + 4
const fontSize = 11
/** From the middle of the chip to the baseline of its words. */
const baseline = 4
/** A letter of the monospaced font, 0.6 of its size. */
const letter = 6.6

/** The chips of a message side by side. @param y of their middle */
export function chips(message: Message, left: number, y: number): Shape[] {
  let x = left
  return valuesShown(message).flatMap(carried => {
    const chip = chipShapes(carried, x, y)
    x += widthOf(carried) + gap
    return chip
  })
}

/** What they take in all, the gap after the last one included. */
export function chipsWidth(message: Message): number {
  return valuesShown(message).reduce((sum, carried) => sum + widthOf(carried) + gap, 0)
}

function chipShapes(carried: Carried, x: number, y: number): Shape[] {
  const { value, length, tampered, odd } = carried
  const kind = valueKinds[value]
  const color = length === null ? colors.ink3 : colors.values[kind]
  const edge = tampered ? colors.warn : odd ? colors.fail : length === null ? colors.ghost : color
  const { d, line, tip } = marks[kind]
  const [glyphX, glyphY] = [x + padding, y - glyph / 2]
  return [
    path(boxPath(widthOf(carried), height, radius), x, y - height / 2, {
      fill: colors.paper,
      stroke: edge,
      width: 1,
    }),
    path(d, glyphX, glyphY, line === undefined ? { fill: color } : { stroke: color, width: line }),
    ...(tip === undefined ? [] : [path(tip, glyphX, glyphY, { fill: color })]),
    words(textOf(carried), x + wordsAt, y + baseline, { color, size: fontSize, font: 'mono' }),
  ]
}

function widthOf(carried: Carried): number {
  return wordsAt + textOf(carried).length * letter + padding
}

function textOf(carried: Carried): string {
  const { value, fingerprint } = carried
  return [value, fingerprint === null ? null : shortPrint(fingerprint), markOf(carried)]
    .filter(part => part !== null)
    .join(' ')
}
