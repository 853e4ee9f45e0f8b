/** Runs one experiment: what it needs, the clean run, the switches, the attack, the verdict, the evidence. */

import { type Bench, createBench, type Person } from '../attack/bench.ts'
import type { DemoSwitches } from '../attack/demo-switches.ts'
import { featuresOf } from '../attack/features.ts'
import type { Surroundings } from '../attack/lab-ports.ts'
import { createTools } from '../attack/tools.ts'
import { failed, notApplicable, type Outcome, ofError, RunEnded } from '../attack/verdict.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Grant } from '../session/grant.ts'
import type { KeyValueStore } from '../session/ports.ts'
import type { Control } from './control.ts'
import { type Evidence, gatherEvidence } from './evidence.ts'
import type { Experiment, Need } from './experiment.ts'

export interface Run {
  readonly experiment: string
  readonly outcome: Outcome
  /** Null when nothing was sent. */
  readonly evidence: Evidence | null
  /** Wall clock at the end, milliseconds. */
  readonly at: number
  /** Milliseconds. */
  readonly duration: number
  /** Faults of the demo provider that were switched on for this run. */
  readonly faults: readonly string[]
  /** Run with the defence switched off. */
  readonly undefended: boolean
}

export interface RunnerOptions {
  readonly config: ClientConfig
  readonly surroundings: Surroundings
  /** Public documents of the provider, kept between runs. */
  readonly documents: KeyValueStore
  readonly control: Control
  readonly person: Person
  readonly demo: DemoSwitches | null
}

/** Never rejects: whatever happens is a verdict. */
export async function runExperiment(
  options: RunnerOptions,
  experiment: Experiment,
  stop: AbortSignal,
  undefended = false,
): Promise<Run> {
  const { ports } = options.surroundings
  const started = ports.monotonic()
  const faults = [...(experiment.switches ?? []), ...(undefended && experiment.off ? [experiment.off] : [])]
  let told: readonly string[] = []
  let bench: Bench | null = null
  let outcome: Outcome
  try {
    bench = await createBench(options.config, options.surroundings, options.documents, options.person)
    const clean = await cleanRun(options, experiment)
    const missing = missingNeed(experiment, options, bench, clean)
    if (missing) throw new RunEnded(missing)
    const tools = createTools(bench, clean, stop)
    outcome = await withFaults(options.demo, faults, () => {
      told = faults
      return experiment.run(tools)
    })
  } catch (error) {
    outcome = ofError(error)
  }
  // Whatever it came to: requests that were not sent say nothing about the attack.
  if (stop.aborted) outcome = failed('run_stopped', 'You stopped it.')
  return {
    experiment: experiment.id,
    outcome,
    evidence: bench && (await gatherEvidence(bench, experiment, outcome)),
    at: ports.now(),
    duration: ports.monotonic() - started,
    faults: told,
    undefended,
  }
}

async function cleanRun({ control }: RunnerOptions, { needs }: Experiment): Promise<Grant | null> {
  if (!needs.includes('session')) return null
  try {
    return await control.grant()
  } catch (error) {
    const { code, because, verdict } = ofError(error)
    const why = verdict === 'blocked' ? 'it was refused.' : because
    throw new RunEnded(failed(code, `A clean sign-in did not work, so an attack would prove nothing: ${why}`))
  }
}

async function withFaults<T>(
  demo: DemoSwitches | null,
  faults: readonly string[],
  run: () => Promise<T>,
): Promise<T> {
  if (faults.length === 0) return run()
  if (!demo)
    throw new RunEnded(
      notApplicable('not_the_demo_provider', 'It needs a fault that only the demo provider can switch on.'),
    )
  return demo.during(faults, run)
}

function missingNeed(
  experiment: Experiment,
  { demo, config }: RunnerOptions,
  { metadata }: Bench,
  clean: Grant | null,
): Outcome | null {
  const has = featuresOf(metadata)
  const texts: Record<Need, string | null> = {
    session: null,
    demo: demo ? null : 'Only the demo provider has the second app and the second API that it needs.',
    dpop: has.dpop ? null : 'This provider does not bind tokens to a key (DPoP).',
    iss: has.iss
      ? null
      : 'This provider does not say in its answer who it is, so the app has nothing to compare.',
    'refresh-token': clean?.tokens.refreshToken
      ? null
      : `This provider gave no refresh token for “${config.scope}”.`,
    revocation: has.revocation ? null : 'This provider takes no tokens back.',
    userinfo: has.userinfo ? null : 'This provider has no UserInfo endpoint.',
  }
  for (const need of experiment.needs) {
    const because = texts[need]
    if (because !== null) return notApplicable(`needs_${need.replaceAll('-', '_')}`, because)
  }
  return null
}
