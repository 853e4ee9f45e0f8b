/**
 * A trace holds one story after another: a sign-in, and everything that its session did until the next sign-in, or
 * until another provider was chosen.
 */
import type { Step } from '../oauth/step.ts'
import type { Entry, Trace } from '../trace/entry.ts'
import { isLeft } from './left.ts'

export interface Story {
  /** Flow of the sign-in that began it; while nobody has begun, the newest flow that prepares. */
  readonly id: string
  readonly startedAt: number
  readonly entries: readonly Entry[]
  /** Null or absent when nothing names it, for example in a part of a trace. */
  readonly issuer?: string | null
}

interface Open {
  readonly id: string
  issuer: string | null
  readonly startedAt: number
  readonly entries: Entry[]
  signedIn: boolean
  /** Failed, left or signed out: what is prepared from now on is for the next. */
  over: boolean
}

/** Oldest first. What was prepared before a sign-in belongs to it. */
export function stories(trace: Trace): Story[] {
  const all: Open[] = []
  const begun = new Set<string>()
  const ends = endsOfLeft(trace.entries)
  let prepared: Entry[] = []
  for (const entry of trace.entries) {
    const { step } = entry
    const issuer = issuerNamed(step)
    if (prepared.length > 0 && differ(issuer, issuerOf(prepared))) {
      all.push(preparation(prepared))
      prepared = []
    }
    let current = all.at(-1)
    const elsewhere = current !== undefined && isElsewhere(entry, current, begun)
    // The end of a session that nothing tells of here.
    if (elsewhere && step.kind === 'session_changed') continue
    const another = elsewhere || (current !== undefined && differ(issuer, current.issuer))
    if (another && current) current.over = true
    if (step.flowType === 'prepare' && (current === undefined || current.over)) {
      prepared.push(entry)
      continue
    }
    const opens =
      step.flowType === 'sign_in' || another || (step.flowType === 'restore' && current?.signedIn !== true)
    if (current === undefined || (opens && !begun.has(step.flow))) {
      const startedAt = (prepared[0] ?? entry).step.at
      current = {
        id: step.flow,
        startedAt,
        entries: prepared,
        issuer: issuerOf(prepared),
        signedIn: false,
        over: false,
      }
      all.push(current)
      prepared = []
    }
    begun.add(step.flow)
    current.entries.push(entry)
    current.issuer ??= issuer
    if (step.kind === 'session_changed') {
      current.signedIn = step.status !== 'signed_out'
      current.over = !current.signedIn
    }
    const isEnd = step.kind === 'failed' || ends.has(entry)
    if (isEnd && step.flow === current.id && !current.signedIn) current.over = true
  }
  // For the provider of the last story it waits for the next sign-in; for another one it is what happens now.
  const last = all.at(-1)
  if (prepared.length > 0 && (last === undefined || differ(issuerOf(prepared), last.issuer)))
    all.push(preparation(prepared))
  return all
}

/**
 * Told by another tab than what stands before it, which so came from a file; unless it goes on with something that the
 * file tells of, when somebody opened the file of this very session.
 */
function isElsewhere({ tab, step }: Entry, { entries }: Open, begun: ReadonlySet<string>): boolean {
  const parent = step.kind === 'flow_started' ? step.parent : undefined
  return tab !== entries.at(-1)?.tab && !begun.has(parent ?? step.flow)
}

/** The entries of each flow, in the order in which the flows began. */
export function flowsOf(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const flows = new Map<string, Entry[]>()
  for (const entry of entries) {
    const flow = flows.get(entry.step.flow)
    if (flow === undefined) flows.set(entry.step.flow, [entry])
    else flow.push(entry)
  }
  return flows
}

/** The last entry of every flow that was left. */
function endsOfLeft(entries: readonly Entry[]): ReadonlySet<Entry | undefined> {
  return new Set([...flowsOf(entries).values()].filter(isLeft).map(flow => flow.at(-1)))
}

function preparation(entries: Entry[]): Open {
  const id = entries.at(-1)?.step.flow ?? ''
  const startedAt = entries[0]?.step.at ?? 0
  return { id, startedAt, entries, issuer: issuerOf(entries), signedIn: false, over: true }
}

const differ = (a: string | null, b: string | null) => a !== null && b !== null && a !== b

function issuerOf(entries: readonly Entry[]): string | null {
  for (const { step } of entries) {
    const named = issuerNamed(step)
    if (named !== null) return named
  }
  return null
}

/** Which provider a flow turns to: it says so when it starts, or by the document that it prepares with. */
function issuerNamed(step: Step): string | null {
  if (step.flowType === 'refresh' || step.flowType === 'sign_out') return null
  if (step.kind === 'flow_started') return withoutSlash(step.issuer)
  if (step.kind !== 'discovery_request' || step.flowType !== 'prepare') return null
  return withoutSlash(step.request.url.replace(/\/\.well-known\/openid-configuration$/, ''))
}

/** An issuer as stories name it: the address of its metadata does not tell whether a slash stood at its end. */
export const withoutSlash = (issuer: string): string => issuer.replace(/\/$/, '')
