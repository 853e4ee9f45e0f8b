/** The entries of one flow, drawn: every message and check that happened, in the order it was told. */
import type { HttpRequest, HttpResponse, Step } from '../oauth/step.ts'
import type { Entry } from '../trace/entry.ts'
import { carriedBy } from './carried.ts'
import { blank, type Drawn, type FlowContext, type FlowFacts, mapCarried } from './drawn.ts'
import { placeFailures } from './failures.ts'
import { inferredBefore } from './inferred.ts'
import { labelOf } from './labels.ts'
import type { Message, MessageKind, MessageStatus } from './message.ts'
import { drawnAs, exchangesOf } from './pairing.ts'
import { markOdd, markTampered } from './tampered.ts'

export function flowMessages(entries: readonly Entry[], context: FlowContext): Drawn[] {
  const facts: FlowFacts = { entries, exchanges: exchangesOf(entries), context }
  const drawn: Drawn[] = []
  entries.forEach((entry, i) => {
    const kind = drawnAs(entry.step)
    if (kind === null || (entry.step.kind === 'held' && !isPending(entries, i, kind, context.over))) return
    const message = draw(entry, kind, facts, drawn)
    for (const inferred of inferredBefore(message, entry.step, drawn, facts))
      drawn.push({ seq: entry.seq, message: inferred })
    drawn.push({ seq: entry.seq, message })
  })
  return markOdd(remember(markTampered(placeFailures(drawn, facts))))
}

/** Held until the message itself, or a failure, follows. */
function isPending(entries: readonly Entry[], index: number, kind: MessageKind, over: boolean): boolean {
  if (over) return false
  return !entries.slice(index + 1).some(({ step }) => step.kind === 'failed' || drawnAs(step) === kind)
}

function draw(entry: Entry, kind: MessageKind, facts: FlowFacts, drawn: readonly Drawn[]): Message {
  const { step } = entry
  const http = httpOf(step, facts)
  const url =
    'url' in step ? step.url : step.kind === 'held' && 'url' in step.message ? step.message.url : null
  const method = methodOf(step)
  const checks = 'checks' in step ? step.checks : []
  const tampered = 'tampered' in step ? (step.tampered ?? []) : []
  const request =
    method === 'POST' && url !== null ? { method, url, headers: {}, body: bodyOf(step) } : http.request
  return {
    ...blank(kind, step.flowType, facts.context.places, http.request?.url ?? null),
    id: entry.id,
    label: labelOf(kind, { request: http.request, response: http.response, url, method }),
    status: statusOf(step, http, facts),
    carried: carriedBy(step, facts.context.fingerprint),
    flow: step.flow,
    at: step.at,
    duration: http.duration,
    answers: answersOf(step, http, drawn),
    request,
    response: http.response,
    url,
    checks,
    tampered,
    held: step.kind === 'held' ? step.message : null,
  }
}

interface Http {
  readonly requestId: string | null
  readonly request: HttpRequest | null
  readonly response: HttpResponse | null
  readonly duration: number | null
}

function httpOf(step: Step, facts: FlowFacts): Http {
  const none: Http = { requestId: null, request: null, response: null, duration: null }
  if (step.kind === 'held')
    return {
      ...none,
      request: step.message.type === 'request' ? step.message.request : null,
      response: step.message.type === 'response' ? step.message.response : null,
    }
  if (!('exchange' in step) || step.exchange === undefined) return none
  return facts.exchanges.get(step.exchange) ?? none
}

function statusOf(step: Step, http: Http, facts: FlowFacts): MessageStatus {
  if (step.kind === 'held') return 'paused'
  if ('checks' in step && step.checks.some(check => check.outcome === 'failed')) return 'blocked'
  if ('response' in step && step.response.status >= 400) return 'failed'
  if ('tampered' in step && (step.tampered ?? []).length > 0) return 'tampered'
  return isWaiting(step, http, facts) ? 'active' : 'done'
}

function isWaiting(step: Step, http: Http, facts: FlowFacts): boolean {
  if (facts.context.over) return false
  const after = facts.entries
    .slice(facts.entries.findIndex(entry => entry.step === step) + 1)
    .map(entry => entry.step)
  if (after.some(later => later.kind === 'failed' || later.kind === 'session_changed')) return false
  if ('request' in step) return http.response === null
  if (step.kind === 'authorization_request')
    return !after.some(later => later.kind === 'authorization_response')
  if (step.kind === 'end_session_request') return !after.some(later => later.kind === 'end_session_response')
  return false
}

function answersOf(step: Step, http: Http, drawn: readonly Drawn[]): string | null {
  if ('response' in step) return http.requestId
  const asked =
    step.kind === 'authorization_response'
      ? 'authorization_request'
      : step.kind === 'end_session_response'
        ? 'end_session_request'
        : null
  return drawn.findLast(({ message }) => message.kind === asked)?.message.id ?? null
}

function methodOf(step: Step): 'GET' | 'POST' {
  if (step.kind === 'end_session_request') return step.method
  return step.kind === 'held' && step.message.type === 'navigation' ? step.message.method : 'GET'
}

function bodyOf(step: Step): string | null {
  if (step.kind === 'end_session_request') return step.body
  return step.kind === 'held' && step.message.type === 'navigation' ? step.message.body : null
}

/** A text that this page knows from one message stands in every other message with the same value. */
function remember(drawn: readonly Drawn[]): Drawn[] {
  const texts = new Map<string, string>()
  for (const { message } of drawn)
    for (const { fingerprint, text } of message.carried)
      if (fingerprint !== null && text !== null) texts.set(fingerprint, text)
  return mapCarried(drawn, carried =>
    carried.text === null && carried.fingerprint !== null
      ? { ...carried, text: texts.get(carried.fingerprint) ?? null }
      : carried,
  )
}
