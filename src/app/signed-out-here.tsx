/** A sign-out that ended in this app: the provider still knows the person (LOUT-01). The status line speaks it. */
import { useClient } from '../session/session-provider.tsx'
import { Button } from '../ui/button.tsx'

const reasons: Readonly<Record<string, string>> = {
  logout_endpoint_missing: 'This provider has no sign-out of its own.',
  message_dropped: 'The message that ends the provider’s session was dropped.',
  page_not_loaded: 'The code that ends the provider’s session could not be loaded.',
}

export default function SignedOutHere({ code }: { code: string }) {
  const client = useClient()
  return (
    <div className="app-strip" data-note={code}>
      You are signed out here only. {reasons[code]} At the provider you stay signed in until you sign out
      there, or until its session ends.
      <Button size="s" onClick={client.dismissError}>
        Got it
      </Button>
    </div>
  )
}
