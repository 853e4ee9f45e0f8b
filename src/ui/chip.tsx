import type { FocusEvent, PointerEvent } from 'react'
import './chip.css'
import { Glyph } from './glyph.tsx'
import type { ValueKind } from './value-kind.ts'

export type ChipProps = {
  /** which of the eight colours and shapes */
  v: ValueKind
  /** the name on the chip, for example `code_verifier`; the kind itself when left out */
  label?: string
  /** short public fingerprint of the value, for example `4039` */
  fingerprint?: string | undefined
  /** a value that does not exist yet */
  ghost?: boolean | undefined
  /** the fingerprint is not drawn (it stays in the accessible name) */
  short?: boolean | undefined
  /** the name is not drawn (it stays in the accessible name) */
  unnamed?: boolean | undefined
  /** glyph only, no box: for dense rows */
  bare?: boolean | undefined
  /** this value was edited on its way */
  tampered?: boolean
  /** this value is not the one that was expected */
  odd?: boolean
  /** a word at the end: `tampered`, `not ours` */
  mark?: string | undefined
  /** its thread is drawn: full colour */
  lit?: boolean
  /** its thread is held (toggle state for assistive technology) */
  pressed?: boolean
  /** makes the chip a button */
  onPress?: () => void
  /** the pointer or keyboard focus came (`true`) or left (`false`) */
  onPoint?: (pointed: boolean) => void
  tabIndex?: number | undefined
}

/** The chip of a protocol value: shape, name, fingerprint. A button when it does something, text when not. */
export function Chip(props: ChipProps) {
  const { v, label = v, fingerprint, ghost, mark, onPress, onPoint } = props
  const className = chipClass(props)
  const name = chipName({ label, fingerprint, ghost, mark })
  const face = (
    <>
      <span className="visually-hidden">{name}</span>
      <span className="ui-chip-face" aria-hidden="true">
        <Glyph of={v} />
        {!props.unnamed && !props.bare && <span className="ui-chip-name">{label}</span>}
        {fingerprint && !ghost && !props.short && !props.bare && (
          <span className="ui-chip-print">{fingerprint}</span>
        )}
        {mark && <span className="ui-chip-mark">{mark}</span>}
      </span>
    </>
  )
  const data = { 'data-v': v, 'data-fp': ghost ? undefined : fingerprint }
  if (!onPress && !onPoint) {
    return (
      <span className={className} {...data}>
        {face}
      </span>
    )
  }
  return (
    <button
      type="button"
      className={className}
      {...data}
      aria-pressed={props.pressed}
      tabIndex={props.tabIndex}
      onClick={event => {
        event.stopPropagation()
        onPress?.()
      }}
      onPointerEnter={(event: PointerEvent) => event.pointerType !== 'touch' && onPoint?.(true)}
      onPointerLeave={(event: PointerEvent) => event.pointerType !== 'touch' && onPoint?.(false)}
      onFocus={(event: FocusEvent) => event.target.matches(':focus-visible') && onPoint?.(true)}
      onBlur={() => onPoint?.(false)}
    >
      {face}
    </button>
  )
}

/** What a screen reader says: `state, fingerprint 4039, tampered`. */
export function chipName(chip: Pick<ChipProps, 'label' | 'fingerprint' | 'ghost' | 'mark'>): string {
  const print = chip.ghost ? 'not made yet' : chip.fingerprint && `fingerprint ${chip.fingerprint}`
  return [chip.label, print, chip.mark].filter(Boolean).join(', ')
}

function chipClass(p: ChipProps): string {
  return [
    'ui-chip',
    p.ghost && 'ui-chip-ghost',
    p.bare && 'ui-chip-bare',
    p.tampered && 'ui-chip-tampered',
    p.odd && 'ui-chip-odd',
    p.lit && 'ui-chip-lit',
  ]
    .filter(Boolean)
    .join(' ')
}
