import { valueTexts } from '../explain/values.ts'
import type { Piece } from './pieces.ts'
import { Secret } from './secret.tsx'
import { ValueChip } from './value-chip.tsx'
import { revealKey } from './value-kinds.ts'

/** A longer run of text is cut on the screen; the copy button has all of it. */
const longest = 2000

/** Pieces in a row, the way a text was cut. They never move, so their place is their identity. */
export function PiecesView({ pieces }: { pieces: readonly Piece[] }) {
  return pieces
    .map((piece, at) => [at, piece] as const)
    .map(([at, piece]) => <PieceView key={at} piece={piece} />)
}

/** A piece of a message: text as text, a value as its chip, a secret as dots until it is revealed. */
function PieceView({ piece }: { piece: Piece }) {
  if (piece.type === 'text') return <Cut text={piece.text} />
  if (piece.type === 'withheld')
    return piece.text === null ? (
      <i className="inspector-gone">
        {piece.what === 'personal' ? 'personal' : piece.what}, {piece.length} characters, not kept
      </i>
    ) : (
      <Secret name={piece.what === 'proof' ? 'DPoP proof' : 'secret'} id={piece.text} text={piece.text} />
    )
  const { carried, wire } = piece
  return (
    <>
      <ValueChip carried={carried} unnamed />{' '}
      {wire === null ? (
        <i className="inspector-gone">{carried.length ?? 0} characters, recorded by fingerprint only</i>
      ) : valueTexts[carried.value].secret ? (
        <Secret name={carried.value} id={revealKey(carried)} text={wire} />
      ) : (
        <Cut text={wire} />
      )}
    </>
  )
}

function Cut({ text }: { text: string }) {
  if (text.length <= longest) return text
  return (
    <>
      {text.slice(0, longest)}
      <i className="inspector-gone"> and {(text.length - longest).toLocaleString('en')} more characters</i>
    </>
  )
}
