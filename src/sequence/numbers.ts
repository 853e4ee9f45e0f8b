/** Gives every message its act and its number, `4.1`: the first message of the fourth act. */
import { type Act, acts, type Message } from './message.ts'

export interface Numbering {
  act: number
  readonly count: number[]
  /** The tab has left for the provider: what the app fetches from now on belongs to the return at least. */
  left: boolean
}

export function numbering(before: number): Numbering {
  return { act: 0, count: acts.map(act => (act === 'renew_and_end' ? before : 0)), left: false }
}

const numbered = new WeakMap<Message, Message>()

/** Acts never go back: keys that are fetched during the exchange belong to the exchange. */
export function numberOf(message: Message, isLater: boolean, at: Numbering): Message {
  const natural = acts.indexOf(isLater ? 'renew_and_end' : message.act)
  const least = at.left && natural === acts.indexOf('prepare') ? acts.indexOf('return') : natural
  at.act = Math.max(at.act, least)
  if (message.kind === 'authorization_request' && message.status !== 'upcoming') at.left = true
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
