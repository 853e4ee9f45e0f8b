import type { ReactNode } from 'react'
import { Link } from 'react-router'
import './experiment-views.css'

/** Attacks on one sign-in, or the card about the provider: two views of one page. */
export function ExperimentViews({ card, children }: { card: boolean; children: ReactNode }) {
  return (
    <>
      <nav className="app-views" aria-label="Experiments and report card">
        <Link to="?" aria-current={card ? undefined : 'page'}>
          Attacks
        </Link>
        <Link to="?view=report-card" aria-current={card ? 'page' : undefined}>
          Report card
        </Link>
      </nav>
      {children}
    </>
  )
}
