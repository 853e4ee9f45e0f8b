/** Between the provider and the profile: a calm moment, the held callback, or the reason why it ended here. */
import { useDebugger } from '../pause/use-debugger.tsx'
import { useSession } from '../session/session-provider.tsx'
import { Page } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { Failure } from './failure.tsx'
import { Flow } from './lazy-flow.tsx'

export function CallbackPage() {
  const error = useSession(session => session.error)
  // Loaded here means: somebody paused before the redirect, and wants to see what happens now.
  const { current } = useDebugger()
  if (current) return <Flow keepInAddress={false} />
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
