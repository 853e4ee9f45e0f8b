/** The lens over the whole width, wired to the session, the trace, the debugger and the address. */
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { Link } from 'react-router'
import { RevealProvider } from '../inspector/reveal-context.tsx'
import { ThreadProvider } from '../inspector/thread-context.tsx'
import { FlowView } from '../lens/flow-view.tsx'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { HeldMessage } from '../oauth/step.ts'
import { breakpointKinds, toggled } from '../pause/breakpoints.ts'
import type { Debugger } from '../pause/debugger.ts'
import { HeldEditor } from '../pause/held-editor.tsx'
import { OutcomeView } from '../pause/outcome-view.tsx'
import { useDebugger } from '../pause/use-debugger.tsx'
import { type HeldDraft, useDraft } from '../pause/use-draft.tsx'
import { useLiveEdit } from '../pause/use-live-edit.tsx'
import type { MessageKind } from '../sequence/message.ts'
import { useClient, useSession } from '../session/session-provider.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { ownCode } from '../ui/own-code.tsx'
import { Part } from '../ui/part.tsx'
import { useKeptFocus } from '../ui/use-kept-focus.tsx'
import { basePath } from './arrival.ts'
import { useConfig } from './composition-context.tsx'
import { Failure } from './failure.tsx'
import { HomeBelow } from './home-below.tsx'
import { HomeIntro } from './home-intro.tsx'
import { HomePicture } from './home-picture.tsx'
import { lessonSearch } from './lesson-search.ts'
import { useEvidence } from './use-evidence.tsx'
import { useExpectation } from './use-expectation.tsx'
import { useLessonOn } from './use-lesson-on.tsx'
import { type Look, useLook } from './use-look.tsx'
import { useSentEdit } from './use-sent-edit.tsx'

const lessonCode = ownCode(() => import('../lesson/lesson-panel.tsx'))

/** @param keepInAddress see the home page */
export default function Flow({ keepInAddress }: { keepInAddress: boolean }) {
  const sessionError = useSession(session => session.error)
  const { loaded, error: configError } = useConfig()
  const error = configError ?? sessionError
  const expectation = useExpectation()
  const look = useLook(keepInAddress)
  const { state, current } = useDebugger()
  const edit = useSentEdit()
  const draft = useDraft(state.held)
  const live = useLiveEdit(state.held, draft)
  const controls = useControls(draft, edit)
  const serial = state.held?.serial ?? null
  const { onTab } = look
  const lesson = useLessonOn()
  const box = useRef<HTMLDivElement>(null)
  // A failure that is put away, and what was held, take their buttons with them.
  useKeptFocus(box)
  // What is held is edited under HTTP, so that is what opens. A lesson shows what it talks about.
  useEffect(() => {
    if (serial !== null && !lesson.on) onTab('http')
  }, [serial, onTab, lesson.on])
  const noticed = edit.outcome !== null && edit.outcome.by !== 'nobody'
  const turnTo = useEvidence(look, edit.sent, noticed && serial === null && !lesson.on)
  return (
    <ThreadProvider>
      <RevealProvider>
        <div ref={box} className="app-flow-whole">
          <FlowView
            expectation={expectation}
            {...look}
            onTab={turnTo}
            controls={controls}
            held={state.held}
            intro={lesson.on ? undefined : <HomeIntro picture={<HomePicture />} below={<HomeBelow />} />}
            heldEditor={
              state.held && current ? (
                <HeldEditor
                  key={state.held.serial}
                  held={state.held}
                  draft={draft}
                  onSend={controls.send}
                  onDrop={current.drop}
                />
              ) : undefined
            }
            edit={live}
            notice={
              edit.sent || error ? (
                <>
                  {edit.sent && (
                    <OutcomeView
                      outcome={edit.outcome}
                      tampered={edit.sent.tampered}
                      prediction={edit.sent.prediction}
                      wayOn={code => <WayOn code={code} onSignIn={state.held ? undefined : controls.run} />}
                    />
                  )}
                  {error && error.code !== edit.outcome?.code && <Failure error={error} />}
                </>
              ) : undefined
            }
            link={loaded && (() => linkTo(loaded.config))}
          />
          {lesson.on && <LessonBeside look={look} onSend={controls.send} onLeave={lesson.leave} />}
        </div>
      </RevealProvider>
    </ThreadProvider>
  )
}

