/** Which Step a message is drawn from, and which request an answer belongs to. */
import type { HeldMessage, HttpRequest, HttpResponse, Step, StepKind } from '../oauth/step.ts'
import type { Entry } from '../trace/entry.ts'
import type { MessageKind } from './message.ts'

export interface Exchange {
  readonly requestId: string | null
  readonly request: HttpRequest | null
  readonly response: HttpResponse | null
  readonly duration: number | null
}

/** Nothing was sent. */
export const noExchange: Exchange = { requestId: null, request: null, response: null, duration: null }

/** The two halves of every exchange of a flow. */
export function exchangesOf(entries: readonly Entry[]): ReadonlyMap<string, Exchange> {
  const exchanges = new Map<string, Exchange>()
  for (const { id, step } of entries) {
    if (!('exchange' in step) || step.exchange === undefined || step.kind === 'failed') continue
    const known = exchanges.get(step.exchange) ?? noExchange
    exchanges.set(
      step.exchange,
      'request' in step
        ? { ...known, requestId: id, request: step.request }
        : { ...known, response: step.response, duration: step.duration },
    )
  }
  return exchanges
}

/** The kind that a Step is drawn as; null for one that only steers the story. */
export function drawnAs(step: Step): MessageKind | null {
  switch (step.kind) {
    case 'flow_started':
    case 'failed':
    case 'session_changed':
      return null
    case 'held':
      return heldAs(step.message)
    default:
      return step.kind
  }
}

/** What a held message will be drawn as: a message that is really sent. */
type SentKind = Extract<MessageKind & StepKind, `${string}_request` | `${string}_response`>

export function heldAs(message: HeldMessage): SentKind {
  switch (message.type) {
    case 'response':
      return `${message.purpose}_response`
    case 'request':
    case 'navigation':
      return `${message.purpose}_request`
    case 'callback':
      return 'authorization_response'
  }
}

/** The request of an answer, and of everything else itself. */
export function requestKind(kind: StepKind): StepKind {
  switch (kind) {
    case 'discovery_response':
      return 'discovery_request'
    case 'keys_response':
      return 'keys_request'
    case 'par_response':
      return 'par_request'
    case 'token_response':
      return 'token_request'
    case 'refresh_response':
      return 'refresh_request'
    case 'userinfo_response':
      return 'userinfo_request'
    case 'profile_response':
      return 'profile_request'
    case 'api_response':
      return 'api_request'
    case 'revocation_response':
      return 'revocation_request'
    case 'authorization_response':
      return 'authorization_request'
    case 'end_session_response':
      return 'end_session_request'
    default:
      return kind
  }
}
