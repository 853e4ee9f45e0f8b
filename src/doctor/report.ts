/** A report to copy into an issue or a mail. It holds configuration and findings, and no secret. */
import type { ClientConfig } from '../oauth/client-config.ts'
import { byUrgency, countLevels, type Finding, type Level } from './finding.ts'

const words: Record<Level, string> = { fail: 'To fix', warn: 'To know', pass: 'Well', later: 'Later' }

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
    `- Issuer: \`${config.issuer}\``,
    `- Client id: \`${config.clientId}\``,
    `- Scope: \`${config.scope}\``,
    `- Redirect address: \`${config.redirectUri}\``,
    `- App: \`${origin}\``,
    `- Checked: ${new Date(at).toISOString()}`,
    `- ${count.fail} to fix, ${count.warn} to know, ${count.pass} well, ${count.later} later`,
  ]
  let level: Level | null = null
  for (const finding of byUrgency(findings)) {
    if (finding.level !== level) {
      level = finding.level
      lines.push('', `## ${words[level]}`)
    }
    lines.push('', ...entry(finding))
  }
  return `${lines.join('\n')}\n`
}

function entry(finding: Finding): string[] {
  const head = `- **${finding.title}** (\`${finding.code}\`, ${finding.requirement}): ${finding.seen}`
  if (finding.level === 'pass' || finding.level === 'later') return [head]
  const { fix } = finding
  return [
    head,
    `  ${finding.why}`,
    ...(finding.compare ? [`  Given \`${finding.compare.given}\`, named \`${finding.compare.named}\`.`] : []),
    ...(fix ? [`  To do: ${fix.text}`] : []),
    ...(fix && fix.consolePath.length > 0 ? [`  Where: ${fix.consolePath.join(' > ')}`] : []),
    ...(fix?.copy ? [`  Value: \`${fix.copy}\``] : []),
  ]
}
