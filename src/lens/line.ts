/** What the line of a message says. */
import { explanations } from '../explain/explanations.ts'
import { isUnsent } from '../sequence/export-words.ts'
import type { Message } from '../sequence/message.ts'

/** Of a request that did not leave, that; where it has no address, it is called by its kind. */
export function lineOf(message: Message): string {
  const { kind, label, status } = message
  if (status === 'upcoming' || status === 'paused' || !isUnsent(message)) return label
  return `${label.includes('/') ? label : explanations[kind].title}, not sent`
}
