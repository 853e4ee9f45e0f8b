/** What a sign-out is the end of: whoever comes to this page next is not to see the tokens of whoever was here. */
import type { Step } from '../oauth/step.ts'
import type { Entry } from './entry.ts'

/**
 * The entries that a sign-out of this tab leaves behind and that still hold secrets: everything before it, its own
 * messages, and what comes late to a flow that it ended. A sign-in that was on its way goes on, and so does the next.
 */
export function endedIn(entries: readonly Entry[], tab: string): readonly Entry[] {
  const end = entries.findLastIndex(entry => entry.tab === tab && isSignOut(entry.step))
  if (end < 0) return []
  const over = new Set(entries.slice(0, end + 1).flatMap(({ step }) => (mayGoOn(step) ? [] : [step.flow])))
  return entries.filter(
    ({ step, redacted }, i) => !redacted && (i <= end || step.flowType === 'sign_out' || over.has(step.flow)),
  )
}

const isSignOut = (step: Step) => step.kind === 'session_changed' && step.status === 'signed_out'

/** Of a flow that has signed nobody in yet; what was to renew or restore a session is over with it. */
const mayGoOn = ({ kind, flowType }: Step) =>
  kind !== 'session_changed' && /^(prepare|sign_in)$/.test(flowType)
