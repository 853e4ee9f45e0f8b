import './glyph.css'
import { marks } from './glyph-shapes.ts'
import './value-mark.css'
import type { ValueKind } from './value-kind.ts'

/** The ten-pixel mark of a value. Decorative: the words beside it carry the name. */
export function Glyph({ of, className }: { of: ValueKind; className?: string }) {
  const { d, line, tip } = marks[of]
  return (
    <svg
      className={className ? `ui-glyph ${className}` : 'ui-glyph'}
      data-v={of}
      viewBox="0 0 10 10"
      aria-hidden="true"
      focusable="false"
    >
      <path
        d={d}
        fill={line ? 'none' : undefined}
        stroke={line ? 'currentColor' : undefined}
        strokeWidth={line}
      />
      {tip && <path d={tip} />}
    </svg>
  )
}
