/** One message as a sentence, for a screen reader. */
import { laneNames } from '../explain/labels.ts'
import { markOf } from '../sequence/carried.ts'
import { type Carried, isResponse, type Message } from '../sequence/message.ts'
import { duration } from '../ui/format.ts'
import { lineOf } from './line.ts'

export function sentenceOf(message: Message): string {
  const { from, to, number } = message
  const who = from === to ? laneNames[from] : `${laneNames[from]} to ${laneNames[to]}`
  const parts = [`${number}, ${who}: ${lineOf(message)}`, statusWord(message)]
  if (message.carried.length > 0) parts.push(`Carries ${message.carried.map(valueWord).join(', ')}`)
  if (message.duration !== null && message.from !== message.to) parts.push(duration(message.duration))
  if (message.error !== null) parts.push(`Stopped here with ${message.error.code}`)
  if (message.warning !== null) parts.push(`Noted, the flow goes on: ${message.warning.code}`)
  return `${parts.join('. ')}.`
}

/** What became of a message, in a word or three. */
export function statusWord(message: Message): string {
  switch (message.status) {
    case 'upcoming':
      return message.never ? 'Never sent' : 'Not yet'
    case 'active':
      return 'Waiting for the answer'
    case 'paused':
      return isResponse(message.kind) ? 'Paused before the app reads it' : 'Paused before it is sent'
    case 'tampered':
      return isResponse(message.kind) ? 'Let in changed' : 'Sent tampered'
    case 'blocked':
      return 'Blocked'
    case 'failed':
      return 'Failed'
    case 'done':
      return message.inferred ? 'Done, as the answer shows' : 'Done'
  }
}

function valueWord(carried: Carried): string {
  const mark = markOf(carried)
  return mark === null ? carried.value : `${carried.value} (${mark})`
}
