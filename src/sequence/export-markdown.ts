/** The story as Markdown: for an issue, a wiki page, a lesson. */
import type { Check, Shown } from '../oauth/step.ts'
import type { Trace } from '../trace/entry.ts'
import { parseRedacted } from '../trace/redact.ts'
import { actTitles } from './acts.ts'
import { type ExportOptions, exportedMessages, partyName } from './export-options.ts'
import { lineText, titleOf, valueText } from './export-words.ts'
import { isResponse, type Message } from './message.ts'

export function exportMarkdown(trace: Trace, options: ExportOptions): string {
  const messages = exportedMessages(trace, options)
  const { expectation, secrets } = options
  const lines = [`# ${plain(titleOf(messages))}`, '']
  if (expectation !== null)
    lines.push(
      `Provider ${code(expectation.issuer)}, client ${code(expectation.clientId)}, scope ${code(expectation.scope)}.`,
      '',
    )
  lines.push(
    secrets === 'raw'
      ? 'This text holds codes and tokens. Do not share it.'
      : 'Values are shown by the first four digits of their SHA-256; equal digits mean the same value.',
    '',
  )
  messages.forEach((message, i) => {
    if (message.act !== messages[i - 1]?.act) lines.push(`## ${actTitles[message.act]}`, '')
    lines.push(...block(message, options), '')
  })
  return `${lines.join('\n').trimEnd()}\n`
}

function block(message: Message, options: ExportOptions): string[] {
  const { expectation, secrets } = options
  const who =
    message.from === message.to
      ? partyName(message.from, expectation)
      : `${partyName(message.from, expectation)} to ${partyName(message.to, expectation)}`
  const facts = [
    who,
    channelText(message),
    ...(message.duration === null ? [] : [`${Math.round(message.duration)} ms`]),
    message.status,
  ]
  const lines = [
    `### ${message.number} ${plain(lineText(message))}`,
    '',
    plain(facts.filter(fact => fact !== '').join(', ')),
  ]
  if (message.carried.length > 0)
    lines.push('', ...message.carried.map(value => `- ${code(valueText(value))}`))
  if (message.checks.length > 0)
    lines.push(
      '',
      '| Check | Outcome | Expected | Received | Clause |',
      '| --- | --- | --- | --- | --- |',
      ...message.checks.map(row),
    )
  if (message.error !== null)
    lines.push(
      '',
      `**Stopped here:** ${code(message.error.code)}${message.error.clause === undefined ? '' : `, ${plain(message.error.clause)}`}`,
    )
  if (message.warning !== null) lines.push('', `**Noted, the flow goes on:** ${code(message.warning.code)}`)
  if (secrets === 'raw') lines.push(...raw(message))
  return lines
}

/** The text itself stands in an export only when it was asked for. */
function raw(message: Message): string[] {
  const own = isResponse(message.kind)
    ? (message.response?.body ?? message.url)
    : (message.request?.body ?? message.url)
  if (own === null || own === undefined || own === '') return []
  const fence = '`'.repeat(3 + Math.max(0, ...(own.match(/`+/g) ?? []).map(run => run.length)))
  return ['', fence, own, fence]
}

function channelText(message: Message): string {
  switch (message.channel) {
    case 'front':
      return 'through the address bar'
    case 'back':
      return 'direct fetch'
    case 'human':
      return 'in the page'
    case 'check':
      return message.inferred ? 'check, read from the answer' : 'check'
    case 'make':
      return 'inside the app'
  }
}

function row(check: Check): string {
  return `| ${[check.name, check.outcome, shown(check.expected), shown(check.received), check.clause].map(cell).join(' | ')} |`
}

function shown(text: Shown): string {
  if (typeof text === 'string') return text
  const hidden = parseRedacted(text.text)
  return hidden === null ? text.text : `${hidden.value} ${hidden.fingerprint?.slice(0, 4) ?? ''}`.trim()
}

function cell(text: string): string {
  return plain(text).replaceAll('|', '\\|')
}

/** Text from outside stays text. */
function plain(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').replaceAll(/[\\`*_[\]<>#]/g, sign => `\\${sign}`)
}

function code(text: string): string {
  const one = text.replaceAll(/[\s\p{Cc}]+/gu, ' ')
  return one.includes('`') ? `\`\` ${one.replaceAll(/`{2,}/g, '`')} \`\`` : `\`${one}\``
}
