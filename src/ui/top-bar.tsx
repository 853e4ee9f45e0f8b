import type { ReactNode } from 'react'
import './top-bar.css'

/** The bar at the top: brand, navigation, and what belongs to the person. Knows no router: give it links. */
export function TopBar({ brand, nav, end }: { brand: ReactNode; nav?: ReactNode; end?: ReactNode }) {
  return (
    <header className="ui-top">
      {brand}
      {nav}
      <div className="ui-top-end">{end}</div>
    </header>
  )
}

/** The list of pages. Children are links; the current one carries `aria-current="page"`. */
export function Nav({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className="ui-nav" aria-label={label}>
      {children}
    </nav>
  )
}
