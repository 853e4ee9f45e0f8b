/** The entries of one flow, drawn: every message and check that happened, in the order it was told. */
import type { HttpRequest, Step, StepKind } from '../oauth/step.ts'
import type { Entry } from '../trace/entry.ts'
import { carriedBy } from './carried.ts'
import { blank, type Drawn, type FlowContext, type FlowFacts, factsOf, mapCarried } from './drawn.ts'
import { placeFailure } from './failures.ts'
import { inferredBefore } from './inferred.ts'
import { labelOf } from './labels.ts'
import { endLeft, isLeft } from './left.ts'
import type { Message, MessageKind, MessageStatus } from './message.ts'
import { drawnAs, type Exchange, heldAs, noExchange, requestKind } from './pairing.ts'
import { markEdited, markOdd, markTampered } from './tampered.ts'
import { checksOf, isNote } from './warnings.ts'

export function flowMessages(entries: readonly Entry[], context: FlowContext): Drawn[] {
  const facts = factsOf(entries, context)
  const drawn: Drawn[] = []
  const newest = new Map<MessageKind, Message>()
  const byId = new Map<string, Message>()
  let held: Message | null = null
  const add = (seq: number, message: Message) => {
    drawn.push({ seq, message })
    newest.set(message.kind, message)
    byId.set(message.id, message)
  }
  for (const entry of entries) {
    const { seq, step } = entry
    const kind = drawnAs(step)
    if (step.kind === 'failed') placeFailure(drawn, entry, step, facts, held)
    if (kind === null) continue
    const message = draw(entry, kind, facts, newest)
    if (step.kind === 'held') {
      held = message
      if (!isPending(entry, kind, facts)) continue
    }
    for (const inferred of inferredBefore(message, newest, byId, facts)) add(seq, inferred)
    add(seq, held?.kind === kind && held !== message ? markEdited(message, held) : message)
  }
  const last = entries.at(-1)
  if (last && isLeft(entries)) endLeft(drawn, last, held && isUnsent(held.kind, facts) ? held : null)
  return markOdd(remember(markTampered(drawn)))
}

/** Held until the message itself, or a failure, follows. */
function isPending({ seq }: Entry, kind: MessageKind, facts: FlowFacts): boolean {
  const { context, lastOf, settledAt } = facts
  return !context.over && settledAt < seq && lastOf.get('held') === seq && isUnsent(kind, facts)
}

/** Of the kind of the message that was held last: it was not told since. */
function isUnsent(kind: MessageKind, { lastOf }: FlowFacts): boolean {
  return (lastOf.get(kind) ?? -1) < (lastOf.get('held') ?? -1)
}

function draw(
  { id, seq, step }: Entry,
  kind: MessageKind,
  facts: FlowFacts,
  newest: ReadonlyMap<MessageKind, Message>,
): Message {
  const http = httpOf(step, facts)
  const navigation = navigationOf(step)
  const returns = step.kind === 'held' || kind === 'authorization_response' || kind === 'end_session_response'
  return {
    ...blank(kind, step.flowType, facts.context.places, http.request?.url ?? null),
    id,
    label: labelOf(kind, { ...http, url: navigation.url, method: navigation.method }),
    status: statusOf(step, seq, http, facts),
    carried: carriedBy(step, facts.context.fingerprint),
    flow: step.flow,
    at: step.at,
    duration: http.duration,
    answers: 'response' in step ? http.requestId : returns ? askedBy(step, newest) : null,
    request: navigation.form ?? http.request,
    response: http.response,
    url: navigation.url,
    via: 'via' in step ? step.via : null,
    checks: checksOf(step),
    tampered: 'tampered' in step ? (step.tampered ?? []) : [],
    held: step.kind === 'held' ? step.message : null,
  }
}

/** Id of the request that an answer belongs to which names none itself. */
function askedBy(step: Step, newest: ReadonlyMap<MessageKind | StepKind, Message>): string | null {
  const kind = step.kind === 'held' ? heldAs(step.message) : step.kind
  const asked = requestKind(kind)
  return asked === kind ? null : (newest.get(asked)?.id ?? null)
}

function httpOf(step: Step, facts: FlowFacts): Exchange {
  if (step.kind === 'held')
    return {
      ...noExchange,
      request: step.message.type === 'request' ? step.message.request : null,
      response: step.message.type === 'response' ? step.message.response : null,
    }
  if (!('exchange' in step) || step.exchange === undefined) return noExchange
  return facts.exchanges.get(step.exchange) ?? noExchange
}

interface Navigation {
  readonly url: string | null
  readonly method: 'GET' | 'POST'
  /** The form that the browser posts. */
  readonly form: HttpRequest | null
}

function navigationOf(step: Step): Navigation {
  const told = step.kind === 'held' ? step.message : step
  if (!('url' in told)) return { url: null, method: 'GET', form: null }
  const { url } = told
  const method = 'method' in told ? told.method : 'GET'
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const form = method === 'POST' && 'body' in told ? { method, url, headers, body: told.body } : null
  return { url, method, form }
}

/** That the answer is a code and not an error. Where it fails the provider refused, and the app blocked nothing. */
const answerIsNoError = 'RESP-05'

function statusOf(step: Step, seq: number, http: Exchange, facts: FlowFacts): MessageStatus {
  if (step.kind === 'held') return 'paused'
  if ('response' in step && step.response.status >= 400 && !isNote(step.kind)) return 'failed'
  const failed = checksOf(step).filter(check => check.outcome === 'failed')
  if (failed.some(check => check.requirement !== answerIsNoError)) return 'blocked'
  if ('tampered' in step && (step.tampered ?? []).length > 0) return 'tampered'
  return isWaiting(step, seq, http, facts) ? 'active' : 'done'
}

function isWaiting(
  step: Step,
  seq: number,
  http: Exchange,
  { context, settledAt, lastOf, answered }: FlowFacts,
): boolean {
  if (context.over || settledAt > seq || answered === step.kind) return false
  if ('request' in step) return http.response === null
  if (step.kind === 'authorization_request') return (lastOf.get('authorization_response') ?? -1) < seq
  if (step.kind === 'end_session_request') return (lastOf.get('end_session_response') ?? -1) < seq
  return false
}

/** A text that this page knows from one message stands in every other message with the same value. */
function remember(drawn: readonly Drawn[]): Drawn[] {
  const texts = new Map<string, string>()
  for (const { message } of drawn)
    for (const { fingerprint, text } of message.carried)
      if (fingerprint !== null && text !== null) texts.set(fingerprint, text)
  return mapCarried(drawn, carried => {
    const text = carried.text ?? texts.get(carried.fingerprint ?? '') ?? null
    return text === carried.text ? carried : { ...carried, text }
  })
}
