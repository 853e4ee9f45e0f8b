import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import './resizer.css'

/**
 * The line between two panels. Drag it, or focus it and use the arrow keys (Shift for larger steps, Home and End for
 * the ends, Enter for the usual size). `value` is the size in px of the panel it controls.
 */
export function Resizer({
  label,
  controls,
  value,
  min,
  max,
  usual,
  onChange,
  line = 'vertical',
  grows = 'forward',
}: {
  label: string
  /** id of the panel it sizes */
  controls?: string
  value: number
  min: number
  max: number
  /** the size that Enter and a double press bring back */
  usual?: number
  onChange: (value: number) => void
  /** a vertical line moves left and right */
  line?: 'vertical' | 'horizontal'
  /** `backward`: the panel lies after the line, and grows when the line moves left or up */
  grows?: 'forward' | 'backward'
}) {
  const start = useRef<{ at: number; value: number } | null>(null)
  const sign = grows === 'forward' ? 1 : -1
  const set = (wanted: number) => {
    const next = Math.round(Math.min(max, Math.max(min, wanted)))
    if (next !== value) onChange(next)
  }
  const place = (event: PointerEvent) => (line === 'vertical' ? event.clientX : event.clientY)

  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = keyTarget(event, { value, min, max, usual, line, sign })
    if (wanted === undefined) return
    event.preventDefault()
    set(wanted)
  }

  return (
    <hr
      className={`ui-resizer ui-resizer-${line}`}
      tabIndex={0}
      aria-label={label}
      aria-controls={controls}
      aria-orientation={line}
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuetext={`${Math.round(value)} pixels`}
      onKeyDown={onKeyDown}
      onDoubleClick={() => usual !== undefined && set(usual)}
      onPointerDown={event => {
        if (event.button !== 0) return
        event.preventDefault()
        event.currentTarget.focus()
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { at: place(event), value }
      }}
      onPointerMove={event => {
        if (start.current) set(start.current.value + sign * (place(event) - start.current.at))
      }}
      onLostPointerCapture={() => {
        start.current = null
      }}
    />
  )
}

type Span = {
  value: number
  min: number
  max: number
  usual: number | undefined
  line: 'vertical' | 'horizontal'
  sign: number
}

/** The size a key asks for, or `undefined` for a key that means nothing here. */
function keyTarget(event: KeyboardEvent, { value, min, max, usual, line, sign }: Span): number | undefined {
  const step = event.shiftKey ? 64 : 16
  const [less, more] = line === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
  switch (event.key) {
    case less:
      return value - sign * step
    case more:
      return value + sign * step
    case 'Home':
      return min
    case 'End':
      return max
    case 'Enter':
      return usual
    default:
      return undefined
  }
}
