import { type ReactNode, useId } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './segmented.css'

export type SegmentedOption<Value extends string> = {
  value: Value
  label: ReactNode
  icon?: IconName
  /** the full name, when `label` is short; it should begin with the label */
  name?: string
  disabled?: boolean
}

/** One choice out of a few, side by side. Real radio buttons: arrow keys move and choose. `value` null: none yet. */
export function Segmented<Value extends string>({
  label,
  options,
  value,
  onChange,
  fill,
  disabled,
  className,
}: {
  /** the accessible name of the group */
  label: string
  options: readonly SegmentedOption<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  /** take the whole width */
  fill?: boolean
  disabled?: boolean
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
            disabled={disabled || option.disabled}
            aria-label={option.name}
            onChange={() => onChange(option.value)}
          />
          {option.icon && <Icon name={option.icon} size="s" />}
          {option.label}
        </label>
      ))}
    </div>
  )
}
