/** What the sign-in earned: the person, the claims and where they come from, the life of the access token. */
import { type ReactNode, useDeferredValue, useState } from 'react'
import { OAuthError, type OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { useClient, useProfile, useSession } from '../session/session-provider.tsx'
import { Page } from '../ui/page.tsx'
import './profile-page.css'
import { AccessTokenClock } from './access-token-clock.tsx'
import { ClaimsTable } from './claims-table.tsx'
import { PersonHead } from './person-head.tsx'

export interface Retry {
  /** Of its button. */
  readonly label: string
  run(): Promise<void>
}

export interface ProfilePageProps {
  /** @param retry what failed did not end the session, and can be tried again */
  readonly errorView: (error: OAuthErrorDetails, retry?: Retry) => ReactNode
  /** The tokens, shown part by part; given by the app, because reading them is the lens's business. */
  readonly tokens?: ReactNode
  /** Other ways to sign in, for a step-up. */
  readonly ways?: ReactNode
}

export function ProfilePage({ errorView, tokens, ways }: ProfilePageProps) {
  const error = useSession(session => session.error)
  const renewal = useRenewal()
  const profile = useProfile()
  // The person first: what is known about them is drawn right after.
  const known = useDeferredValue(
    useSession(session => session.claims !== null),
    false,
  )
  return (
    <Page>
      <PersonHead onRenew={renewal.run} />
      {error && errorView(error)}
      {renewal.error && errorView(renewal.error, { label: 'Try again', run: renewal.run })}
      {profile.error && errorView(profile.error, { label: 'Load the profile again', run: profile.reload })}
      {known && (
        <div className="profile-cols">
          <ClaimsTable />
          <section aria-labelledby="profile-token" className="profile-token">
            <AccessTokenClock headingId="profile-token" onRenew={renewal.run} />
            {tokens}
          </section>
        </div>
      )}
      {ways}
    </Page>
  )
}

/** A renewal by hand, and why it failed for good: while it waits for the network, the bar above the page says so. */
function useRenewal(): { error: OAuthErrorDetails | null; run(): Promise<void> } {
  const client = useClient()
  const receivedAt = useSession(session => session.accessToken?.receivedAt)
  const [failed, setFailed] = useState<{ error: OAuthErrorDetails; receivedAt: number | undefined } | null>(
    null,
  )
  const run = async () => {
    setFailed(null)
    try {
      await client.renew()
    } catch (error) {
      const details = error instanceof OAuthError ? error.details : { code: 'unexpected' }
      if (client.store.getState().renewal !== 'reconnecting') setFailed({ error: details, receivedAt })
    }
  }
  // Of a token that has come since, nothing failed.
  return { error: failed?.receivedAt === receivedAt ? (failed?.error ?? null) : null, run }
}
