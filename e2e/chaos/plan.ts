/** What happens in one run, derived from its seed alone: conditions of the browser, steps, faults at some of them. */
import { type Random, randomFrom } from './random.ts'

/** What a request is for; `reach` is the question whether the server answers at all. */
export type Target =
  | 'discovery'
  | 'keys'
  | 'authorize'
  | 'pages'
  | 'exchange'
  | 'refresh'
  | 'revoke'
  | 'logout'
  | 'api'
  | 'reach'

export type FaultKind =
  | 'latency'
  | 'reset'
  | 'truncated'
  | 'oversized'
  | 'unavailable'
  | 'rate_limited'
  | 'hang'
  | 'unauthorized'

export interface Fault {
  readonly kind: FaultKind
  readonly at: Target | 'everything'
  /** How many requests it meets before it is over; it ends with its step in any case. */
  readonly times: number
  /** The server does its work first, only the answer is lost. */
  readonly afterwards: boolean
  /** The fault's own answers carry CORS headers. */
  readonly cors: boolean
  /** `Retry-After` of `rate_limited`. */
  readonly seconds: number
}

export type Action =
  | 'sign_in'
  | 'wait_for_renewal'
  | 'renew'
  | 'reload'
  | 'visit'
  | 'second_tab'
  | 'twenty_tabs'
  | 'sign_out'
  | 'restart_provider'
  | 'offline_and_back'
  | 'offline_reload'
  /** Ninety minutes. */
  | 'nap'
  /** Eight hours: as long as the provider knows the person. */
  | 'sleep'
  | 'kill_mid_refresh'

export interface PlannedStep {
  readonly action: Action
  readonly faults: readonly Fault[]
}

export interface Plan {
  readonly seed: number
  readonly storage:
    | 'works'
    | 'session_full'
    | 'all_full'
    | 'session_blocked'
    | 'local_blocked'
    | 'all_blocked'
  readonly cookies: 'work' | 'hidden_in_frames' | 'blocked'
  readonly steps: readonly PlannedStep[]
}

export const kinds: Readonly<Record<FaultKind, number>> = {
  latency: 2,
  reset: 3,
  truncated: 2,
  oversized: 1,
  unavailable: 4,
  rate_limited: 2,
  hang: 2,
  unauthorized: 1,
}

type Weights = Readonly<Record<Fault['at'], number>>

const nowhere: Weights = {
  discovery: 0,
  keys: 0,
  authorize: 0,
  pages: 0,
  exchange: 0,
  refresh: 0,
  revoke: 0,
  logout: 0,
  api: 0,
  reach: 0,
  everything: 0,
}
const signingIn: Weights = {
  ...nowhere,
  discovery: 2,
  keys: 2,
  authorize: 2,
  pages: 1,
  exchange: 4,
  api: 3,
  everything: 2,
}
const finding: Weights = { ...signingIn, authorize: 4, pages: 0, refresh: 2 }
const renewing: Weights = {
  ...nowhere,
  refresh: 6,
  api: 4,
  authorize: 1,
  exchange: 1,
  keys: 1,
  everything: 3,
}
const leaving: Weights = { ...nowhere, revoke: 4, logout: 4, pages: 1, refresh: 1, everything: 2 }

/** A fault is planned where the action sends something. */
const targets: Readonly<Record<Action, Weights>> = {
  sign_in: signingIn,
  wait_for_renewal: renewing,
  renew: renewing,
  reload: finding,
  visit: renewing,
  second_tab: finding,
  twenty_tabs: finding,
  sign_out: leaving,
  restart_provider: renewing,
  offline_and_back: renewing,
  offline_reload: finding,
  nap: renewing,
  sleep: renewing,
  kill_mid_refresh: finding,
}

export const actions: Readonly<Record<Action, number>> = {
  sign_in: 1,
  wait_for_renewal: 6,
  renew: 3,
  reload: 4,
  visit: 2,
  second_tab: 2,
  twenty_tabs: 0.3,
  sign_out: 2,
  restart_provider: 1,
  offline_and_back: 2,
  offline_reload: 1,
  nap: 1,
  sleep: 1,
  kill_mid_refresh: 2,
}

export const storages: Readonly<Record<Plan['storage'], number>> = {
  works: 17,
  session_full: 1,
  all_full: 1,
  session_blocked: 1,
  local_blocked: 1,
  all_blocked: 1,
}

export const cookieStates: Readonly<Record<Plan['cookies'], number>> = {
  work: 14,
  hidden_in_frames: 3,
  blocked: 1,
}

function faultFrom(random: Random, action: Action): Fault {
  const kind = random.weighted(kinds)
  const at = kind === 'unauthorized' ? 'api' : random.weighted(targets[action])
  return {
    kind,
    at,
    times: random.pick([1, 1, 2, 4, 100]),
    afterwards: kind === 'truncated' || kind === 'oversized' || random.chance(0.4),
    cors: random.chance(0.5),
    seconds: random.between(1, 90),
  }
}

function stepFrom(random: Random, action: Action, probability: number): PlannedStep {
  if (!random.chance(probability)) return { action, faults: [] }
  const first = faultFrom(random, action)
  return { action, faults: random.chance(0.35) ? [first, faultFrom(random, action)] : [first] }
}

export function planOf(seed: number): Plan {
  const random = randomFrom(seed)
  const storage = random.weighted(storages)
  const cookies = random.weighted(cookieStates)
  const first = stepFrom(random, 'sign_in', 0.3)
  const more = Array.from({ length: random.between(1, 4) }, () =>
    stepFrom(random, random.weighted(actions), 0.65),
  )
  return { seed, storage, cookies, steps: [first, ...more] }
}

/** One line for each step, to read beside a failure. */
export function describePlan({ cookies, seed, steps, storage }: Plan): string {
  const faultLine = ({ afterwards, at, cors, kind, seconds, times }: Fault) =>
    `${kind} at ${at} x${times}${afterwards ? ', after the work' : ''}${cors ? ', with CORS' : ''}${kind === 'rate_limited' ? `, ${seconds} s` : ''}`
  return [
    `seed ${seed}, storage ${storage}, cookies ${cookies}`,
    ...steps.map(
      ({ action, faults }, index) =>
        `  ${index + 1}. ${action}${faults.length > 0 ? ` [${faults.map(faultLine).join(' | ')}]` : ''}`,
    ),
    `  replay: CHAOS_SEED=${seed} npx playwright test e2e/chaos.spec.ts`,
  ].join('\n')
}
