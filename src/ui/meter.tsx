import './meter.css'
import type { ValueKind } from './value-kind.ts'
import './value-mark.css'

/** How much of something is left, from 0 to 1, as a thin bar. */
export function Meter({
  value,
  label,
  text,
  v,
  mark,
}: {
  value: number
  label: string
  /** the value in words; a percentage when left out */
  text?: string
  /** the colour of a marked value; ink when left out */
  v?: ValueKind
  /** a thin line at a place of its own, from 0 to 1, with words for the pointer */
  mark?: { at: number; title: string }
}) {
  const part = Math.min(1, Math.max(0, value))
  const percent = Math.round(part * 100)
  return (
    <div className="ui-meter" data-v={v} role="img" aria-label={`${label}: ${text ?? `${percent} percent`}`}>
      <span className="ui-meter-bar" style={{ width: `${part * 100}%` }} />
      {mark && <span className="ui-meter-mark" style={{ left: `${mark.at * 100}%` }} title={mark.title} />}
    </div>
  )
}
