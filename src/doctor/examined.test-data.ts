/** For tests: what the doctor says about a scripted provider. */
import { parseClientConfig } from '../oauth/client-config.ts'
import { type ExamineOptions, examine } from './doctor.ts'
import type { Finding } from './finding.ts'
import type { ProbePorts } from './probe.ts'
import { issuer, type Route, scriptedProbe } from './scripted-probe.test-data.ts'

/** A client that asks for everything the good provider has. */
export const configOf = (change: Record<string, unknown> = {}) =>
  parseClientConfig(
    { issuer, client_id: 'pkce-lens', scope: 'openid profile email offline_access', ...change },
    'https://app.example',
  )

export type Scene = {
  config?: Record<string, unknown>
  ports?: Partial<ProbePorts>
} & Omit<Partial<ExamineOptions>, 'config' | 'ports'>

/** The findings by their codes. */
export async function findings(
  route: Route,
  { config = {}, ports = {}, ...options }: Scene = {},
): Promise<Map<string, Finding>> {
  const found = await examine({ config: configOf(config), ports: scriptedProbe(route, ports), ...options })
  return new Map(found.map(each => [each.code, each]))
}
