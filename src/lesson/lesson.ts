/**
 * The lesson as a state machine: where the learner is, what was predicted, and what the world has to be like for the
 * stop to make sense. Pure: it knows no browser, no clock and no storage.
 */

import { type Stopper, stoppers } from '../attack/parties.ts'
import { isObject, jsonObject } from '../oauth/check.ts'
import type { FlowType, StepKind } from '../oauth/step.ts'
import type { Breakpoint } from '../pause/breakpoints.ts'
import type { SessionStatus } from '../session/store.ts'
import type { Go, Stop } from './stop.ts'

export interface Progress {
  /** Id of the furthest stop. */
  readonly reached: string
  /** Id of the stop that is read; never beyond `reached`. */
  readonly reading: string
  /** Ids of the chosen options by stop. The first choice counts and stays. */
  readonly answers: Readonly<Record<string, string>>
  /** Who stopped the attack, by stop. */
  readonly outcomes: Readonly<Record<string, Stopper>>
  /** Wall clock, milliseconds: Steps before this belong to another sign-in. Null before the first. */
  readonly begun: number | null
  readonly finished: boolean
}

/** What is true outside the lesson. */
export interface World {
  readonly status: SessionStatus
  readonly held: {
    readonly kind: Breakpoint
    readonly flowType: FlowType
    /** An answer with a status of 400 or more. */
    readonly refused: boolean
  } | null
  /** Kinds of Steps that the sign-in of this lesson has told so far. */
  readonly told: ReadonlySet<StepKind>
}

export type Situation =
  /** The moment that the stop is about: its message waits, or nothing has to wait. */
  | 'here'
  /** Its message is gone already; the stop can still be read. */
  | 'past'
  /** On its way. */
  | 'coming'
  /** Another message is held before it. */
  | 'behind'
  /** Its message is held, and is a refusal: a code that waited too long, for example. */
  | 'refused'
  /** No sign-in is under way, or nobody is signed in. */
  | 'away'

export type Stops = readonly [Stop, ...Stop[]]

export function begin(stops: Stops): Progress {
  const { id } = stops[0]
  return { reached: id, reading: id, answers: {}, outcomes: {}, begun: null, finished: false }
}

const placeOf = (stops: Stops, id: string): number =>
  Math.max(
    0,
    stops.findIndex(stop => stop.id === id),
  )

export function stopOf(stops: Stops, { reading }: Progress): Stop {
  return stops[placeOf(stops, reading)] ?? stops[0]
}

/** Place of the stop that is read, from one. */
export const numberOf = (stops: Stops, { reading }: Progress): number => placeOf(stops, reading) + 1

/** The learner has been further than the stop that is read. */
export const isReview = ({ reached, reading, finished }: Progress): boolean => finished || reached !== reading

/** A prediction for the stop that is read. Only the first one counts; what is no option is passed over. */
export function answer(stops: Stops, progress: Progress, option: string): Progress {
  const { id, question } = stopOf(stops, progress)
  if (progress.answers[id] !== undefined || !question.options.some(each => each.id === option))
    return progress
  return { ...progress, answers: { ...progress.answers, [id]: option } }
}

/** What an attack came to. The first run counts. */
export function settle(progress: Progress, stop: Stop, stopper: Stopper): Progress {
  if (progress.outcomes[stop.id] !== undefined) return progress
  return { ...progress, outcomes: { ...progress.outcomes, [stop.id]: stopper } }
}

/** Id of the right option, null while the attack that decides it has not been run. */
export const rightOption = (stop: Stop, { outcomes }: Progress): string | null =>
  stop.question.right === 'run' ? (outcomes[stop.id] ?? null) : stop.question.right

/** To the next stop; after the last one the lesson is finished. No way on without a prediction. */
export function forward(stops: Stops, progress: Progress): Progress {
  if (progress.answers[progress.reading] === undefined) return progress
  const next = stops[placeOf(stops, progress.reading) + 1]
  if (!next) return { ...progress, finished: true }
  const reached = isReview(progress) ? progress.reached : next.id
  return { ...progress, reading: next.id, reached }
}

export function back(stops: Stops, progress: Progress): Progress {
  const before = stops[placeOf(stops, progress.reading) - 1]
  return before ? { ...progress, reading: before.id } : progress
}

/** What the button does now: nothing is sent or begun twice, and nothing is sent that is not there. */
export function goOf(stop: Stop, progress: Progress, situation: Situation): Go {
  if (stop.go === 'attack') return 'attack'
  if (isReview(progress) || situation === 'past') return 'next'
  return stop.go
}

/** Where the world stands, seen from a stop. */
export function situationOf(stop: Stop, { status, held, told }: World): Situation {
  const underWay = status === 'starting' || status === 'signing_in'
  if (stop.signedIn) return status === 'signed_in' ? 'here' : underWay ? 'coming' : 'away'
  if (!stop.held) return 'here'
  if (held?.flowType === 'sign_in' && stop.held.includes(held.kind)) return held.refused ? 'refused' : 'here'
  // With the session there, whatever was to be held before it has gone.
  if (stop.held.some(kind => told.has(kind)) || told.has('session_changed')) return 'past'
  if (held) return 'behind'
  return underWay ? 'coming' : 'away'
}

/** Messages that have to be held from the furthest stop on; those before it go through. */
export function breakpointsFor(stops: Stops, progress: Progress): Breakpoint[] {
  if (progress.finished) return []
  return [...new Set(stops.slice(placeOf(stops, progress.reached)).flatMap(stop => stop.held ?? []))]
}

/** How many predictions were right, of those that could be judged. */
export function scoreOf(stops: Stops, progress: Progress): { readonly right: number; readonly of: number } {
  const judged = stops.flatMap(stop => {
    const [said, right] = [progress.answers[stop.id], rightOption(stop, progress)]
    return said === undefined || right === null ? [] : [said === right]
  })
  return { right: judged.filter(Boolean).length, of: judged.length }
}

/** Reads what was kept; anything that does not fit the lesson of today begins it anew. */
export function parseProgress(stops: Stops, text: string | null): Progress | null {
  const kept = jsonObject(text)
  const known = (id: unknown) => stops.find(stop => stop.id === id)
  const [reached, reading] = [known(kept?.['reached']), known(kept?.['reading'])]
  if (!kept || !reached || !reading) return null
  const begun = kept['begun']
  const answers = optionsIn(stops, kept['answers'])
  // What stands before the furthest stop was answered, or the furthest stop was never reached.
  const complete = stops.slice(0, placeOf(stops, reached.id)).every(({ id }) => answers[id] !== undefined)
  if (!complete || placeOf(stops, reading.id) > placeOf(stops, reached.id)) return null
  return {
    reached: reached.id,
    reading: reading.id,
    answers,
    outcomes: stoppersIn(stops, kept['outcomes']),
    begun: typeof begun === 'number' && Number.isFinite(begun) ? begun : null,
    finished: kept['finished'] === true && stops.every(({ id }) => answers[id] !== undefined),
  }
}

function optionsIn(stops: Stops, value: unknown): Record<string, string> {
  if (!isObject(value)) return {}
  return Object.fromEntries(
    stops.flatMap(({ id, question }) => {
      const option = question.options.find(each => each.id === value[id])
      return option ? [[id, option.id]] : []
    }),
  )
}

function stoppersIn(stops: Stops, value: unknown): Record<string, Stopper> {
  if (!isObject(value)) return {}
  return Object.fromEntries(
    stops.flatMap(({ id }) => {
      const stopper = stoppers.find(each => each === value[id])
      return stopper ? [[id, stopper]] : []
    }),
  )
}
