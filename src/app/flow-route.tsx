/** The lens over the whole width, wired to the session, the trace and the address. */
import { useMemo } from 'react'
import { RevealProvider } from '../inspector/reveal-context.tsx'
import { ThreadProvider } from '../inspector/thread-context.tsx'
import { FlowView } from '../lens/flow-view.tsx'
import { useClient, useSession } from '../session/session-provider.tsx'
import { basePath } from './arrival.ts'
import { Failure } from './failure.tsx'
import { HomeIntro } from './home-intro.tsx'
import { useExpectation } from './use-expectation.tsx'
import { useLook } from './use-look.tsx'

export default function Flow() {
  const client = useClient()
  const error = useSession(session => session.error)
  const expectation = useExpectation()
  const look = useLook()
  const controls = useMemo(
    () => ({
      run: () => void client.signIn(),
      pause: () => {},
      next: () => void client.signIn(),
      paused: false,
      canNext: false,
    }),
    [client],
  )
  return (
    <ThreadProvider>
      <RevealProvider>
        <FlowView
          expectation={expectation}
          {...look}
          controls={controls}
          intro={<HomeIntro />}
          notice={look.selected !== null && error ? <Failure error={error} /> : undefined}
          base={location.origin + basePath}
        />
      </RevealProvider>
    </ThreadProvider>
  )
}
