import { Fragment, type ReactNode } from 'react'
import { isValueName } from '../explain/values.ts'
import type { Message } from '../sequence/message.ts'
import { carriedFor, parameterFor } from './flow-values.ts'
import { ValueChip } from './value-chip.tsx'

/** A text of the explanations: `{{state}}` becomes its chip, `{{redirect_uri}}` what was sent, backticks become code. */
export function RichText({
  text,
  message,
  messages,
}: {
  text: string
  message: Message
  messages: readonly Message[]
}) {
  return (
    <>
      {piecesOf(text).map(([key, piece]) => (
        <Fragment key={key}>{draw(piece, message, messages)}</Fragment>
      ))}
    </>
  )
}

/** A text without values in it: only backticks become code. */
export function CodeWords({ text }: { text: string }) {
  return piecesOf(text).map(([key, piece]) => <Fragment key={key}>{codeOr(piece)}</Fragment>)
}

const marked = /(\{\{\w+\}\}|`[^`]+`)/

/** The pieces of a text, each with the place where it begins as its key. */
function piecesOf(text: string): [number, string][] {
  let at = 0
  return text.split(marked).flatMap(piece => {
    const from = at
    at += piece.length
    return piece === '' ? [] : [[from, piece] satisfies [number, string]]
  })
}

function draw(piece: string, message: Message, messages: readonly Message[]): ReactNode {
  const name = /^\{\{(\w+)\}\}$/.exec(piece)?.[1]
  if (name === undefined)
    return piece.startsWith('`') && piece.length > 2 ? <code>{piece.slice(1, -1)}</code> : piece
  if (isValueName(name)) return <ValueChip carried={carriedFor(message, messages, name)} />
  return <code>{parameterFor(message, messages, name) ?? name}</code>
}

function codeOr(piece: string): ReactNode {
  return piece.startsWith('`') && piece.length > 2 ? <code>{piece.slice(1, -1)}</code> : piece
}
