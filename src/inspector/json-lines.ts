/**
 * Lays JSON text out, one member a line, without changing a character of it: numbers keep their spelling, doubled
 * members stay doubled, strings stay as they were escaped. Only white space between tokens is ours.
 */

export interface JsonLine {
  readonly depth: number
  /** The member's name, decoded; null inside an array and for a closing bracket. */
  readonly name: string | null
  /** The name as written, with its quotes and the colon, or empty. */
  readonly rawName: string
  /** A scalar as written, a short array in one line, or an opening or closing bracket. */
  readonly value: string
  /** The text of a string value, decoded; else null. */
  readonly text: string | null
  readonly comma: boolean
}

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g
/** An array of scalars up to this many characters stays in one line. */
const short = 72

/** The lines of a JSON text; null when it is not JSON. Works without recursion, so depth does not matter. */
export function jsonLines(body: string): JsonLine[] | null {
  if (!isJson(body)) return null
  const tokens = body.match(token) ?? []
  const lines: JsonLine[] = []
  let depth = 0
  let rawName = ''
  for (let at = 0; at < tokens.length; at++) {
    const piece = tokens[at] ?? ''
    if (piece === ',') continue
    if (tokens[at + 1] === ':' && piece.startsWith('"') && rawName === '') {
      rawName = piece
      at++
      continue
    }
    const closes = piece === '}' || piece === ']'
    const flat = piece === '[' || piece === '{' ? flatFrom(tokens, at) : null
    if (flat !== null) at = flat.end
    if (closes) depth--
    lines.push({
      depth,
      name: rawName === '' ? null : textOf(rawName),
      rawName: rawName === '' ? '' : `${rawName}: `,
      value: flat?.text ?? piece,
      text: piece.startsWith('"') ? textOf(piece) : null,
      comma: tokens[at + 1] === ',',
    })
    rawName = ''
    if (flat === null && (piece === '{' || piece === '[')) depth++
  }
  return lines
}

/** An array of scalars, or an empty object, that fits in one line. */
function flatFrom(tokens: readonly string[], from: number): { text: string; end: number } | null {
  const close = tokens[from] === '[' ? ']' : '}'
  let text = tokens[from] ?? ''
  for (let at = from + 1; at < tokens.length && text.length <= short; at++) {
    const piece = tokens[at] ?? ''
    if (piece === close) return { text: `${text}${close}`, end: at }
    if (close === '}' || piece === '[' || piece === '{') return null
    text += piece === ',' ? ', ' : piece
  }
  return null
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body)
    return true
  } catch {
    return false
  }
}

function textOf(raw: string): string {
  const read: unknown = JSON.parse(raw)
  return typeof read === 'string' ? read : raw
}
