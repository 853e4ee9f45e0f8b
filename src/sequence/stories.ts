/** A trace holds one story after another: a sign-in, and everything that its session did until the next sign-in. */
import type { Entry, Trace } from '../trace/entry.ts'

export interface Story {
  /** Flow of the sign-in that began it; while nobody has begun, the newest flow that prepares. */
  readonly id: string
  readonly startedAt: number
  readonly entries: readonly Entry[]
}

interface Open {
  readonly id: string
  readonly startedAt: number
  readonly entries: Entry[]
  signedIn: boolean
  /** Failed or signed out: what is prepared from now on is for the next. */
  over: boolean
}

/** Oldest first. What was prepared before a sign-in belongs to it. */
export function stories(trace: Trace): Story[] {
  const all: Open[] = []
  const begun = new Set<string>()
  let prepared: Entry[] = []
  for (const entry of trace.entries) {
    const { step } = entry
    let current = all.at(-1)
    if (step.flowType === 'prepare' && (current === undefined || current.over)) {
      prepared.push(entry)
      continue
    }
    const opens = step.flowType === 'sign_in' || (step.flowType === 'restore' && current?.signedIn !== true)
    if (current === undefined || (opens && !begun.has(step.flow))) {
      const startedAt = (prepared[0] ?? entry).step.at
      current = { id: step.flow, startedAt, entries: prepared, signedIn: false, over: false }
      all.push(current)
      prepared = []
    }
    begun.add(step.flow)
    current.entries.push(entry)
    if (step.kind === 'session_changed') {
      current.signedIn = step.status !== 'signed_out'
      current.over = !current.signedIn
    }
    if (step.kind === 'failed' && step.flow === current.id && !current.signedIn) current.over = true
  }
  const last = prepared.at(-1)
  if (all.length > 0 || last === undefined) return all
  return [{ id: last.step.flow, startedAt: prepared[0]?.step.at ?? 0, entries: prepared }]
}
