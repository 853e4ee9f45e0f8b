import './progress.css'

/** A calm bar: with `value` (0 to 1) it fills, without it something moves slowly. */
export function Progress({
  label,
  value,
  text,
}: {
  label: string
  value?: number | undefined
  text?: string
}) {
  const percent = value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div
      className={percent === undefined ? 'ui-progress ui-progress-open' : 'ui-progress'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
    >
      <span
        className="ui-progress-bar"
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </div>
  )
}
