/** The lab of the last two stops: the same experiments as on their own page, in a lab that belongs to the lesson. */
import { browserSurroundings } from '../attack/browser-surroundings.ts'
import type { Stopper } from '../attack/parties.ts'
import type { Outcome } from '../attack/verdict.ts'
import { stolenCodeNoVerifier } from '../experiments/stolen-code-no-verifier.ts'
import { stolenCodeWrongVerifier } from '../experiments/stolen-code-wrong-verifier.ts'
import type { Evidence, EvidenceLine } from '../lab/evidence.ts'
import { createLab, type Lab } from '../lab/lab.ts'
import type { ClientConfig } from '../oauth/client-config.ts'

export function createTheft(config: ClientConfig, basePath: string): Lab {
  return createLab({
    config,
    experiments: [stolenCodeNoVerifier, stolenCodeWrongVerifier],
    surroundings: browserSurroundings(basePath),
  })
}

/** Who stopped it; null when the run says neither yes nor no. */
export function stopperOf({ verdict, by }: Outcome): Stopper | null {
  if (verdict === 'not-blocked') return 'nobody'
  return verdict === 'blocked' ? by : null
}

/** The whole way of the code, the honest beginning included, with everybody who took part. */
export function wholeWay({ earlier, lines, lanes }: Evidence): Pick<Evidence, 'lines' | 'lanes'> {
  const all = [...earlier, ...lines]
  const more = new Set(all.flatMap(line => [line.from, line.to]))
  const order: Evidence['lanes'] = ['app', 'browser', 'attacker', 'authorization-server', 'resource-server']
  return { lines: all, lanes: order.filter(lane => lanes.includes(lane) || more.has(lane)) }
}

/** True for the thief's request in which the fault lies, the check that finds it, and the answer that refuses it. */
export function isWhereCaught(
  { decisive }: Pick<Evidence, 'decisive'>,
  { id, mark }: Pick<EvidenceLine, 'id' | 'mark'>,
): boolean {
  return decisive !== null && (id === decisive.id || id === decisive.answers || mark === 'stopped')
}
