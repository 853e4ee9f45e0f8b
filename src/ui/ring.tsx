import './ring.css'
import './value-mark.css'

/** An initial inside a ring that shows how much of a life is left. Decorative: say the time in words beside it. */
export function Ring({
  life,
  initial,
}: {
  /** what is left, from 0 to 1; `null` draws the empty track */
  life: number | null
  initial: string
}) {
  const left = Math.min(1, Math.max(0, life ?? 0))
  return (
    <span className="ui-ring" data-v="access" aria-hidden="true">
      <svg className="ui-ring-line" viewBox="0 0 30 30" aria-hidden="true" focusable="false">
        <circle className="ui-ring-track" cx="15" cy="15" r="14" />
        {left > 0 && (
          <circle
            className="ui-ring-life"
            cx="15"
            cy="15"
            r="14"
            pathLength={1}
            strokeDasharray={`${left.toFixed(4)} 1`}
          />
        )}
      </svg>
      <b className="ui-ring-initial">{initial}</b>
    </span>
  )
}
