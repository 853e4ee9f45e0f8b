/** Between the provider and a page of the app: a calm moment, or the reason why it ended here. */
import { useSession } from '../session/session-provider.tsx'
import { Page } from '../ui/page.tsx'
import { Failure } from './failure.tsx'
import { SessionWait } from './session-wait.tsx'

export function CallbackPage() {
  const error = useSession(session => session.error)
  if (!error) return <SessionWait />
  return (
    <Page width="narrow">
      <Failure error={error} headingLevel={1} />
    </Page>
  )
}
