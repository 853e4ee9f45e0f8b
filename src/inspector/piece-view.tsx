import { valueTexts } from '../explain/values.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Icon } from '../ui/icon.tsx'
import type { Piece } from './pieces.ts'
import { useReveal } from './reveal-context.tsx'
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
        <i className="inspector-gone">{carried.length ?? 0} characters, not kept</i>
      ) : valueTexts[carried.value].secret ? (
        <Secret name={carried.value} id={revealKey(carried)} text={wire} />
      ) : (
        <Cut text={wire} />
      )}
    </>
  )
}

/** A secret: dots that are a button; once shown, the text with buttons to hide and to copy it. */
function Secret({ name, id, text }: { name: string; id: string; text: string }) {
  const { isShown, toggle } = useReveal()
  if (!isShown(id))
    return (
      <button type="button" className="inspector-dots" aria-label={`Show ${name}`} onClick={() => toggle(id)}>
        <span aria-hidden="true">••••••••</span>
      </button>
    )
  return (
    <span className="inspector-shown">
      {text}
      <span className="inspector-shown-acts">
        <button
          type="button"
          className="inspector-hide"
          aria-label={`Hide ${name}`}
          onClick={() => toggle(id)}
        >
          <Icon name="eye-off" size="xs" />
        </button>
        <CopyButton text={text} label={`Copy ${name}`} size="s" />
      </span>
    </span>
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
