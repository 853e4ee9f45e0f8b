/** Which provider signs people in, as a way to the provider page; nothing while it is not known. */
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { useSession } from '../session/session-provider.tsx'
import { useComposition, useConfig } from './composition-context.tsx'

export default function WherePill() {
  const { loaded, error } = useConfig()
  const isAway = useProviderAway()
  if (!loaded && !error) return null
  const host = loaded ? new URL(loaded.config.issuer).host : null
  const bad = error !== null || isAway
  return (
    <Link to="/provider" className="app-where">
      <span className={bad ? 'app-where-dot app-where-bad' : 'app-where-dot'} />
      {host ? <code>{host}</code> : 'No provider'}
      {host && bad && <span className="visually-hidden">, could not be used</span>}
    </Link>
  )
}

/** The last that was heard: what the page asked when it was loaded, then what the session met. */
function useProviderAway(): boolean {
  const { providerAnswers } = useComposition()
  const [silent, setSilent] = useState(false)
  const heard = useSession(({ status, renewal, error }) =>
    status === 'signed_in' ? renewal !== 'reconnecting' : isUnanswered(error) ? false : null,
  )
  useEffect(() => {
    let wanted = true
    void providerAnswers.then(answers => wanted && setSilent(!answers))
    return () => {
      wanted = false
    }
  }, [providerAnswers])
  return heard === null ? silent : !heard
}

const isUnanswered = (error: OAuthErrorDetails | null) =>
  error !== null &&
  [error.code, ...(error.hints ?? [])].some(code =>
    /^(network_(offline|unreachable|or_cors_blocked)|request_timeout)$/.test(code),
  )
