/** A trace holds one story after another: a sign-in, and everything that its session did until the next sign-in. */
import type { Entry, Trace } from '../trace/entry.ts'

export interface Story {
  /** Flow of the sign-in that began it; the first flow while nobody has signed in. */
  readonly id: string
  readonly startedAt: number
  readonly entries: readonly Entry[]
}

/** Oldest first. What was prepared before a sign-in belongs to it. */
export function stories(trace: Trace): Story[] {
  const all: { id: string; startedAt: number; entries: Entry[]; signedIn: boolean }[] = []
  let prepared: Entry[] = []
  const starters = new Set<string>()
  for (const entry of trace.entries) {
    const { step } = entry
    if (step.flowType === 'prepare') {
      prepared.push(entry)
      continue
    }
    const current = all.at(-1)
    const opens = step.flowType === 'sign_in' || (step.flowType === 'restore' && current?.signedIn !== true)
    const begins = current === undefined || (opens && !starters.has(step.flow))
    if (begins) starters.add(step.flow)
    const story = begins
      ? { id: step.flow, startedAt: (prepared[0] ?? entry).step.at, entries: [], signedIn: false }
      : current
    if (begins) all.push(story)
    story.entries.push(...prepared, entry)
    prepared = []
    if (step.kind === 'session_changed') story.signedIn = step.status !== 'signed_out'
  }
  const current = all.at(-1)
  const [first] = prepared
  if (first === undefined) return all
  if (current === undefined) return [{ id: first.step.flow, startedAt: first.step.at, entries: prepared }]
  current.entries.push(...prepared)
  return all
}
