/** A message as lines, one parameter, header or member a line, as far as a browser may see it. Pure, never throws. */
import type { Place } from '../explain/notes.ts'
import type { HttpRequest, HttpResponse } from '../oauth/step.ts'
import type { Carried, Message } from '../sequence/message.ts'
import { decoded, isOfApi, type Kind, kindOfName } from '../trace/secret-places.ts'
import { formOf, headerOf } from './flow-values.ts'
import { type JsonLine, jsonLines } from './json-lines.ts'
import { type Piece, piecesOf, piecesOfHeader, piecesOfNamed } from './pieces.ts'

export interface Line {
  /** Indentation and punctuation before the name. */
  readonly lead: string
  readonly name: string | null
  /** Between name and value. */
  readonly sign: string
  readonly pieces: readonly Piece[]
  /** Punctuation after the value. */
  readonly tail: string
  /** What a note beside this line would be about; `value` is decoded. */
  readonly about: { readonly place: Place; readonly name: string; readonly value: string } | null
  readonly tampered: boolean
}

export interface HttpBlock {
  /** `POST /token`, `200`. */
  readonly start: string
  /** Host, query parameters and headers. */
  readonly head: readonly Line[]
  readonly body: readonly Line[]
  /** The body is JSON that was laid out by us. */
  readonly laidOut: boolean
}

export function requestBlock(message: Message, known: readonly Carried[]): HttpBlock | null {
  const request = message.request ?? navigation(message)
  if (request === null) return null
  const { path, host, query } = addressOf(request.url)
  const form = formOf(request)
  return {
    start: `${request.method} ${path}`,
    head: [
      ...(host === '' ? [] : [plainLine('Host', host)]),
      ...queryLines(query, message, known),
      ...headerLines(request.headers, known, message.tampered),
    ],
    body: form === null ? bodyLines(request.body ?? '', message, known) : formLines(form, message, known),
    laidOut: false,
  }
}

export function responseBlock(message: Message, known: readonly Carried[]): HttpBlock | null {
  const { response } = message
  if (response === null) return null
  const json = isJsonAnswer(response) ? jsonLines(response.body) : null
  return {
    start: String(response.status),
    head: headerLines(response.headers, known, message.tampered),
    body:
      json === null ? textLines(response.body, known) : json.map(line => memberLine(line, message, known)),
    laidOut: json !== null && json.length > 1,
  }
}

