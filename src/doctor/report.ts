/**
 * A report to copy into an issue or a mail. It holds configuration and findings, and no secret. What a provider or a
 * link gave stays text in it.
 */
import type { ClientConfig } from '../oauth/client-config.ts'
import { asCode, asWords } from '../ui/markdown.ts'
import { byUrgency, countLevels, type Finding, type Level, levelWords } from './finding.ts'

/** @param at wall clock, milliseconds */
export function report(
  config: ClientConfig,
  findings: readonly Finding[],
  at: number,
  origin: string,
): string {
  const count = countLevels(findings)
  const lines = [
    '# Provider check',
    '',
    `- Issuer: ${asCode(config.issuer)}`,
    `- Client id: ${asCode(config.clientId)}`,
    `- Scope: ${asCode(config.scope)}`,
    `- Redirect address: ${asCode(config.redirectUri)}`,
    `- App: ${asCode(origin)}`,
    `- Checked: ${new Date(at).toISOString()}`,
    `- ${count.fail} to fix, ${count.warn} to know, ${count.pass} well, ${count.later} later`,
  ]
  let level: Level | null = null
  for (const finding of byUrgency(findings)) {
    if (finding.level !== level) {
      level = finding.level
      lines.push('', `## ${levelWords[level]}`)
    }
    lines.push('', ...entry(finding))
  }
  return `${lines.join('\n')}\n`
}

function entry(finding: Finding): string[] {
  const head = `- **${asWords(finding.title)}** (${asCode(finding.code)}, ${finding.requirement}): ${asWords(finding.seen)}`
  if (finding.level === 'pass' || finding.level === 'later') return [head]
  const { fix } = finding
  return [
    head,
    `  ${asWords(finding.why)}`,
    ...(finding.compare
      ? [`  Given ${asCode(finding.compare.given)}, named ${asCode(finding.compare.named)}.`]
      : []),
    ...(fix ? [`  To do: ${asWords(fix.text)}`] : []),
    ...(fix && fix.consolePath.length > 0 ? [`  Where: ${fix.consolePath.map(asWords).join(' > ')}`] : []),
    ...(fix?.copy ? [`  Value: ${asCode(fix.copy)}`] : []),
  ]
}
