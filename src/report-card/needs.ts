/** What must be there for a check to mean something. */
import { featuresOf } from '../attack/features.ts'
import type { CardTools } from './card-tools.ts'
import type { Finding, Need, ReportCheck } from './check.ts'
import type { Sample } from './clean-run.ts'
import { notApplicable } from './findings.ts'

/** @param control the clean run, or why there is none: then everything that needs it is left out for that reason */
export function missingNeed(
  { needs }: ReportCheck,
  control: Sample | Finding,
  tools: CardTools,
): Finding | null {
  if ('verdict' in control) return needs.includes('control') ? control : null
  if (needs.includes('refresh-token') && control.tokens.refreshToken === null)
    return notApplicable('no refresh token', 'The provider gives this app no refresh token for its scopes.')
  const has: Partial<Record<Need, boolean>> = { ...featuresOf(tools.metadata), api: tools.api() !== null }
  const missing = needs.find(need => has[need] === false)
  return missing
    ? notApplicable(`no ${missing}`, 'The provider does not have what this check is about.')
    : null
}