function isJsonAnswer({ headers, body }: HttpResponse): boolean {
  return /[/+]json\b/i.test(headerOf(headers, 'content-type')) || /^\s*[[{]/.test(body)
}

/** What the tab itself asked for, or the address at which it arrived. */
function navigation(message: Message): HttpRequest | null {
  return message.url === null ? null : { method: 'GET', url: message.url, headers: {}, body: null }
}

function addressOf(url: string): { path: string; host: string; query: string } {
  if (!URL.canParse(url)) return { path: url, host: '', query: '' }
  const { pathname, host } = new URL(url)
  const from = url.search(/[?#]/)
  return { path: pathname, host, query: from < 0 ? '' : url.slice(from) }
}

/** `?a=1&b=2#c=3`, one line a parameter, each with the sign before it. */
function queryLines(query: string, message: Message, known: readonly Carried[]): Line[] {
  return [...query.matchAll(/([?&#])([^?&#]*)/g)].map(([, lead = '', pair = '']) =>
    pairLine(lead, pair, 'query', message, known),
  )
}

function formLines(form: string, message: Message, known: readonly Carried[]): Line[] {
  return form.split('&').map((pair, index) => pairLine(index === 0 ? '' : '&', pair, 'form', message, known))
}

function pairLine(
  lead: string,
  pair: string,
  place: Place,
  message: Message,
  known: readonly Carried[],
): Line {
  const at = pair.indexOf('=')
  const rawName = at < 0 ? pair : pair.slice(0, at)
  const wire = at < 0 ? '' : pair.slice(at + 1)
  const name = decoded(rawName)
  const value = decoded(wire)
  return {
    lead,
    name: rawName,
    sign: at < 0 ? '' : '=',
    pieces: piecesOfNamed(kindIn(message, name), wire, value, known),
    tail: '',
    about: { place, name, value },
    tampered: message.tampered.includes(name),
  }
}

const kindIn = ({ kind }: Message, name: string): Kind | null =>
  kindOfName(name, isOfApi(kind) ? 'api' : 'provider')

function headerLines(
  headers: Readonly<Record<string, string>>,
  known: readonly Carried[],
  tampered: readonly string[],
): Line[] {
  return Object.entries(headers).map(([name, value]) => ({
    lead: '',
    name,
    sign: ': ',
    pieces: piecesOfHeader(name, value, known),
    tail: '',
    about: { place: 'header', name, value },
    tampered: tampered.some(each => each.toLowerCase() === name.toLowerCase()),
  }))
}

function bodyLines(body: string, message: Message, known: readonly Carried[]): Line[] {
  if (body === '') return []
  const json = /^\s*[[{]/.test(body) ? jsonLines(body) : null
  return json === null ? textLines(body, known) : json.map(line => memberLine(line, message, known))
}

function memberLine(line: JsonLine, message: Message, known: readonly Carried[]): Line {
  const quote = line.text === null ? '' : '"'
  const wire = line.text === null ? line.value : line.value.slice(1, -1)
  const plain = line.text ?? line.value
  const nested = line.text === null && /^[[{\]}]/.test(line.value)
  return {
    lead: '  '.repeat(line.depth) + (line.rawName === '' ? '' : '"'),
    name: line.rawName === '' ? null : line.rawName.slice(1, -3),
    sign: line.rawName === '' ? quote : `": ${quote}`,
    pieces:
      line.name === null || nested
        ? piecesOf(wire, known)
        : piecesOfNamed(kindIn(message, line.name), wire, plain, known),
    tail: `${quote}${line.comma ? ',' : ''}`,
    about: line.name === null ? null : { place: 'member', name: line.name, value: plain },
    tampered: line.name !== null && line.depth === 1 && message.tampered.includes(line.name),
  }
}

function textLines(text: string, known: readonly Carried[]): Line[] {
  if (text === '') return []
  return text.split(/\r\n|\n|\r/).map(line => ({
    lead: '',
    name: null,
    sign: '',
    pieces: piecesOf(line, known),
    tail: '',
    about: null,
    tampered: false,
  }))
}

function plainLine(name: string, value: string): Line {
  return {
    lead: '',
    name,
    sign: ': ',
    pieces: [{ type: 'text', text: value }],
    tail: '',
    about: null,
    tampered: false,
  }
}

/**
 * The block as text, for the clipboard: what is hidden on the screen stays hidden.
 * @param shows whether the person has revealed this piece
 */
export function blockText(block: HttpBlock, shows: (piece: Piece) => boolean): string {
  const line = (each: Line) =>
    `${each.lead}${each.name ?? ''}${each.sign}${each.pieces.map(piece => pieceText(piece, shows)).join('')}${each.tail}`
  const body = block.body.map(line)
  const joined = block.body.some(each => each.about?.place === 'form') ? body.join('') : body.join('\n')
  return [block.start, ...block.head.map(line), ...(joined === '' ? [] : ['', joined])].join('\n')
}

function pieceText(piece: Piece, shows: (piece: Piece) => boolean): string {
  if (piece.type === 'text') return piece.text
  if (piece.type === 'withheld') return piece.text !== null && shows(piece) ? piece.text : `<${piece.what}>`
  if (piece.wire !== null && shows(piece)) return piece.wire
  const print = piece.carried.fingerprint?.slice(0, 4)
  return print === undefined ? `<${piece.carried.value}>` : `<${piece.carried.value} ${print}>`
}
