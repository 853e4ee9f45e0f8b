/**
 * `/profile`, and the callback that leads here: protected. Signed out, it says so and offers the way in; after sign-in it
 * is here again.
 */
import { Activity, type ReactNode, useDeferredValue, useState } from 'react'
import { useLocation } from 'react-router'
import { ProfilePage } from '../profile/profile-page.tsx'
import { RequireSession, useSession } from '../session/session-provider.tsx'
import { Button } from '../ui/button.tsx'
import { ownCode } from '../ui/own-code.tsx'
import { Page } from '../ui/page.tsx'
import { Part } from '../ui/part.tsx'
import { useConfig } from './composition-context.tsx'
import { Failure } from './failure.tsx'
import { SessionWait } from './session-wait.tsx'

const tokensCode = ownCode(() => import('./profile-tokens.tsx'))
const waysCode = ownCode(() => import('./more-ways.tsx'))

export default function Component() {
  const { pathname, search, hash } = useLocation()
  const here = pathname + search + hash
  const { error, starting } = useSession(session => ({
    error: session.error,
    starting: session.status === 'starting',
  }))
  const { error: configError } = useConfig()
  const problem = configError ?? error
  // Drawn unseen while the session is looked for: then only what is known about the person has to be filled in. Of
  // somebody who leaves nothing stays.
  const page = (isThere: boolean) => (
    <>
      {!isThere && <SessionWait />}
      <Activity mode={isThere ? 'visible' : 'hidden'}>
        <ProfilePage
          errorView={(failure, retry) => <Failure error={failure} retry={retry} />}
          ways={
            <AfterProfile>
              <Part code={waysCode} props={{}} name="“More ways to sign in”" />
            </AfterProfile>
          }
          tokens={
            <AfterProfile>
              <Part code={tokensCode} props={{}} name="The view of the tokens" />
            </AfterProfile>
          }
        />
      </Activity>
    </>
  )
  return (
    <RequireSession
      pending={starting ? page(false) : <SessionWait />}
      signedOut={signIn => (
        <Page
          width="narrow"
          title="Your profile is protected"
          lede="Sign in to see it. You come back to this page."
        >
          {problem ? (
            <Failure error={{ ...problem, returnTo: here }} />
          ) : (
            <Button variant="primary" size="lg" onClick={() => void signIn({ returnTo: here })}>
              Sign in
            </Button>
          )}
        </Page>
      )}
    >
      {page(true)}
    </RequireSession>
  )
}

/** What comes after the profile, and is not drawn with it; then it stays, also while the person is asked for more. */
function AfterProfile({ children }: { children: ReactNode }) {
  const answered = useSession(
    session => session.status === 'signed_in' && session.profile.status !== 'loading',
  )
  const [once, setOnce] = useState(answered)
  if (answered && !once) setOnce(true)
  return useDeferredValue(once) && children
}
