/** Bounds the memory of a trace: the oldest flows become one line each, the current sign-in stays whole. */
import type { Step } from '../oauth/step.ts'
import type { Entry, FoldedFlow, Trace } from './entry.ts'

export interface Limits {
  readonly entries: number
  readonly flows: number
  /** Summaries kept before the oldest two are joined. */
  readonly folded: number
}

/** Entries of one flow that are never folded: a sign-in is far shorter. */
const longestSignIn = 100

/** Returns `trace` itself when it fits. */
export function fold(trace: Trace, limits: Limits): Trace {
  const flows = new Map<string, Entry[]>()
  for (const entry of trace.entries) {
    const known = flows.get(entry.step.flow)
    if (known === undefined) flows.set(entry.step.flow, [entry])
    else known.push(entry)
  }
  if (trace.entries.length <= limits.entries && flows.size <= limits.flows) return trace
  const kept = keptFlows(trace.entries)
  const gone = new Set<Entry>()
  let flowsLeft = flows.size
  for (const [flow, entries] of flows) {
    if (trace.entries.length - gone.size <= limits.entries && flowsLeft <= limits.flows) break
    if (kept.has(flow)) continue
    for (const entry of entries) gone.add(entry)
    flowsLeft--
  }
  for (const entries of flows.values()) {
    const spare = trace.entries.length - gone.size - limits.entries
    if (spare <= 0) break
    const first = entries[0]
    if (first === undefined || gone.has(first)) continue
    for (const entry of entries.slice(longestSignIn, longestSignIn + spare)) gone.add(entry)
  }
  return {
    entries: trace.entries.filter(entry => !gone.has(entry)),
    folded: join([...trace.folded, ...summaries(gone)], limits.folded),
  }
}

/** The newest sign-in (or restored session), the preparation it used, and whatever happens now. */
function keptFlows(entries: readonly Entry[]): ReadonlySet<string> {
  const kept = new Set<string>()
  const last = entries.at(-1)
  if (last !== undefined) kept.add(last.step.flow)
  const signIn =
    entries.findLast(({ step }) => step.flowType === 'sign_in') ??
    entries.findLast(({ step }) => step.flowType === 'restore')
  if (signIn !== undefined) kept.add(signIn.step.flow)
  const start = signIn === undefined ? -1 : entries.findIndex(({ step }) => step.flow === signIn.step.flow)
  const before = start < 0 ? entries : entries.slice(0, start)
  const prepared = before.findLast(({ step }) => step.flowType === 'prepare')
  if (prepared !== undefined) kept.add(prepared.step.flow)
  return kept
}

function summaries(gone: ReadonlySet<Entry>): FoldedFlow[] {
  const found = new Map<string, FoldedFlow>()
  for (const { step } of gone) {
    const known = found.get(step.flow)
    found.set(step.flow, {
      flow: step.flow,
      flowType: step.flowType,
      startedAt: known?.startedAt ?? step.at,
      endedAt: step.at,
      messages: (known?.messages ?? 0) + (isDrawn(step) ? 1 : 0),
      failed: (known?.failed ?? false) || step.kind === 'failed',
    })
  }
  return [...found.values()]
}

/** The other steps steer the story and are no message of their own. */
function isDrawn(step: Step): boolean {
  return !['flow_started', 'held', 'failed', 'session_changed'].includes(step.kind)
}

/** One line per flow, and at most `limit` lines: beyond that the oldest two become one. */
function join(folded: readonly FoldedFlow[], limit: number): readonly FoldedFlow[] {
  const lines = new Map<string, FoldedFlow>()
  for (const line of folded) {
    const known = lines.get(line.flow)
    lines.set(line.flow, known === undefined ? line : merged(known, line, false))
  }
  const all = [...lines.values()]
  while (all.length > Math.max(1, limit)) {
    const [first, second] = all.splice(0, 2)
    if (first !== undefined && second !== undefined) all.unshift(merged(first, second, true))
  }
  return all
}

function merged(older: FoldedFlow, newer: FoldedFlow, twoFlows: boolean): FoldedFlow {
  const line = {
    flow: older.flow,
    flowType: older.flowType,
    startedAt: Math.min(older.startedAt, newer.startedAt),
    endedAt: Math.max(older.endedAt, newer.endedAt),
    messages: older.messages + newer.messages,
    failed: older.failed || newer.failed,
  }
  const flows = (older.flows ?? 1) + (twoFlows ? (newer.flows ?? 1) : 0)
  return flows === 1 ? line : { ...line, flows }
}
