import './logo.css'

/** The mark: a lens over a diamond, half of it whole (kept here) and half of it hollow (sent ahead). */
export function Logo({ size = 22 }: { size?: number }) {
  const heavy = size < 20
  return (
    <svg
      className="ui-logo"
      width={size}
      height={size}
      viewBox="0 0 22 22"
      aria-hidden="true"
      focusable="false"
    >
      <circle
        cx="11"
        cy="11"
        r={heavy ? 9.6 : 9.8}
        fill="none"
        stroke="currentColor"
        strokeWidth={heavy ? 2 : 1.6}
      />
      <path d="M10.9 5.4 5.3 11l5.6 5.6z" fill="var(--v-verifier)" />
      <path
        d="M11.7 6.4 16.1 11l-4.4 4.6"
        fill="none"
        stroke="var(--v-challenge)"
        strokeWidth={heavy ? 1.8 : 1.5}
        strokeLinejoin="round"
      />
    </svg>
  )
}

/** Mark and name, for inside a link to the start. */
export function Brand() {
  return (
    <span className="ui-brand">
      <Logo />
      <span>
        PKCE <span className="ui-brand-light">Lens</span>
      </span>
    </span>
  )
}
