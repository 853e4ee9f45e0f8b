/** What makes the one value out of the other, and that it works in this direction only. */
import './one-way.css'

export function OneWay({ by }: { by: string }) {
  return (
    <div className="ui-one-way">
      <code>{by}</code>
      <svg viewBox="0 0 96 12" aria-hidden="true" focusable="false">
        <path d="M0 6h92M87 2l5 4-5 4" />
      </svg>
      <small>no way back</small>
    </div>
  )
}
