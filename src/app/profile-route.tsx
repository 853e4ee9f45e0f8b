/** `/profile`: protected. Signed out, it says so and offers the way in; after sign-in it is here again. */
import { useDeferredValue } from 'react'
import { useLocation } from 'react-router'
import { ProfilePage } from '../profile/profile-page.tsx'
import { RequireSession, useSession } from '../session/session-provider.tsx'
import { Button } from '../ui/button.tsx'
import { ownCode } from '../ui/own-code.tsx'
import { Page } from '../ui/page.tsx'
import { Part } from '../ui/part.tsx'
import { Progress } from '../ui/progress.tsx'
import { Failure } from './failure.tsx'

const tokensCode = ownCode(() => import('./profile-tokens.tsx'))
const waysCode = ownCode(() => import('./more-ways.tsx'))

export default function Component() {
  const { pathname, search } = useLocation()
  const { error, answered } = useSession(session => ({
    error: session.error,
    answered: session.profile.status !== 'loading',
  }))
  // Reading tokens part by part is the lens's business, so it comes after the profile, and is not drawn with it.
  const loaded = useDeferredValue(answered)
  return (
    <RequireSession
      pending={
        <Page width="narrow">
          <div className="app-calm">
            <h1>Looking for your session</h1>
            <Progress label="Looking for your session" />
          </div>
        </Page>
      }
      signedOut={signIn => (
        <Page
          width="narrow"
          title="Your profile is protected"
          lede="Sign in to see it. You come back to this page."
        >
          {error ? (
            <Failure error={{ ...error, returnTo: pathname + search }} />
          ) : (
            <Button variant="primary" size="lg" onClick={() => void signIn({ returnTo: pathname + search })}>
              Sign in
            </Button>
          )}
        </Page>
      )}
    >
      <ProfilePage
        errorView={(failure, actions) => <Failure error={failure} actions={actions} />}
        ways={loaded && <Part code={waysCode} props={{}} name="“More ways to sign in”" />}
        tokens={loaded && <Part code={tokensCode} props={{}} name="The view of the tokens" />}
      />
    </RequireSession>
  )
}
