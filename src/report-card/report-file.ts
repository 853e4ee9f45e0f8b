/** The report as a team files it: data, JSON and Markdown. It holds what was asked and what was said, and no secret. */
import type { ClientConfig } from '../oauth/client-config.ts'
import { asWords } from '../ui/markdown.ts'
import { type CardVerdict, type Level, levels, parts, type ReportCheck, verdicts } from './check.ts'
import { skipped } from './findings.ts'
import { type NotObservable, notObservable } from './not-observable.ts'
import type { Row } from './runner.ts'

export interface Report {
  readonly format: 'pkce-lens.report-card'
  readonly version: 1
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
  readonly app: string
  /** ISO 8601. */
  readonly at: string
  readonly summary: Readonly<Record<CardVerdict, number>>
  readonly checks: readonly ReportedCheck[]
  readonly notObservable: readonly NotObservable[]
}

export interface ReportedCheck {
  readonly number: number
  readonly title: string
  readonly part: string
  readonly sent: string
  readonly safeAnswer: string
  readonly verdict: CardVerdict
  readonly seen: string
  readonly note: string
  readonly clauses: readonly string[]
  readonly level: Level
  readonly story: string | null
  /** ISO 8601; null: not run. */
  readonly at: string | null
}

export const verdictWords: Readonly<Record<CardVerdict, string>> = {
  safe: 'Safe',
  unsafe: 'Unsafe',
  unreadable: 'Unreadable',
  stayed: 'Stayed at the provider',
  'not-applicable': 'Does not apply',
  skipped: 'Not run',
}

export function countVerdicts(found: Iterable<CardVerdict>): Record<CardVerdict, number> {
  const count = { safe: 0, unsafe: 0, unreadable: 0, stayed: 0, 'not-applicable': 0, skipped: 0 }
  for (const verdict of found) count[verdict] += 1
  return count
}

const iso = (at: number) => new Date(at).toISOString()

/** @param at wall clock, milliseconds */
export function reportOf(
  config: ClientConfig,
  checks: readonly ReportCheck[],
  rows: ReadonlyMap<number, Row>,
  app: string,
  at: number,
): Report {
  const reported = checks.map((check): ReportedCheck => {
    const row = rows.get(check.number)
    const { verdict, seen, note, level = check.level } = row?.finding ?? skipped('', 'Not run.')
    return {
      number: check.number,
      title: check.title,
      part: parts[check.part],
      sent: check.sent,
      safeAnswer: check.safeAnswer,
      verdict,
      seen,
      note,
      clauses: check.clauses.map(({ document, section }) => `${document} §${section}`),
      level,
      story: check.story?.text ?? null,
      at: row ? iso(row.at) : null,
    }
  })
  return {
    format: 'pkce-lens.report-card',
    version: 1,
    issuer: config.issuer,
    clientId: config.clientId,
    scope: config.scope,
    app,
    at: iso(at),
    summary: countVerdicts(reported.map(each => each.verdict)),
    checks: reported,
    notObservable,
  }
}

export const asJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`

export function asMarkdown(report: Report): string {
  const { checks, summary } = report
  const lines = [
    '# Provider report card',
    '',
    `- Issuer: ${asWords(report.issuer)}`,
    `- Client id: ${asWords(report.clientId)}`,
    `- Scope: ${asWords(report.scope)}`,
    `- App: ${asWords(report.app)}`,
    `- Date: ${report.at}`,
    `- ${verdicts.map(verdict => `${summary[verdict]} ${verdictWords[verdict].toLowerCase()}`).join(', ')}`,
    '',
    'Each check was run from a browser by a public client: a clean control first, one change a run, a fresh code a run.',
    'Unreadable is never counted as safe.',
  ]
  const unsafe = levels.flatMap(level =>
    checks.filter(each => each.verdict === 'unsafe' && each.level === level),
  )
  if (unsafe.length > 0) lines.push('', '## To fix')
  for (const each of unsafe)
    lines.push(
      '',
      `### ${each.number}. ${each.title}`,
      '',
      `- Sent: ${asWords(each.sent)}`,
      `- Answer: ${asWords(each.seen)}`,
      `- A safe provider: ${asWords(each.safeAnswer)}`,
      ...(each.note ? [`- ${asWords(each.note)}`] : []),
      `- Written in: ${each.clauses.join(', ')} (${each.level})`,
      ...(each.story ? [`- It happened: ${asWords(each.story)}`] : []),
    )
  lines.push(
    '',
    '## All checks',
    '',
    '| # | Check | Verdict | Answer | Note | Clause | Level |',
    '|---|---|---|---|---|---|---|',
  )
  for (const each of checks)
    lines.push(
      `| ${[String(each.number), each.title, verdictWords[each.verdict], each.seen, each.note, each.clauses.join(', '), each.level].map(asWords).join(' | ')} |`,
    )
  lines.push('', '## Not observable from a page, and why', '', '| What | Why not |', '|---|---|')
  for (const { what, why } of report.notObservable) lines.push(`| ${asWords(what)} | ${asWords(why)} |`)
  return `${lines.join('\n')}\n`
}
