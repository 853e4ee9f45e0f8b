/** A message on its way into the picture: drawn from an entry, not yet numbered. */
import type { FlowType, StepKind } from '../oauth/step.ts'
import type { Entry } from '../trace/entry.ts'
import { actOf } from './acts.ts'
import type { FingerprintOf } from './carried.ts'
import { labelOf } from './labels.ts'
import { type Places, pathOf } from './lanes.ts'
import type { Carried, Message, MessageKind } from './message.ts'
import { drawnAs, type Exchange, exchangesOf, heldAs, requestKind } from './pairing.ts'

/** A message that has no act and number yet, and the place of its entry in the story. */
export interface Drawn {
  readonly seq: number
  readonly message: Message
}

export interface FlowContext {
  readonly places: Places
  readonly fingerprint: FingerprintOf
  /** See `isOver`: what is unanswered here stays unanswered. */
  readonly over: boolean
}

/** What is known of a flow as a whole, so that each of its messages is drawn in one look. */
export interface FlowFacts {
  readonly context: FlowContext
  readonly exchanges: ReadonlyMap<string, Exchange>
  /** Number of the last entry of each kind, as it is drawn or told. */
  readonly lastOf: ReadonlyMap<MessageKind | StepKind, number>
  /** Number of the last entry after which nothing is waited for. */
  readonly settledAt: number
  /** Kind of the request whose answer is held: it is here, so nobody waits for it. Null: no answer is held. */
  readonly answered: StepKind | null
}

/**
 * Reads the entries of one flow, oldest first, once. What it finds of the order of things is by `seq`, which rises
 * through the whole trace, never by place or by clock.
 */
export function factsOf(entries: readonly Entry[], context: FlowContext): FlowFacts {
  const lastOf = new Map<MessageKind | StepKind, number>()
  for (const { seq, step } of entries)
    lastOf.set(step.kind === 'held' ? 'held' : (drawnAs(step) ?? step.kind), seq)
  const settledAt = Math.max(lastOf.get('failed') ?? -1, lastOf.get('session_changed') ?? -1)
  const answered = answeredWhileHeld(entries, lastOf, settledAt)
  return { context, exchanges: exchangesOf(entries), lastOf, settledAt, answered }
}

function answeredWhileHeld(
  entries: readonly Entry[],
  lastOf: FlowFacts['lastOf'],
  settledAt: number,
): StepKind | null {
  const held = entries.findLast(({ step }) => step.kind === 'held')
  if (held?.step.kind !== 'held' || settledAt > held.seq) return null
  const kind = heldAs(held.step.message)
  const asked = requestKind(kind)
  return asked === kind || (lastOf.get(kind) ?? -1) > held.seq ? null : asked
}

/** A message of which nothing is known yet. */
export function blank(
  kind: MessageKind,
  flowType: FlowType,
  places: Places,
  requestUrl: string | null,
): Message {
  return {
    id: `ghost:${kind}`,
    number: '',
    kind,
    act: actOf(kind),
    ...pathOf(kind, requestUrl, places),
    label: labelOf(kind, { request: null, response: null, url: null, method: 'GET' }),
    status: 'upcoming',
    never: false,
    inferred: false,
    carried: [],
    flow: null,
    flowType,
    at: null,
    duration: null,
    answers: null,
    request: null,
    response: null,
    url: null,
    via: null,
    checks: [],
    tampered: [],
    error: null,
    warning: null,
    held: null,
  }
}

/** Replaces values; a message none of whose values changed stays the same object. */
export function mapCarried(
  drawn: readonly Drawn[],
  change: (carried: Carried, message: Message) => Carried,
): Drawn[] {
  return drawn.map(line => {
    const carried = line.message.carried.map(value => change(value, line.message))
    const same = carried.every((value, i) => value === line.message.carried[i])
    return same ? line : { ...line, message: { ...line.message, carried } }
  })
}
