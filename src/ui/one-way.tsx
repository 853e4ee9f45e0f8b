import './one-way.css'

/** SHA-256 makes the one value out of the other, and it works in this direction only. */
export function OneWay() {
  return (
    <div className="ui-one-way">
      <code>SHA-256</code>
      <svg viewBox="0 0 96 12" aria-hidden="true" focusable="false">
        <path d="M0 6h92M87 2l5 4-5 4" />
      </svg>
      <small>no way back</small>
    </div>
  )
}
