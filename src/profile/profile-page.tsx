/** What the sign-in earned: the person, the claims and where they come from, the life of the access token. */
import { type ReactNode, useDeferredValue } from 'react'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { useClient, useProfile, useSession } from '../session/session-provider.tsx'
import { Page } from '../ui/page.tsx'
import './profile-page.css'
import { AccessTokenClock } from './access-token-clock.tsx'
import { ClaimsTable } from './claims-table.tsx'
import { PersonHead } from './person-head.tsx'

export interface ProfilePageProps {
  /** @param retry asks for the profile again */
  readonly errorView: (error: OAuthErrorDetails, retry?: () => Promise<void>) => ReactNode
  /** The tokens, shown part by part; given by the app, because reading them is the lens's business. */
  readonly tokens?: ReactNode
  /** Other ways to sign in, for a step-up. */
  readonly ways?: ReactNode
}

export function ProfilePage({ errorView, tokens, ways }: ProfilePageProps) {
  const client = useClient()
  const error = useSession(session => session.error)
  const profile = useProfile()
  // The person first: what is known about them is drawn right after.
  const known = useDeferredValue(
    useSession(session => session.claims !== null),
    false,
  )
  return (
    <Page>
      <PersonHead />
      {error && errorView(error)}
      {profile.error && errorView(profile.error, profile.reload)}
      {known && (
        <div className="profile-cols">
          <ClaimsTable />
          <section aria-labelledby="profile-token" className="profile-token">
            <AccessTokenClock headingId="profile-token" onRenew={() => void client.renew().catch(() => {})} />
            {tokens}
          </section>
        </div>
      )}
      {ways}
    </Page>
  )
}
