import { Link } from 'react-router'
import './experiment-views.css'

/** Attacks on one sign-in, or the card about the provider: two views of one page. Stands over the heading of each. */
export function ExperimentViews({ card }: { card: boolean }) {
  return (
    <nav className={card ? 'app-views app-views-card' : 'app-views'} aria-label="Experiments and report card">
      <Link to="?" aria-current={card ? undefined : 'page'}>
        Attacks
      </Link>
      <Link to="?view=report-card" aria-current={card ? 'page' : undefined}>
        Report card
      </Link>
    </nav>
  )
}
