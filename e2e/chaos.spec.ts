/**
 * Runs derived from seeds: faults of the network, the provider and the browser at random steps. Each must end with
 * somebody signed in, at an error with a way on, or signed out with the way in.
 *
 * - `CHAOS_SEED=123` plays one seed again; its plan and what was seen after each step are attached as `story`.
 * - `CHAOS_RUNS=500` plays the seeds 1 to 500; with `CHAOS_FIRST=41` it begins at 41.
 * - `CHAOS_DIST=folder` plays another build than `dist`.
 */
import { defaultSeeds, missingIn } from './chaos/coverage.ts'
import { describePlan, planOf } from './chaos/plan.ts'
import { play } from './chaos/run.ts'
import { expect, test } from './chaos/stage.ts'

const { CHAOS_FIRST: first = '1', CHAOS_RUNS: runs, CHAOS_SEED: seed } = process.env

function chosenSeeds(): readonly number[] {
  if (seed !== undefined) return [Number(seed)]
  if (runs === undefined) return defaultSeeds
  return Array.from({ length: Number(runs) }, (_, index) => Number(first) + index)
}

test.describe.configure({ mode: 'parallel', timeout: 180_000 })

test('the default seeds hold every action, every fault and every state of storage and cookies', () => {
  expect(missingIn(defaultSeeds)).toEqual([])
})

for (const each of chosenSeeds())
  test(`chaos ${each}: ends signed in, signed out, or at an error with a way on`, async ({ scene }, info) => {
    const plan = planOf(each)
    if (plan.steps.some(({ action }) => action === 'twenty_tabs')) test.slow()
    const { faults, kind, story } = await play(scene, plan)
    info.annotations.push({ type: 'ending', description: kind })
    await info.attach('story', {
      body: [describePlan(plan), ...story, kind, ...faults].join('\n'),
      contentType: 'text/plain',
    })
    expect(faults, [describePlan(plan), ...story].join('\n')).toEqual([])
  })
