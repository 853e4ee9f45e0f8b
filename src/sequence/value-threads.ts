/** The way of one value through the story: who made it, who has seen it, who compared it. */
import type { ValueName } from '../oauth/step.ts'
import { type Carried, hasArrived, isResponse, type Lane, type Message, type MessageKind } from './message.ts'

export interface Stop {
  readonly messageId: string
  readonly lane: Lane
}

interface Comparison extends Stop {
  readonly passed: boolean
}

/** The value itself with what is known of it anywhere in the story, and the way it went. */
export interface Thread extends Carried {
  readonly fingerprint: string
  /** Null when nobody in this story made it: it came from somewhere else. */
  readonly madeBy: Stop | null
  /** Each once, in the order they met the value. `you` when it stood in the address bar. */
  readonly seenBy: readonly Lane[]
  readonly comparedBy: readonly Comparison[]
  /** Where the line goes, from the first to the last: both ends of an arrow, one end of a check. */
  readonly stops: readonly Stop[]
  /** The messages that carried it through the address bar. */
  readonly inAddressBar: readonly string[]
}

/** Null when no message carries the value. */
export function threadOf(messages: readonly Message[], fingerprint: string): Thread | null {
  const happened = messages.filter(message => message.status !== 'upcoming')
  const carriers = happened.filter(message => holds(message, fingerprint))
  const first = carriers[0]?.carried.find(carried => carried.fingerprint === fingerprint)
  if (first === undefined) return null
  const marks = carriers.map(message => message.carried.find(carried => carried.fingerprint === fingerprint))
  const carrying = new Set(carriers)
  const around = enclosing(first, carriers)
  const onTheWay = happened.filter(
    message => carrying.has(message) || (around !== null && brings(message, around)),
  )
  const stops = onTheWay.flatMap(stopsOf)
  const exposed = new Set(carriers.filter(isInAddressBar))
  const seen = onTheWay.flatMap(message => [
    message.from,
    ...(hasArrived(message) ? [message.to] : []),
    ...(exposed.has(message) ? (['you'] as const) : []),
  ])
  return {
    value: first.value,
    fingerprint,
    text: marks.find(mark => mark !== undefined && mark.text !== null)?.text ?? null,
    length: first.length,
    tampered: marks.some(mark => mark?.tampered === true),
    odd: marks.some(mark => mark?.odd === true),
    madeBy: maker(carriers[0], first),
    seenBy: [...new Set(seen)],
    comparedBy: carriers.flatMap(message => comparison(message, first)),
    stops: stops.filter(
      (stop, i) => stop.lane !== stops[i - 1]?.lane || stop.messageId !== stops[i - 1]?.messageId,
    ),
    inAddressBar: [...exposed].map(message => message.id),
  }
}

/** In the address bar and so in the history: not held, not in a hidden frame, and not in the body of a form. */
export function isInAddressBar({ channel, status, via, request }: Message): boolean {
  return channel === 'front' && status !== 'paused' && via !== 'frame' && request === null
}

function holds(message: Message, fingerprint: string): boolean {
  return message.carried.some(carried => carried.fingerprint === fingerprint)
}

/** The nonce travels back inside the ID token: the fingerprint of the token in which it was found, or null. */
function enclosing(value: Carried, carriers: readonly Message[]): string | null {
  if (value.value !== 'nonce') return null
  const check = carriers.find(carrier => carrier.kind === 'id_token_checked')
  return check?.carried.find(carried => carried.value === 'id_token')?.fingerprint ?? null
}

/** The answer that brought the token brought what is inside it. */
function brings(message: Message, token: string): boolean {
  return isResponse(message.kind) && holds(message, token)
}

function stopsOf(message: Message): Stop[] {
  const from = { messageId: message.id, lane: message.from }
  return message.from === message.to ? [from] : [from, { messageId: message.id, lane: message.to }]
}

const madeIn: Readonly<Record<ValueName, readonly MessageKind[]>> = {
  code_verifier: ['pkce_created'],
  code_challenge: ['pkce_created'],
  state: ['transaction_created', 'end_session_request'],
  nonce: ['transaction_created'],
  code: ['authorization_response'],
  access_token: ['token_response', 'refresh_response'],
  refresh_token: ['token_response', 'refresh_response'],
  id_token: ['token_response', 'refresh_response'],
}

/** An edited value was made by the person who edited it. */
function maker(message: Message | undefined, carried: Carried): Stop | null {
  if (message === undefined) return null
  if (carried.tampered) return { messageId: message.id, lane: 'you' }
  if (carried.odd && carried.value === 'code') return null
  return madeIn[carried.value].includes(message.kind) ? { messageId: message.id, lane: message.from } : null
}

/** A check compares every value it holds; only what was odd in a refusal did not pass. */
function comparison(message: Message, value: Carried): Comparison[] {
  if (message.channel !== 'check') return []
  const own = message.carried.find(carried => carried.fingerprint === value.fingerprint)
  const others = message.carried.some(carried => carried.odd)
  const passed = message.status !== 'blocked' || (own?.odd !== true && others)
  return [{ messageId: message.id, lane: message.from, passed }]
}