/** From a message that was edited and refused. */
function WayOn({ code, onSignIn }: { code: string; onSignIn: (() => void) | undefined }) {
  const signedIn = useSession(session => session.status === 'signed_in')
  return (
    <>
      {!signedIn && onSignIn && <Button onClick={onSignIn}>Sign in again</Button>}
      <Link className={buttonClass({ variant: 'quiet' })} to={`/provider?failed=${code}`}>
        Open the diagnosis
      </Link>
    </>
  )
}

/** What writes a link knows every provider there is a preset for: loaded with the menu that offers one. */
async function linkTo(config: ClientConfig): Promise<string> {
  const { shareLink } = await import('../choice/share-link.ts')
  return shareLink(`${location.origin}${basePath}provider`, config)
}

/** The lesson, loaded when one is on. */
function LessonBeside({
  look: { onSelect, onTab },
  onSend,
  onLeave,
}: {
  look: Look
  onSend: () => void
  onLeave: () => void
}) {
  const { loaded, error } = useConfig()
  const onLook = useCallback(
    (id: string | null, tab: Look['tab']) => {
      onSelect(id)
      onTab(tab)
    },
    [onSelect, onTab],
  )
  if (!loaded && !error) return null
  return (
    <Part
      code={lessonCode}
      name="The lesson"
      props={{
        config: loaded?.config ?? null,
        basePath,
        returnTo: basePath + lessonSearch,
        onLook,
        onSend,
        onLeave,
        onward: (
          <Link className={buttonClass({ variant: 'primary' })} to="/experiments">
            Try the other attacks
          </Link>
        ),
      }}
    />
  )
}

/** Run, Pause before each, Next: the debugger is loaded with the first pause. What is held goes on as it was edited. */
function useControls(
  { draft, edited, tampered }: HeldDraft,
  { remember, forget }: ReturnType<typeof useSentEdit>,
) {
  const client = useClient()
  const { access, state } = useDebugger()
  const signedIn = useSession(session => session.status === 'signed_in')
  return useMemo(() => {
    /** What goes on in place of what is held; who noticed is asked afterwards. */
    const letGo = (goOn: (message: HeldMessage) => void) => {
      if (!state.held || !edited) return
      remember({ tampered, prediction: draft.prediction, flow: state.held.flow })
      goOn(edited)
    }
    // Pressed again, it is asked for again.
    const withDebugger = (use: (loaded: Debugger) => void) => void access.load().then(use, () => {})
    return {
      send: () => letGo(message => access.get()?.send(message)),
      run: () => {
        if (!state.held) {
          forget()
          return void client.signIn()
        }
        if (!edited) return
        if (tampered.length > 0) letGo(message => access.get()?.send(message))
        access.get()?.run()
      },
      pause: () => withDebugger(loaded => loaded.pauseEach(!loaded.getState().each)),
      next: () =>
        withDebugger(loaded => {
          if (state.held) return letGo(loaded.next)
          forget()
          loaded.next()
          void client.signIn()
        }),
      paused: state.each,
      held: state.held !== null,
      canRun: state.held === null || edited !== null,
      // Signed in, there is no next message: that would be another sign-in, and Run again says so.
      canNext: state.held === null ? !signedIn : edited !== null,
      breakpoints: {
        kinds: breakpointKinds,
        chosen: state.breakpoints,
        toggle: (kind: MessageKind) =>
          withDebugger(loaded => loaded.setBreakpoints(toggled(loaded.getState().breakpoints, kind))),
      },
    }
  }, [client, access, state, draft, edited, tampered, remember, forget, signedIn])
}
