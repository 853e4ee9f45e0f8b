/** Moving through a story in time: the picture as it was, and when to show the next message. */
import { ghostOf } from './carried.ts'
import { labelOf } from './labels.ts'
import { isRequest, type Message } from './message.ts'

/** How many messages have happened; ghosts do not count. */
export function happened(messages: readonly Message[]): number {
  return messages.filter(message => message.status !== 'upcoming').length
}

/** The picture after the first `count` messages: what came later is to come again, and may come. */
export function asOf(messages: readonly Message[], count: number): Message[] {
  const isPast = count < happened(messages)
  return messages.map((message, i) =>
    i < count || (message.status === 'upcoming' && !(message.never && isPast)) ? message : toCome(message),
  )
}

const before = new WeakMap<Message, Message>()

function toCome(message: Message): Message {
  const known = before.get(message)
  if (known !== undefined) return known
  const ghost: Message = {
    ...message,
    label: labelToCome(message),
    status: 'upcoming',
    never: false,
    carried: message.carried.map(carried => ghostOf(carried.value)),
    at: null,
    duration: null,
    request: null,
    response: null,
    url: null,
    checks: [],
    tampered: [],
    error: null,
    warning: null,
    held: null,
  }
  before.set(message, ghost)
  return ghost
}

/** What was asked is known by then; how it will be answered, by a server or a person, is not. */
function labelToCome({ kind, label, url }: Message): string {
  if (isRequest(kind)) return label
  const path = url?.split(/[?#]/)[0] ?? null
  return labelOf(kind, { request: null, response: null, url: path, method: 'GET' })
}

/** The message `by` steps away from the selected one, at the ends the last there is; null for an empty story. */
export function stepFrom(messages: readonly Message[], id: string | null, by: number): string | null {
  const at = messages.findIndex(message => message.id === id)
  const next = at < 0 ? (by < 0 ? messages.length - 1 : 0) : at + by
  return messages[Math.min(messages.length - 1, Math.max(0, next))]?.id ?? null
}

/** The selected message in a picture that has moved on: a ghost that came true, a held message that was sent. */
export function follow(from: readonly Message[], to: readonly Message[], id: string | null): string | null {
  if (id === null || to.some(message => message.id === id)) return id
  const selected = from.find(message => message.id === id)
  if (selected === undefined) return null
  const alike = to.filter(message => message.kind === selected.kind)
  return (alike.find(message => message.number === selected.number) ?? alike.at(-1))?.id ?? null
}

/** Milliseconds a reader needs: 200 words a minute, a moment for every value and check, between 1 and 12 seconds. */
export function readingTime(message: Message, words: number): number {
  const moment = 300 * message.carried.length + 250 * message.checks.length
  return Math.min(12_000, Math.max(1_000, Math.round(words * 300) + moment))
}
