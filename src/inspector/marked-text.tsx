import { Fragment, type ReactNode } from 'react'

const marked = /(\{\{\w+\}\}|`[^`]+`)/

/** A text of ours with marks in it: `{{state}}` becomes what `draw` makes of `state`, backticks become code. */
export function MarkedText({ text, draw }: { text: string; draw?: (name: string) => ReactNode }) {
  let at = 0
  return text.split(marked).map(piece => {
    const key = at
    at += piece.length + 1
    return <Fragment key={key}>{pieceOf(piece, draw)}</Fragment>
  })
}

function pieceOf(piece: string, draw: ((name: string) => ReactNode) | undefined): ReactNode {
  const name = /^\{\{(\w+)\}\}$/.exec(piece)?.[1]
  if (name !== undefined && draw) return draw(name)
  return piece.startsWith('`') && piece.length > 2 ? <code>{piece.slice(1, -1)}</code> : piece
}
