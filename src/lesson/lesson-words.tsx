import { Fragment } from 'react'
import { isValueName } from '../explain/values.ts'
import { valueKinds } from '../inspector/value-kinds.ts'
import { Chip } from '../ui/chip.tsx'

const marked = /(\{\{\w+\}\}|`[^`]+`)/

/** A text of the lesson: `{{state}}` becomes the chip of that value, backticks become code. */
export function LessonWords({ text }: { text: string }) {
  let at = 0
  return text.split(marked).map(piece => {
    const from = at
    at += piece.length + 1
    return <Fragment key={from}>{draw(piece)}</Fragment>
  })
}

function draw(piece: string) {
  const name = /^\{\{(\w+)\}\}$/.exec(piece)?.[1]
  if (name !== undefined && isValueName(name)) return <Chip v={valueKinds[name]} label={name} short />
  return piece.startsWith('`') && piece.length > 2 ? <code>{piece.slice(1, -1)}</code> : piece
}
