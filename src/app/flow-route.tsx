/** The lens over the whole width, wired to the session, the trace, the debugger and the address. */
import { useEffect, useMemo } from 'react'
import { RevealProvider } from '../inspector/reveal-context.tsx'
import { ThreadProvider } from '../inspector/thread-context.tsx'
import { FlowView } from '../lens/flow-view.tsx'
import { HeldEditor } from '../pause/held-editor.tsx'
import { OutcomeView } from '../pause/outcome-view.tsx'
import { useDebugger } from '../pause/use-debugger.tsx'
import { useClient, useSession } from '../session/session-provider.tsx'
import { basePath } from './arrival.ts'
import { Failure } from './failure.tsx'
import { HomeIntro } from './home-intro.tsx'
import { useExpectation } from './use-expectation.tsx'
import { useLook } from './use-look.tsx'
import { useSentEdit } from './use-sent-edit.tsx'

/** @param keepInAddress false while a callback is held: the address is still being decided */
export default function Flow({ keepInAddress = true }: { keepInAddress?: boolean }) {
  const error = useSession(session => session.error)
  const expectation = useExpectation()
  const look = useLook(keepInAddress)
  const { state, current } = useDebugger()
  const controls = useControls()
  const edit = useSentEdit()
  const serial = state.held?.serial ?? null
  const { onTab } = look
  // What is held is edited under HTTP, so that is what opens.
  useEffect(() => {
    if (serial !== null) onTab('http')
  }, [serial, onTab])
  return (
    <ThreadProvider>
      <RevealProvider>
        <FlowView
          expectation={expectation}
          {...look}
          controls={controls}
          intro={<HomeIntro withFailure={false} />}
          heldEditor={
            state.held && current ? (
              <HeldEditor
                key={state.held.serial}
                held={state.held}
                debugger={current}
                onSend={edit.remember}
              />
            ) : undefined
          }
          notice={
            edit.sent ? (
              <OutcomeView
                outcome={edit.outcome}
                tampered={edit.sent.tampered}
                prediction={edit.sent.prediction}
              />
            ) : error ? (
              <Failure error={error} />
            ) : undefined
          }
          base={location.origin + basePath}
        />
      </RevealProvider>
    </ThreadProvider>
  )
}

/** Run, Pause before each, Next: the debugger is loaded with the first pause. */
function useControls() {
  const client = useClient()
  const { access, state } = useDebugger()
  return useMemo(
    () => ({
      run: () => (state.held ? access.get()?.run() : void client.signIn()),
      pause: () => void access.load().then(loaded => loaded.pauseEach(!loaded.getState().each)),
      next: () =>
        void access.load().then(loaded => {
          const { held } = loaded.getState()
          loaded.next()
          if (!held) void client.signIn()
        }),
      paused: state.each,
      canNext: true,
    }),
    [client, access, state],
  )
}
