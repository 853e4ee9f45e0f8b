/** The lines of the diagram: act headings, messages, and where it stopped. */
import { actTitles } from '../sequence/acts.ts'
import { type Act, acts, type Carried, type Message } from '../sequence/message.ts'
import { rowHeight } from './geometry.ts'

/** `now`: under way. `stop`: it failed here. `never`: nothing of it will be sent. */
export type ActState = 'todo' | 'now' | 'done' | 'stop' | 'never'

/** How the lifeline of the app is drawn while the tab shows the provider; `window`: another window does, the tab stays. */
export type Away = 'start' | 'whole' | 'end' | 'window'

export interface ActRow {
  readonly type: 'act'
  readonly key: string
  readonly act: Act
  readonly number: number
  readonly title: string
  readonly state: ActState
}

export interface MessageRow {
  readonly type: 'message'
  readonly key: string
  readonly message: Message
  /** Place in the whole story, from 0. */
  readonly index: number
  /** First and last of its act. */
  readonly first: boolean
  readonly last: boolean
  readonly away: Away | null
  /** Heading for a screen reader, on the first message of an act: `Step 4, Exchange`. */
  readonly heading: string | null
}

export interface StopRow {
  readonly type: 'stop'
  readonly key: string
  readonly text: string
}

export type Row = ActRow | MessageRow | StopRow

/**
 * Everything that stands in the list, from the top: each act's heading before its first message, and one line where
 * the flow stopped. Keys are unique, and the key of a row stays while the story grows; a ghost that comes true is
 * another row.
 */
export function rowsOf(messages: readonly Message[]): Row[] {
  const rows: Row[] = []
  const away = awayOf(messages)
  const stop = stopBefore(messages)
  const states = actStates(messages)
  messages.forEach((message, index) => {
    const first = message.act !== messages[index - 1]?.act
    if (index === stop) rows.push(stopRow(true))
    if (first) rows.push(actRow(message.act, states.get(message.act) ?? 'todo'))
    rows.push({
      type: 'message',
      key: message.id,
      message,
      index,
      first,
      last: message.act !== messages[index + 1]?.act,
      away: away[index] ?? null,
      heading: first ? `Step ${acts.indexOf(message.act) + 1}, ${actTitles[message.act]}` : null,
    })
  })
  if (stop === messages.length) rows.push(stopRow(false))
  return rows
}

/** Of the line that says where it stopped, in px. */
export const stopHeight = 26

/** In px, where the lanes are drawn; on a narrow screen a row is as high as its words. */
export function heightOf(row: Row, position: number): number {
  // The line between two acts; before the first there is none. Its title stands beside the first message.
  if (row.type === 'act') return position === 0 ? 0 : 1
  if (row.type === 'stop') return stopHeight
  return rowHeight({ self: row.message.from === row.message.to, first: row.first, last: row.last })
}

/** The values that a row shows: all that the message carries; of a refusal the one that was refused. */
export function valuesShown({ carried, status }: Message): readonly Carried[] {
  const wrong = carried.filter(({ odd, tampered }) => odd || tampered)
  return status === 'blocked' && wrong.length > 0 ? wrong : carried
}

/** With a key for each: a message may carry a value twice, and a hash comes a moment after its text. */
export const keyed = (values: readonly Carried[]): readonly (readonly [string, Carried])[] =>
  values.map((value, i) => [`${i} ${value.value}`, value])

/** The place of every message, by its id. */
export function placesOf(rows: readonly Row[]): ReadonlyMap<string, number> {
  return new Map(rows.flatMap((row, place) => (row.type === 'message' ? [[row.message.id, place]] : [])))
}

/** The place of the heading that a row stands under. */
export function actAbove(rows: readonly Row[], place: number): number {
  return rows.findLastIndex((row, i) => i <= place && row.type === 'act')
}

function actRow(act: Act, state: ActState): ActRow {
  return {
    type: 'act',
    key: `act:${act}`,
    act,
    number: acts.indexOf(act) + 1,
    title: actTitles[act],
    state,
  }
}

function stopRow(more: boolean): StopRow {
  return {
    type: 'stop',
    key: 'stop',
    text: more ? 'Stopped here. Nothing below was sent.' : 'Stopped here.',
  }
}

/** Place of the first message that was never sent; the end when it stopped and nothing more was expected; else -1. */
export function stopBefore(messages: readonly Message[]): number {
  const never = messages.findIndex(message => message.never)
  if (never >= 0) return never
  const last = messages.at(-1)
  return last !== undefined && last.error !== null ? messages.length : -1
}

function actStates(messages: readonly Message[]): Map<Act, ActState> {
  const begun = messages.some(message => message.status !== 'upcoming')
  const next = messages.find(message => message.status === 'upcoming' && !message.never)
  const states = new Map<Act, ActState>()
  for (const act of acts) {
    const own = messages.filter(message => message.act === act)
    if (own.length > 0) states.set(act, actState(own, begun && next?.act === act))
  }
  return states
}

function actState(own: readonly Message[], isNext: boolean): ActState {
  if (own.some(message => message.error !== null || message.status === 'blocked')) return 'stop'
  if (own.every(message => message.never)) return 'never'
  if (own.some(message => message.status === 'active' || message.status === 'paused')) return 'now'
  if (own.every(message => message.status !== 'upcoming')) return 'done'
  return isNext ? 'now' : 'todo'
}

/** From the moment the tab leaves the app until it is back; a hidden frame does not take the tab away. */
function awayOf(messages: readonly Message[]): (Away | null)[] {
  const away: (Away | null)[] = messages.map(() => null)
  let left = -1
  messages.forEach(({ channel, from, to, flowType, status }, i) => {
    if (channel !== 'front') return
    if (from === 'app') left = status === 'paused' ? -1 : i
    if (to !== 'app' || left < 0) return
    const seen = messages.slice(left, i).some(between => between.channel === 'human')
    const inWindow = messages[left]?.via === 'popup'
    if (flowType !== 'restore' || seen)
      for (let k = left; k <= i; k++)
        away[k] = inWindow ? 'window' : k === left ? 'start' : k === i ? 'end' : 'whole'
    left = -1
  })
  return away
}
