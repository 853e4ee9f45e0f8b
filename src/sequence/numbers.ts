/** Gives every message its act and its number, `4.1`: the first message of the fourth act. */
import { type Act, acts, type Message } from './message.ts'

export interface Numbering {
  act: number
  readonly count: number[]
  /** Where what is prepared late belongs: to the return once the tab has left, to the exchange once it is back. */
  late: Act
}

/** @param before messages of the last act that were folded away */
export function numbering(before: number): Numbering {
  return { act: 0, count: acts.map(act => (act === 'renew_and_end' ? before : 0)), late: 'prepare' }
}

const numbered = new WeakMap<Message, Message>()

/** Acts never go back: keys that are fetched during the exchange belong to the exchange. */
export function numberOf(message: Message, isLater: boolean, at: Numbering): Message {
  const natural = isLater ? 'renew_and_end' : message.act === 'prepare' ? at.late : message.act
  at.act = Math.max(at.act, acts.indexOf(natural))
  if (message.status !== 'upcoming') {
    if (message.kind === 'authorization_request') at.late = 'return'
    if (message.kind === 'authorization_response_checked') at.late = 'exchange'
  }
  const place = (at.count[at.act] ?? 0) + 1
  at.count[at.act] = place
  const act: Act = acts[at.act] ?? message.act
  const number = `${at.act + 1}.${place}`
  const before = numbered.get(message)
  if (before !== undefined && before.number === number && before.act === act) return before
  const now = { ...message, act, number }
  numbered.set(message, now)
  return now
}
