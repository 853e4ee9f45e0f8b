import { type ReactNode, useId } from 'react'
import './segmented.css'

export type SegmentedOption<Value extends string> = {
  value: Value
  label: ReactNode
  /** the full name, when `label` is short; it should begin with the label */
  name?: string
}

/** One choice out of a few, side by side. Real radio buttons: arrow keys move and choose. `value` null: none yet. */
export function Segmented<Value extends string>({
  label,
  options,
  value,
  onChange,
  fill,
  className,
}: {
  /** the accessible name of the group */
  label: string
  options: readonly SegmentedOption<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  /** take the whole width */
  fill?: boolean
  className?: string
}) {
  const group = useId()
  return (
    <div
      className={['ui-seg', fill && 'ui-seg-fill', className].filter(Boolean).join(' ')}
      role="radiogroup"
      aria-label={label}
    >
      {options.map(option => (
        <label key={option.value} className="ui-seg-item" title={option.name}>
          <input
            className="ui-seg-input"
            type="radio"
            name={group}
            value={option.value}
            checked={option.value === value}
            aria-label={option.name}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  )
}
