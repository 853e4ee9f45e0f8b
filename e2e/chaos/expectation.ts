/** Which tabs must still be signed in: those that were, unless something happened that honestly ends a session. */
import type { Page } from '@playwright/test'
import type { Action, Fault, Plan, PlannedStep } from './plan.ts'

const loadsPages: readonly Action[] = [
  'sign_in',
  'reload',
  'second_tab',
  'twenty_tabs',
  'offline_reload',
  'kill_mid_refresh',
]
/** On the way by which a new page finds the session: no fault here may cost a tab that is not loaded anew. */
const finding: readonly Fault['at'][] = [
  'discovery',
  'keys',
  'authorize',
  'pages',
  'exchange',
  'reach',
  'everything',
]

const losesAnswer = ({ afterwards, at, kind }: Fault) =>
  afterwards && kind !== 'latency' && (at === 'refresh' || at === 'everything')
/** A frame that is not answered, or whose answer is refused, ends the session; one that cannot fetch is asked again. */
const silencesFrame = ({ at, kind }: Fault) =>
  kind !== 'latency' && (/^(authorize|pages|everything)$/.test(at) || (kind === 'oversized' && at !== 'api'))
const blocksFinding = ({ at, kind }: Fault) => kind !== 'latency' && finding.includes(at)

const isLost = ({ action, faults }: PlannedStep) => faults.some(losesAnswer) || action === 'kill_mid_refresh'

/**
 * `over`: the provider knows the session no more. `unfindable`: only a page that is loaded now may not find it.
 * @param lost the answer to a refresh was lost in this step or before: that refresh token is spent, and only a hidden
 *   frame finds the session then
 */
function honestEnd(plan: Plan, { action, faults }: PlannedStep, lost: boolean): 'over' | 'unfindable' | null {
  if (action === 'sign_out' || action === 'restart_provider' || action === 'sleep') return 'over'
  const frameIsBlind = plan.cookies !== 'work' || plan.storage !== 'works'
  if (lost && (frameIsBlind || faults.some(silencesFrame))) return 'over'
  if (loadsPages.includes(action) && (frameIsBlind || faults.some(blocksFinding))) return 'unfindable'
  return null
}

export interface Expectation {
  before(step: PlannedStep, pages: readonly Page[]): void
  /** @param signedIn the tabs that show a signed-in person */
  after(step: PlannedStep, pages: readonly Page[], signedIn: readonly Page[]): void
  mustBeSignedIn(page: Page): boolean
}

export function createExpectation(plan: Plan): Expectation {
  const held = new Set<Page>()
  const ended = new Set<Page>()
  let lost = false
  let end: ReturnType<typeof honestEnd> = null
  return {
    before(step, pages) {
      lost ||= isLost(step)
      end = honestEnd(plan, step, lost)
      const loaded = pages.at(-1)
      if (end === 'over')
        for (const page of pages) {
          held.delete(page)
          ended.add(page)
        }
      else if (end === 'unfindable' && loaded) held.delete(loaded)
    },
    after(step, pages, signedIn) {
      const loaded = pages.at(-1)
      // A page that was loaded anew has a session of its own.
      if (loaded && loadsPages.includes(step.action) && end !== 'over') ended.delete(loaded)
      for (const page of signedIn) if (!ended.has(page)) held.add(page)
    },
    mustBeSignedIn: page => held.has(page),
  }
}
