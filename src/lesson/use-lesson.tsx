/** The lesson at work: its place kept in the browser, its stops held by the debugger, its sign-in begun by the client. */
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { Stopper } from '../attack/parties.ts'
import { asOAuthError } from '../oauth/oauth-error.ts'
import { useDebugger } from '../pause/use-debugger.tsx'
import { useClient, useSession } from '../session/session-provider.tsx'
import { useTrace } from '../trace/trace-provider.tsx'
import {
  answer,
  back,
  begin,
  breakpointsFor,
  forward,
  goOf,
  isReview,
  type Progress,
  parseProgress,
  type Situation,
  settle,
  situationOf,
  stopOf,
} from './lesson.ts'
import { keep, readKept } from './progress-store.ts'
import type { Go, Stop } from './stop.ts'
import { stops } from './stops.ts'
import { lessonTexts } from './texts.ts'
import { flowTypeOf, isRefusal, lookedAt, toldSince } from './world.ts'

export interface Lesson {
  readonly progress: Progress
  readonly stop: Stop
  readonly situation: Situation
  /** What the button at the end of the stop does now. */
  readonly go: Go
  /** Kind of the message that is held, as words. */
  readonly held: string | null
  /** A prediction is wanted, so nothing may give the answer away. */
  readonly asking: boolean
  /** Something worth saying about this run: a renewal that did not work. */
  readonly note: string | null
  readonly busy: boolean
  predict(option: string): void
  settle(stopper: Stopper): void
  goOn(): void
  back(): void
  /** Begins the sign-in again; it runs up to the furthest stop. */
  signInAgain(): void
  letGo(): void
  startOver(): void
  /** Takes the stops out of the debugger and lets go of what is held. */
  leave(): void
}

export interface LessonSurroundings {
  /** Shows a message in the lens. */
  readonly onLook: (id: string | null, tab: Stop['tab']) => void
  /** Path at which the lesson goes on after the sign-in. */
  readonly returnTo: string
  /** Lets go of what is held, as it was edited beside the lesson. */
  readonly onSend: () => void
}

/**
 * Begins at the place that this browser kept, and keeps every change at once, so the page may be left and loaded again
 * at any moment. `goOn` does what `go` says. While it is shown, the stops of the debugger are those of the lesson and
 * the lens is turned to its message (`onLook`); only `leave` and `startOver` take the stops out again, unmounting does
 * not.
 */
export function useLesson({ onLook, returnTo, onSend }: LessonSurroundings): Lesson {
  const client = useClient()
  const { access, current, state } = useDebugger()
  const { entries } = useTrace()
  const { status, hasRefreshToken } = useSession(session => ({
    status: session.status,
    hasRefreshToken: session.hasRefreshToken,
  }))
  const [progress, setProgress] = useState(() => parseProgress(stops, readKept()) ?? begin(stops))
  const [note, setNote] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const { begun } = progress
  const stop = stopOf(stops, progress)
  const told = useMemo(() => toldSince(entries, begun), [entries, begun])
  const flowType = state.held && flowTypeOf(entries, state.held)
  const held =
    state.held && flowType ? { kind: state.held.kind, flowType, refused: isRefusal(state.held) } : null
  const reviewed = isReview(progress) && stop.go !== 'attack'
  const situation = reviewed ? 'past' : situationOf(stop, { status, held, told })
  const planned = goOf(stop, progress, situation)
  const go = planned === 'renew' && !hasRefreshToken ? 'next' : planned

  /** Kept at once: the page may be left in the same breath. */
  const change = (next: Progress) => {
    setProgress(next)
    setNote(null)
    keep(JSON.stringify(next))
  }

  const signIn = async (next: Progress) => {
    const loaded = await access.load().catch(() => null)
    if (!loaded) return setNote(lessonTexts.debuggerNotLoaded)
    change({ ...next, begun: Date.now() })
    loaded.pauseEach(false)
    loaded.setBreakpoints(breakpointsFor(stops, next))
    await client.signIn({ returnTo })
  }

  const goOn = async () => {
    const next = forward(stops, progress)
    switch (go) {
      case 'sign-in':
        return signIn(next)
      case 'renew':
        setBusy(true)
        try {
          await client.renew()
        } catch (error) {
          change(next)
          return setNote(lessonTexts.renewalFailed(asOAuthError(error).code))
        } finally {
          setBusy(false)
        }
        break
      case 'send':
        change(next)
        current?.setBreakpoints(breakpointsFor(stops, next))
        return onSend()
    }
    change(next)
    current?.setBreakpoints(breakpointsFor(stops, next))
  }

  const pass = useEffectEvent(() => {
    if (state.held) current?.send(state.held.message)
  })
  // A session that is found again in a hidden frame is not the sign-in of the lesson.
  const serial = state.held?.serial ?? null
  const silent = flowType === 'restore' && !state.each ? serial : null
  useEffect(() => {
    if (silent !== null) pass()
  }, [silent])

  const looked = lookedAt(entries, stop, state.held, begun)
  const look = useEffectEvent(() => onLook(looked, stop.tab))
  // The lens follows what happens by itself, so the lesson turns it back whenever something has happened.
  const newest = entries.at(-1)?.id ?? ''
  const moment = `${stop.id} ${looked} ${newest}`
  useEffect(() => {
    if (moment) look()
  }, [moment])

  return {
    progress,
    stop,
    situation,
    go,
    asking: progress.answers[stop.id] === undefined && /^(here|past|coming)$/.test(situation),
    held: held?.kind.replaceAll('_', ' ') ?? null,
    note: note ?? (planned !== go ? lessonTexts.noRefreshToken : null),
    busy,
    predict: option => change(answer(stops, progress, option)),
    settle: stopper => change(settle(progress, stop, stopper)),
    goOn: () => void goOn(),
    back: () => change(back(stops, progress)),
    signInAgain: () => void signIn(progress),
    letGo: onSend,
    startOver: () => {
      current?.setBreakpoints([])
      change(begin(stops))
    },
    leave: () => {
      current?.setBreakpoints([])
      if (state.held) current?.run()
    },
  }
}
