/** Puts a failure where it happened. */
import type { StepOf } from '../oauth/step.ts'
import type { Entry } from '../trace/entry.ts'
import { blank, type Drawn, type FlowFacts } from './drawn.ts'
import { isRequest, type Message, type MessageKind } from './message.ts'
import { requestKind } from './pairing.ts'
import { isNote } from './warnings.ts'

/**
 * Marks the message of `drawn` that the failure stopped at, in place, or adds the message that was never sent.
 * @param held the message that was held last, if any: dropping it is how some flows end
 */
export function placeFailure(
  drawn: Drawn[],
  entry: Entry,
  step: StepOf<'failed'>,
  facts: FlowFacts,
  held: Message | null,
): void {
  const at = place(drawn, step, facts, held)
  const line = drawn[at]
  if (line === undefined) {
    drawn.push({ seq: entry.seq, message: unsent(entry.id, step, facts, held) })
    return
  }
  drawn[at] = { ...line, message: stopped(line.message, step) }
  // The inferred check that made a server refuse stands just before the refusal, and tells the same error.
  const before = drawn[at - 1]
  if (before?.message.inferred === true && before.message.status === 'blocked' && before.seq === line.seq)
    drawn[at - 1] = { ...before, message: { ...before.message, error: step.error } }
}

/** `failed`: refused by the other side, or never answered. `blocked`: refused by a check of our own. */
function stopped(message: Message, step: StepOf<'failed'>): Message {
  if (isNote(step.during)) return { ...message, warning: step.error }
  const refusal = (message.response?.status ?? 0) >= 400
  const judged = message.channel === 'check' || message.checks.some(check => check.outcome === 'failed')
  return { ...message, status: judged && !refusal ? 'blocked' : 'failed', error: step.error }
}

/** Index of the newest message of the kind that failed; -1: there is none, nothing was sent. */
function place(
  drawn: readonly Drawn[],
  step: StepOf<'failed'>,
  facts: FlowFacts,
  held: Message | null,
): number {
  const requestId =
    step.exchange === undefined ? null : (facts.exchanges.get(step.exchange)?.requestId ?? null)
  const find = (kind: string) =>
    drawn.findLastIndex(
      ({ message }) =>
        message.kind === kind &&
        (requestId === null || message.id === requestId || message.answers === requestId),
    )
  if (step.during === 'session_changed' || step.during === 'failed') return drawn.length - 1
  // An error that the provider sent to the callback was its refusal, although the app read it while checking.
  if (step.during === 'authorization_response_checked' && step.error.protocolError !== undefined)
    return find('authorization_response')
  const exact = find(step.during)
  if (exact < 0 && held?.kind === step.during) return -1
  const found = exact >= 0 ? exact : find(requestKind(step.during))
  const message = drawn[found]?.message
  if (message === undefined || !isRequest(message.kind) || message.channel !== 'back') return found
  const answer = drawn.findLastIndex(line => line.message.answers === message.id)
  return answer >= 0 ? answer : found
}

/** It failed before there was a message: the message that was never sent is where it stopped. */
function unsent(id: string, step: StepOf<'failed'>, facts: FlowFacts, held: Message | null): Message {
  const kind = unsentKind(step, held)
  const message = held?.kind === kind ? dropped(held) : blank(kind, step.flowType, facts.context.places, null)
  return {
    ...message,
    id,
    status: message.channel === 'check' ? 'blocked' : 'failed',
    flow: step.flow,
    at: step.at,
    ...(isNote(step.during) ? { warning: step.error } : { error: step.error }),
  }
}

/** What was held and went no further: what it would have brought stays with it. */
export function dropped(held: Message): Message {
  const nothing = { carried: [], request: null, response: null, url: null, held: null } as const
  return { ...held, ...nothing, status: 'failed' }
}

function unsentKind(step: StepOf<'failed'>, held: Message | null): MessageKind {
  switch (step.during) {
    case 'held':
      return held?.kind ?? 'discovery_request'
    case 'flow_started':
    case 'failed':
    case 'session_changed':
      return 'discovery_request'
    default:
      return step.during
  }
}
