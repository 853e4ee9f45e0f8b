/** The start: what this is, and the one button. */
import { useClient, useSession } from '../session/session-provider.tsx'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { useConfig } from './composition-context.tsx'
import { ErrorView } from './error-view.tsx'

export function HomePage() {
  const client = useClient()
  const { status, error } = useSession(session => ({ status: session.status, error: session.error }))
  const config = useConfig()
  const problem = config.error ?? error
  return (
    <Page
      title="Sign in, and watch every message"
      lede="The tokens, the hashes and the checks are real, and your own."
    >
      {problem && <ErrorView error={problem} />}
      {status !== 'signed_in' && !config.error && (
        <Button
          variant="primary"
          size="lg"
          pending={status === 'signing_in' || status === 'signing_out'}
          onClick={() => void client.signIn()}
        >
          Sign in
        </Button>
      )}
      {status === 'signed_in' && <Button onClick={() => void client.signOut()}>Sign out</Button>}
    </Page>
  )
}
