/** A message on its way into the picture: drawn from an entry, not yet numbered. */
import type { FlowType } from '../oauth/step.ts'
import type { Entry } from '../trace/entry.ts'
import { actOf } from './acts.ts'
import type { FingerprintOf } from './carried.ts'
import { labelOf } from './labels.ts'
import { type Places, pathOf } from './lanes.ts'
import type { Carried, Message, MessageKind } from './message.ts'
import type { Exchange } from './pairing.ts'

/** A message that has no act and number yet, and the place of its entry in the story. */
export interface Drawn {
  readonly seq: number
  readonly message: Message
}

export interface FlowContext {
  readonly places: Places
  readonly fingerprint: FingerprintOf
  /** A later page or sign-in took over: what is unanswered here stays unanswered. */
  readonly over: boolean
}

export interface FlowFacts {
  readonly entries: readonly Entry[]
  readonly exchanges: ReadonlyMap<string, Exchange>
  readonly context: FlowContext
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
    checks: [],
    tampered: [],
    error: null,
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
