/** Which provider signs people in, as a way to the provider page; nothing while it is not known. */
import { Link } from 'react-router'
import { useConfig } from './composition-context.tsx'

export function WherePill() {
  const { loaded, error } = useConfig()
  if (!loaded && !error) return null
  const host = loaded ? new URL(loaded.config.issuer).host : null
  return (
    <Link to="/provider" className="app-where">
      <span className={error ? 'app-where-dot app-where-bad' : 'app-where-dot'} />
      {host ? <code>{host}</code> : 'No provider'}
    </Link>
  )
}
