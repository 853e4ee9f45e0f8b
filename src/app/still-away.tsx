/** A sign-in, or a sign-out, that is under way for 20 seconds while this page is still here: a popup, or a slow provider. */
import { useEffect, useState } from 'react'
import { awayTooLong, stillAtTheProvider } from '../doctor/still-at-the-provider.ts'
import { useDebugger } from '../pause/use-debugger.tsx'
import { useClient, useSession } from '../session/session-provider.tsx'
import { Button } from '../ui/button.tsx'
import { Status } from '../ui/status.tsx'
import { basePath } from './arrival.ts'

const addresses = ['callback', 'silent-callback.html'].map(page => location.origin + basePath + page)

export default function StillAway() {
  const client = useClient()
  const isSignOut = useSession(({ status }) => status === 'signing_out')
  const { state } = useDebugger()
  const isHeld = state.held !== null
  const [long, setLong] = useState(false)
  useEffect(() => {
    // What is held waits for the person, and not at the provider.
    const timer = isHeld ? undefined : setTimeout(() => setLong(true), awayTooLong)
    return () => {
      clearTimeout(timer)
      setLong(false)
    }
  }, [isHeld])
  return (
    <Status>
      {long && !isHeld && (
        <div className="app-strip">
          {isSignOut
            ? 'You are signed out here. The provider’s own sign-out has not answered.'
            : stillAtTheProvider(addresses)}
          <Button size="s" onClick={client.stopWaiting}>
            Stop waiting
          </Button>
        </div>
      )}
    </Status>
  )
}
