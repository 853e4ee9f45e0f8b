/** Runs checks by the rules of measurement: a clean control first, one change a run, a fresh code a run. */
import { type Bench, createBench, type Person } from '../attack/bench.ts'
import { createEvidenceLog } from '../attack/evidence-log.ts'
import { inTurn } from '../attack/in-turn.ts'
import { createLabPorts, memoryStore, type Surroundings } from '../attack/lab-ports.ts'
import { orStopped } from '../attack/stopping.ts'
import { RunEnded } from '../attack/verdict.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { asOAuthError, OAuthError } from '../oauth/oauth-error.ts'
import type { Step } from '../oauth/step.ts'
import { createWire } from '../session/wire.ts'
import { type CardOptions, type CardTools, createCardTools } from './card-tools.ts'
import type { Finding, ReportCheck } from './check.ts'
import type { Sample } from './clean-run.ts'
import { CheckEnded, skipped, TooManyRequests, unreadable } from './findings.ts'
import { missingNeed } from './needs.ts'
import type { CardPerson } from './person.ts'

export interface Row {
  readonly finding: Finding
  /** Everything that was sent and came back, for the lens. */
  readonly steps: readonly Step[]
  /** Wall clock at the end, milliseconds. */
  readonly at: number
}

export interface RunInput {
  readonly config: ClientConfig
  /** Those of a run end their waits when it is stopped. */
  readonly surroundings: Surroundings
  readonly options: CardOptions
  readonly person: CardPerson & Person
  readonly stop: AbortSignal
  /** In the order of the run. */
  readonly checks: readonly ReportCheck[]
  /** Announce what ends the session before the first of them. */
  readonly announce: boolean
  /** Resolves when the run may go on. */
  readonly mayGoOn: () => Promise<void>
  readonly onBegin: (check: ReportCheck | 'control') => void
  /** @param through false: what the row is about was not asked to its end */
  readonly onRow: (number: number, row: Row, through: boolean) => void
}

/** Why the run ended before the last check; null: it did not. */
export type RunEnd = 'stopped' | { readonly retryAfter: number | null } | null

interface Setting {
  readonly tools: CardTools
  readonly steps: () => readonly Step[]
}

/**
 * Runs the checks one after another. Every check ends in one row, whatever happens in it, up to the first that was
 * not begun because the run was stopped; a provider that asks for fewer requests gets no more of them, and what is
 * left is told as skipped. No two tabs run at once.
 */
export async function runChecks(input: RunInput): Promise<RunEnd> {
  const { person, stop, surroundings } = input
  const documents = memoryStore()
  const setUp = async (): Promise<Setting> => {
    const found = await createBench(input.config, surroundings, documents, person).catch(asOAuthError)
    return settingOf(input, found)
  }
  const row = (finding: Finding, steps: readonly Step[] = []): Row => ({
    finding,
    steps,
    at: surroundings.ports.now(),
  })
  const isOver = () => stop.aborted
  const alone = <T>(run: () => Promise<T>) => inTurn(surroundings, person, stop, run)
  const leftOut = askBeforeTheEnd(input)

  input.onBegin('control')
  let control: Sample | Finding = skipped('', 'The control was not needed.')
  try {
    if (input.checks.some(check => check.needs.includes('control')))
      control = await alone(async () => takeControl(await setUp()))
  } catch (error) {
    return error instanceof TooManyRequests ? tooMany(input, error, input.checks) : 'stopped'
  }

  for (const [at, check] of input.checks.entries()) {
    await orStopped(stop, input.mayGoOn).catch(() => {})
    if (isOver()) return 'stopped'
    const { tools, steps } = await setUp()
    const reason = missingNeed(check, control, tools) ?? (await leftOut(check))
    if (isOver()) return 'stopped'
    if (reason) {
      input.onRow(check.number, row(reason), true)
      continue
    }
    input.onBegin(check)
    const found = await alone(() => check.run(tools)).catch((error: unknown) =>
      error instanceof TooManyRequests ? error : findingOf(error),
    )
    if (isOver()) {
      input.onRow(check.number, row(skipped('', 'You stopped it.'), steps()), false)
      return 'stopped'
    }
    if (found instanceof TooManyRequests) return tooMany(input, found, input.checks.slice(at))
    input.onRow(check.number, row(found, steps()), true)
  }
  return null
}

/**
 * Announces what ends the session before the first of it.
 * @returns why a check is left out, or null
 */
function askBeforeTheEnd({ announce, checks, person }: RunInput) {
  let agreed = announce ? null : Promise.resolve(true)
  return async (check: ReportCheck): Promise<Finding | null> => {
    if (!check.destructive) return null
    const numbers = checks.filter(each => each.destructive).map(each => each.number)
    agreed ??= person.announce(numbers)
    return (await agreed) ? null : skipped('', 'You left it out: it would end your session.')
  }
}

/** The tools of one check, with a log of its own. */
function settingOf(
  { config, options, person, stop, surroundings }: RunInput,
  found: Bench | OAuthError,
): Setting {
  const log = found instanceof OAuthError ? createEvidenceLog() : found.log
  const seams = { hold: async <T>(message: T) => message, observe: log.observe }
  const wire =
    found instanceof OAuthError ? createWire(createLabPorts(surroundings, memoryStore(), seams)) : found.wire
  return {
    tools: createCardTools({ config, options, person, wire, found, stop }),
    steps: () => log.exhibits.flatMap(each => (each.type === 'step' ? [each.step] : [])),
  }
}

/** The clean run, or why there is none. */
async function takeControl({ tools }: Setting): Promise<Sample | Finding> {
  try {
    return await tools.sample()
  } catch (error) {
    if (error instanceof TooManyRequests) throw error
    const { seen, note } = findingOf(error)
    return skipped(seen, `A clean sign-in did not work, so this would prove nothing. ${note}`.trim())
  }
}

function findingOf(error: unknown): Finding {
  if (error instanceof CheckEnded) return error.finding
  if (error instanceof RunEnded) {
    const { code, because } = error.outcome
    return code === 'person_declined' ? skipped('', because) : unreadable(code, because)
  }
  const { code, details } = asOAuthError(error)
  return unreadable(code, details.received ?? '')
}

function tooMany(input: RunInput, error: TooManyRequests, rest: readonly ReportCheck[]): RunEnd {
  const { retryAfter } = error
  const wait = retryAfter === null ? 'Wait before you go on.' : `Go on in ${retryAfter} seconds.`
  const finding = skipped('429', `The provider asks for fewer requests. ${wait}`)
  const at = input.surroundings.ports.now()
  for (const { number } of rest) input.onRow(number, { finding, steps: [], at }, false)
  return { retryAfter }
}
