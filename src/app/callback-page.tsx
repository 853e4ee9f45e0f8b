/** Between the provider and the profile: a calm moment, or the reason why it ended here. */
import { useSession } from '../session/session-provider.tsx'
import { Page } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { Failure } from './failure.tsx'

export function CallbackPage() {
  const error = useSession(session => session.error)
  return (
    <Page width="narrow">
      {error ? (
        <Failure error={error} headingLevel={1} />
      ) : (
        <div className="app-calm">
          <h1>Finishing your sign-in</h1>
          <p>The provider sent you back. The app checks that the answer is really for you.</p>
          <Progress label="Finishing your sign-in" />
        </div>
      )}
    </Page>
  )
}
