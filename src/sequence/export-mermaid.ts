/** The story as a Mermaid sequence diagram, readable by a screen reader too (`accTitle`, `accDescr`). */
import type { Trace } from '../trace/entry.ts'
import { actTitles } from './acts.ts'
import { type ExportOptions, exportedMessages, partyName } from './export-options.ts'
import { isUnsent, lineText, titleOf, valueText } from './export-words.ts'
import { type Lane, lanes, type Message } from './message.ts'

const ids: Readonly<Record<Lane, string>> = {
  you: 'you',
  app: 'app',
  'authorization-server': 'as',
  'resource-server': 'rs',
}

export function exportMermaid(trace: Trace, options: ExportOptions): string {
  const messages = exportedMessages(trace, options)
  const lines = [
    'sequenceDiagram',
    `  accTitle: ${plain(titleOf(messages))}`,
    `  accDescr: ${plain(descriptionOf(messages))}`,
    ...lanes.map(lane => `  participant ${ids[lane]} as ${plain(partyName(lane, options.expectation))}`),
  ]
  messages.forEach((message, i) => {
    if (message.act !== messages[i - 1]?.act)
      lines.push(`  Note over you,rs: ${plain(actTitles[message.act])}`)
    lines.push(`  ${lineOf(message)}`)
    if (message.error !== null)
      lines.push(`  Note over ${ids[message.to]}: ${plain(`Stopped here: ${message.error.code}`)}`)
    if (message.warning !== null)
      lines.push(
        `  Note over ${ids[message.to]}: ${plain(`Noted, the flow goes on: ${message.warning.code}`)}`,
      )
  })
  return `${lines.join('\n')}\n`
}

/** Direct fetches solid, the address bar dashed, the person open-ended; a note for a check and what was not sent. */
function lineOf(message: Message): string {
  const said = plain([`${message.number} ${lineText(message)}`, ...message.carried.map(valueText)].join(', '))
  if (message.from === message.to || isUnsent(message)) return `Note over ${ids[message.from]}: ${said}`
  const unheard = message.status === 'failed' || message.warning !== null
  const lost = unheard && message.response === null && message.channel === 'back'
  const arrow = lost
    ? '-x'
    : message.channel === 'front'
      ? '-->>'
      : message.channel === 'human'
        ? '--)'
        : '->>'
  return `${ids[message.from]}${arrow}${ids[message.to]}: ${said}`
}

function descriptionOf(messages: readonly Message[]): string {
  const parts = messages
    .filter(message => message.from !== message.to)
    .map(
      message =>
        `${message.number} ${lineText(message)}, from ${partyName(message.from, null)} to ${partyName(message.to, null)}`,
    )
  return `${messages.length} messages and checks. ${parts.join('. ')}.`
}

/** Mermaid reads `;`, `#` and line ends itself; HTML is not wanted. */
function plain(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/[#;<>{}"%]/g, sign => `#${sign.charCodeAt(0)};`)
    .trim()
}
