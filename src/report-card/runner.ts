/** Runs checks by the rules of measurement: a clean control first, one change a run, a fresh code a run. */
import { type Bench, createBench, type Person } from '../attack/bench.ts'
import { createEvidenceLog } from '../attack/evidence-log.ts'
import { inTurn } from '../attack/in-turn.ts'
import { createLabPorts, memoryStore, type Surroundings } from '../attack/lab-ports.ts'
import { RunEnded } from '../attack/verdict.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { asOAuthError, OAuthError } from '../oauth/oauth-error.ts'
import type { Step } from '../oauth/step.ts'
import { createWire } from '../session/wire.ts'
import { type CardOptions, type CardTools, createCardTools, type Sample } from './card-tools.ts'
import type { Finding, Need, ReportCheck } from './check.ts'
import { CheckEnded, notApplicable, skipped, TooManyRequests, unreadable } from './findings.ts'
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
  readonly onRow: (number: number, row: Row) => void
}

/** Why the run ended before the last check; null: it did not. */
export type RunEnd = 'stopped' | { readonly retryAfter: number | null } | null

interface Setting {
  readonly tools: CardTools
  readonly steps: () => readonly Step[]
}

export async function runChecks(input: RunInput): Promise<RunEnd> {
  const { person, stop, surroundings } = input
  const documents = memoryStore()
  const setUp = async (): Promise<Setting> => {
    const found = await createBench(input.config, surroundings, documents, input.person).catch(asOAuthError)
    return settingOf(input, found)
  }
  const row = (finding: Finding, steps: readonly Step[] = []): Row => ({
    finding,
    steps,
    at: surroundings.ports.now(),
  })
  const isOver = () => stop.aborted
  const aborted = new Promise<never>((_, reject) => {
    stop.addEventListener('abort', () => reject(new OAuthError({ code: 'run_stopped' })))
  })
  aborted.catch(() => {})

  input.onBegin('control')
  let control: Sample | Finding = skipped('', 'The control was not needed.')
  try {
    if (input.checks.some(check => check.needs.includes('control')))
      control = await Promise.race([
        inTurn(surroundings, person, stop, async () => takeControl(await setUp())),
        aborted,
      ])
  } catch (error) {
    if (error instanceof TooManyRequests) return tooMany(input, error, input.checks)
    return 'stopped'
  }

  let announced = !input.announce
  let leftOut = false
  for (const [at, check] of input.checks.entries()) {
    await Promise.race([input.mayGoOn(), aborted]).catch(() => {})
    if (isOver()) return 'stopped'
    const missing = missingNeed(check, control) ?? (await missingFeature(check, await setUp(), control))
    if (missing) {
      input.onRow(check.number, row(missing))
      continue
    }
    if (check.destructive && !announced) {
      announced = true
      const numbers = input.checks.filter(each => each.destructive).map(each => each.number)
      leftOut = !(await Promise.race([input.person.announce(numbers), aborted]).catch(() => false))
      if (isOver()) return 'stopped'
    }
    if (check.destructive && leftOut) {
      input.onRow(check.number, row(skipped('', 'You left it out: it would end your session.')))
      continue
    }
    input.onBegin(check)
    const setting = await setUp()
    try {
      const mine = inTurn(surroundings, person, stop, () => check.run(setting.tools))
      const finding = await Promise.race([mine, aborted])
      input.onRow(check.number, row(finding, setting.steps()))
    } catch (error) {
      if (isOver()) {
        input.onRow(check.number, row(skipped('', 'You stopped it.'), setting.steps()))
        return 'stopped'
      }
      if (error instanceof TooManyRequests) return tooMany(input, error, input.checks.slice(at))
      input.onRow(check.number, row(findingOf(error), setting.steps()))
    }
  }
  return null
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

function missingNeed(check: ReportCheck, control: Sample | Finding): Finding | null {
  if ('verdict' in control) return check.needs.includes('control') ? control : null
  return check.needs.includes('refresh-token') && control.tokens.refreshToken === null
    ? notApplicable('no refresh token', 'The provider gives this app no refresh token for its scopes.')
    : null
}

async function missingFeature(
  check: ReportCheck,
  { tools }: Setting,
  control: Sample | Finding,
): Promise<Finding | null> {
  if ('verdict' in control) return null
  const { metadata } = tools
  const has: Partial<Record<Need, boolean>> = {
    revocation: metadata.revocation_endpoint !== undefined,
    userinfo: metadata.userinfo_endpoint !== undefined,
    api: tools.api() !== null,
    dpop: metadata.dpop_signing_alg_values_supported?.includes('ES256') === true,
    par: metadata.pushed_authorization_request_endpoint !== undefined,
    'end-session': metadata.end_session_endpoint !== undefined,
  }
  const missing = check.needs.find(need => has[need] === false)
  return missing
    ? notApplicable(`no ${missing}`, 'The provider does not have what this check is about.')
    : null
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
  for (const { number } of rest)
    input.onRow(number, {
      finding: skipped('429', `The provider asks for fewer requests. ${wait}`),
      steps: [],
      at: input.surroundings.ports.now(),
    })
  return { retryAfter }
}
