import './meter.css'
import type { ValueKind } from './value-kind.ts'
import './value-mark.css'

/** How much of something is left, from 0 to 1, as a thin bar. */
export function Meter({
  value,
  label,
  v,
}: {
  value: number
  label: string
  /** the colour of a marked value; ink when left out */
  v?: ValueKind
}) {
  const part = Math.min(1, Math.max(0, value))
  return (
    <div
      className="ui-meter"
      data-v={v}
      role="img"
      aria-label={`${label}: ${Math.round(part * 100)} percent`}
    >
      <span className="ui-meter-bar" style={{ width: `${part * 100}%` }} />
    </div>
  )
}
