import { explanations } from '../explain/explanations.ts'
import { headings } from '../explain/labels.ts'
import { noteFor, type Place } from '../explain/notes.ts'
import type { Message } from '../sequence/message.ts'
import { isOfApi, isValueName } from '../trace/secret-places.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import { carriedFor, valuesNear } from './flow-values.ts'
import { type Line, requestBlock, responseBlock } from './http-lines.ts'
import { MarkedText } from './marked-text.tsx'
import { PiecesView } from './piece-view.tsx'
import type { Piece } from './pieces.ts'
import { valueInWords } from './value-in-words.ts'

interface Row {
  readonly place: Place
  readonly name: string
  /** Null where there is no value to show, for example before the message is sent. */
  readonly value: string | null
  readonly pieces: readonly Piece[]
}

/** Depth 2: each parameter, header or member, what it means here, and what its value says. */
export function ParametersView({
  message,
  messages,
  now,
}: {
  message: Message
  messages: readonly Message[]
  now: number
}) {
  const rows = rowsOf(message, messages)
  if (rows.length === 0) return null
  return (
    <Disclosure summary={headings.parameters}>
      <dl className="inspector-params">
        {rows.map(row => (
          <ParameterRow key={`${row.place} ${row.name}`} row={row} message={message} now={now} />
        ))}
      </dl>
    </Disclosure>
  )
}

function ParameterRow({ row, message, now }: { row: Row; message: Message; now: number }) {
  const words = row.value === null ? null : valueInWords(row.place, row.name, row.value, now)
  return (
    <div>
      <dt>{row.name}</dt>
      <dd>
        {row.pieces.length > 0 && (
          <span className="inspector-value">
            <PiecesView pieces={row.pieces} />
          </span>
        )}
        {words !== null && <span className="inspector-words">{words}</span>}
        <small>
          <MarkedText text={noteFor(message.kind, row.place, row.name) ?? unknown(message)} />
        </small>
      </dd>
    </div>
  )
}

/** What was really sent or received, else what will be. */
function rowsOf(message: Message, messages: readonly Message[]): Row[] {
  const known = valuesNear(message, messages)
  const answer = message.kind.endsWith('_response') && message.channel === 'back'
  const block =
    message.status === 'upcoming'
      ? null
      : answer
        ? responseBlock(message, known)
        : requestBlock(message, known)
  const lines = block === null ? [] : [...block.head, ...block.body]
  const sent = lines.flatMap(rowOf)
  if (sent.length > 0) return unique(sent)
  return Object.keys(explanations[message.kind].parameters).map(name => {
    // The mark of a sign-out is a new one: before it is made there is none, whatever the sign-in had.
    const isNew = message.kind === 'end_session_request' && name === 'state'
    const carried = isValueName(name) && !isNew ? carriedFor(message, messages, name) : null
    return {
      place: 'form',
      name,
      value: carried?.text ?? null,
      pieces:
        carried === null || carried.length === null ? [] : [{ type: 'value', carried, wire: carried.text }],
    }
  })
}

function rowOf({ about, pieces }: Line): Row[] {
  return about === null ? [] : [{ ...about, pieces }]
}

/** A list of keys repeats its names; the first of each tells enough. */
function unique(rows: readonly Row[]): Row[] {
  const seen = new Set<string>()
  return rows.filter(({ place, name }) => {
    const key = `${place} ${name}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function unknown(message: Message): string {
  return isOfApi(message.kind)
    ? 'Defined by the API.'
    : 'Not a name that the lens knows. A client ignores what it does not know.'
}
