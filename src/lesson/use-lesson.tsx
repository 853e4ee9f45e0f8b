/** The lesson at work: its place kept in the browser, its stops held by the debugger, its sign-in begun by the client. */
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
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
  /** Id of the stop whose renewal is under way. */
  const [renewing, setRenewing] = useState<string | null>(null)
  /** As it was kept last; null once the lesson has gone from the page. What ends late goes by this. */
  const latest = useRef<Progress | null>(progress)
  useEffect(() => {
    latest.current = progress
    return () => {
      latest.current = null
    }
  }, [progress])

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

  const from = progress.reading
  const isStillHere = () => latest.current?.reading === from

  /** Kept at once: the page may be left in the same breath. @returns null: the lesson has gone, and nothing is changed */
  const change = (step: (before: Progress) => Progress): Progress | null => {
    if (!latest.current) return null
    const next = step(latest.current)
    latest.current = next
    setProgress(next)
    setNote(null)
    keep(JSON.stringify(next))
    return next
  }

  const signIn = async (step: (before: Progress) => Progress) => {
    const loaded = await access.load().catch(() => null)
    if (!isStillHere()) return
    if (!loaded) return setNote(lessonTexts.debuggerNotLoaded)
    const next = change(before => ({ ...step(before), begun: Date.now() }))
    if (!next) return
    loaded.pauseEach(false)
    loaded.setBreakpoints(breakpointsFor(stops, next))
    await client.signIn({ returnTo })
  }

  const goOn = async () => {
    if (go === 'sign-in') return signIn(before => forward(stops, before))
    const failure = go === 'renew' ? await renewal() : null
    // Whoever has gone elsewhere meanwhile stays there.
    if (!isStillHere()) return
    const next = change(before => forward(stops, before))
    if (next) current?.setBreakpoints(breakpointsFor(stops, next))
    if (failure) setNote(failure)
    if (go === 'send') onSend()
  }

  /** @returns what to say when it did not work */
  const renewal = async (): Promise<string | null> => {
    setRenewing(from)
    try {
      await client.renew()
      return null
    } catch (error) {
      return lessonTexts.renewalFailed(asOAuthError(error).code)
    } finally {
      setRenewing(null)
    }
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
    busy: renewing === stop.id,
    predict: option => void change(before => answer(stops, before, option)),
    settle: stopper => void change(before => settle(before, stop, stopper)),
    goOn: () => void goOn(),
    back: () => void change(before => back(stops, before)),
    signInAgain: () => void signIn(before => before),
    letGo: onSend,
    startOver: () => {
      current?.setBreakpoints([])
      change(() => begin(stops))
    },
    leave: () => {
      current?.setBreakpoints([])
      if (state.held) current?.run()
    },
  }
}
