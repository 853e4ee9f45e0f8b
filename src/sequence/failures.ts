/** Puts a failure where it happened. */
import type { StepOf } from '../oauth/step.ts'
import { blank, type Drawn, type FlowFacts } from './drawn.ts'
import { labelOf } from './labels.ts'
import type { Message, MessageKind } from './message.ts'
import { heldAs, requestKind } from './pairing.ts'

export function placeFailures(drawn: readonly Drawn[], facts: FlowFacts): Drawn[] {
  let lines = [...drawn]
  for (const { id, seq, step } of facts.entries) {
    if (step.kind !== 'failed') continue
    const before = lines.filter(line => line.seq < seq)
    const at = lines.indexOf(target(before, step, facts) ?? { seq, message: unsent(id, step, facts) })
    lines =
      at >= 0
        ? lines.flatMap((line, i) => (i === at ? [stopped(line, step)] : [line]))
        : [...before, { seq, message: unsent(id, step, facts) }, ...lines.filter(line => line.seq > seq)]
    lines = lines.map(line => (refusedFor(line.message, lines[at]?.message) ? withError(line, step) : line))
  }
  return lines
}

function stopped(line: Drawn, step: StepOf<'failed'>): Drawn {
  const { message } = line
  const refused =
    message.channel === 'check' ||
    (message.checks.some(check => check.outcome === 'failed') && !isRefusal(message))
  return { ...line, message: { ...message, status: refused ? 'blocked' : 'failed', error: step.error } }
}

function isRefusal(message: Message): boolean {
  return (message.response?.status ?? 0) >= 400
}

/** The inferred check that made a server refuse tells the same error. */
function refusedFor(message: Message, answer: Message | undefined): boolean {
  return (
    message.inferred &&
    message.status === 'blocked' &&
    answer !== undefined &&
    message.id.startsWith(`${answer.id}:`)
  )
}

function withError(line: Drawn, step: StepOf<'failed'>): Drawn {
  return { ...line, message: { ...line.message, error: step.error } }
}

/** The newest message of the kind that failed; of an answered request its answer, of a missing answer its request. */
function target(before: readonly Drawn[], step: StepOf<'failed'>, facts: FlowFacts): Drawn | undefined {
  const requestId = step.exchange === undefined ? undefined : facts.exchanges.get(step.exchange)?.requestId
  const mine = (message: Message) =>
    requestId === undefined || requestId === null || message.id === requestId || message.answers === requestId
  const find = (kind: string) => before.findLast(({ message }) => message.kind === kind && mine(message))
  if (step.during === 'session_changed' || step.during === 'failed') return before.at(-1)
  const exact = find(step.during) ?? find(requestKind(step.during))
  if (exact === undefined || exact.message.request === null) return exact
  return (
    before.find(({ message }) => message.answers === exact.message.id && message.response !== null) ?? exact
  )
}

/** It failed before there was a message: the message that was never sent is where it stopped. */
function unsent(id: string, step: StepOf<'failed'>, facts: FlowFacts): Message {
  const kind = unsentKind(step, facts)
  const message = blank(kind, step.flowType, facts.context.places, null)
  return {
    ...message,
    id,
    label: labelOf(kind, { request: null, response: null, url: null, method: 'GET' }) || unsentLabel,
    status: message.channel === 'check' ? 'blocked' : 'failed',
    flow: step.flow,
    at: step.at,
    error: step.error,
  }
}

const unsentLabel = 'Not sent'

function unsentKind(step: StepOf<'failed'>, facts: FlowFacts): MessageKind {
  const held = facts.entries.findLast(entry => entry.step.kind === 'held')?.step
  if (step.during === 'held' && held?.kind === 'held') return heldAs(held.message)
  switch (step.during) {
    case 'flow_started':
    case 'held':
    case 'failed':
    case 'session_changed':
      return 'discovery_request'
    default:
      return step.during
  }
}
