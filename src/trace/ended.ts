/** What the end of a session leaves: whoever comes to this page next is not to see the tokens of whoever was here. */
import type { Step } from '../oauth/step.ts'
import type { Entry } from './entry.ts'
import { personOf } from './personal.ts'

/**
 * The entries that an end in this tab leaves behind and that still hold secrets: everything before it, the messages of
 * a sign-out, and what comes late to a flow that is over. A sign-in that was on its way goes on, and so does the next.
 */
export function endedIn(entries: readonly Entry[], tab: string): readonly Entry[] {
  const { end, by } = lastEnd(entries, tab)
  if (end < 0) return []
  const over = new Set(entries.slice(0, end + 1).flatMap(({ step }) => (mayGoOn(step) ? [] : [step.flow])))
  return entries.filter(
    ({ step, redacted }, i) =>
      !redacted && step.flow !== by && (i <= end || step.flowType === 'sign_out' || over.has(step.flow)),
  )
}

/**
 * Where the last session ended: by a sign-out, or since another person signed in by the flow `by` while the page went
 * on, in a window of its own. What an earlier page told holds no secret any more.
 */
function lastEnd(entries: readonly Entry[], tab: string): { end: number; by: string | null } {
  const people = new Map<string, string | null>()
  let last: { end: number; by: string | null } = { end: -1, by: null }
  let signedIn: string | null = null
  entries.forEach((entry, end) => {
    const { step } = entry
    if (entry.tab !== tab) return
    if (step.kind === 'id_token_checked') people.set(step.flow, personOf(step.idToken))
    if (step.kind !== 'session_changed' || step.status === 'renewed') return
    const { flow, status } = step
    const isOther =
      signedIn !== null && signedIn !== flow && !isSamePerson(people.get(signedIn), people.get(flow))
    if (status === 'signed_out') last = { end, by: null }
    else if (isOther) last = { end, by: flow }
    signedIn = status === 'signed_out' || entry.earlier ? null : flow
  })
  return last
}

/** Of whom nothing can be read is somebody else, and stays so: what is over can be read no more. */
const isSamePerson = (before: string | null | undefined, now: string | null | undefined) =>
  before !== undefined && before !== null && before === now

/** Of a flow that has signed nobody in yet; what was to renew or restore a session is over with it. */
const mayGoOn = ({ kind, flowType }: Step) =>
  kind !== 'session_changed' && /^(prepare|sign_in)$/.test(flowType)
