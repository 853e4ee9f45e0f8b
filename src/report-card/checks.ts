/** Every check in the order of the run: harmless reads, requests, tokens, and last what ends the session. */
import { authorizeChecks } from './authorize-checks.ts'
import type { ReportCheck } from './check.ts'
import { codeChecks } from './code-checks.ts'
import { metadataChecks } from './metadata-checks.ts'
import { proofOfKeyChecks } from './proof-of-key-checks.ts'
import { logoutCheck, redirectChecks } from './redirect-checks.ts'
import { renewalChecks } from './renewal-checks.ts'
import { resourceChecks } from './resource-checks.ts'
import { reuseChecks } from './reuse-checks.ts'
import { tokenChecks } from './token-checks.ts'

const all: readonly ReportCheck[] = [
  ...metadataChecks,
  ...authorizeChecks,
  ...redirectChecks,
  ...codeChecks,
  ...renewalChecks,
  ...tokenChecks,
  ...resourceChecks,
  ...proofOfKeyChecks,
  ...reuseChecks,
  logoutCheck,
]

const byNumber = (list: readonly ReportCheck[]) => list.toSorted((a, b) => a.number - b.number)

/** In the order of their numbers, as the page shows them. */
export const checks: readonly ReportCheck[] = byNumber(all)

/** In the order in which they run. */
export const runOrder: readonly ReportCheck[] = [
  ...byNumber(all.filter(check => !check.destructive)),
  ...byNumber(all.filter(check => check.destructive)),
]
