/** One run: the plan is played, the faults are lifted, the ending is judged. */
import { act } from './actions.ts'
import { createExpectation } from './expectation.ts'
import { calmDown, type Ending, endingOf, goOn } from './judge.ts'
import { breakStorage } from './page-faults.ts'
import { settleAll } from './person.ts'
import type { Plan } from './plan.ts'
import { look } from './sight.ts'
import type { Scene } from './stage.ts'

export interface Verdict {
  readonly kind: string
  /** Everything that is wrong; empty after a good run. */
  readonly faults: readonly string[]
  /** What was seen after each step, to read beside a failure. */
  readonly story: readonly string[]
}

export async function play(scene: Scene, plan: Plan): Promise<Verdict> {
  const { appOrigin, context, proxy, traffic } = scene
  const uncaught: string[] = []
  context.on('weberror', error => uncaught.push(`nobody caught: ${error.error().message}`))
  const expectation = createExpectation(plan)
  const story: string[] = []
  const tell = async (title: string) => {
    const sights = await Promise.all(context.pages().map(page => look(page, appOrigin)))
    const seen = sights.map(
      ({ busy, codes, path, place, reconnecting, signedIn }) =>
        `${place} ${path}${signedIn ? ' signed in' : ''}${reconnecting ? ' waits' : ''} ${codes.join()}${busy ? ` (${busy})` : ''}`,
    )
    story.push(`${title}: ${[...new Set(seen)].join(' | ')}`)
    return context.pages().filter((_, index) => sights[index]?.signedIn)
  }

  await breakStorage(context, plan.storage)
  proxy.setCookies(plan.cookies)
  await context.newPage()
  for (const step of plan.steps) {
    expectation.before(step, context.pages())
    proxy.set(step.faults)
    const first = proxy.passed.length
    await act(scene, step.action)
    const signedIn = await tell(step.action)
    expectation.after(step, context.pages(), signedIn)
    for (const { fault, preflight, status, target } of proxy.passed.slice(first))
      if (fault || (status !== null && status >= 400))
        story.push(`    ${preflight ? 'preflight ' : ''}${target}: ${fault ?? ''} ${status ?? ''}`)
  }
  await calmDown(scene)
  await tell('calm')

  const sights = await settleAll(scene)
  const endings: Ending[] = context.pages().flatMap((page, index) => {
    const sight = sights[index]
    return sight ? [endingOf(sight, expectation.mustBeSignedIn(page))] : []
  })
  const excess = traffic.excess()
  const last = context.pages().at(-1)
  const way = last ? await goOn(scene, last, await look(last, appOrigin)) : ['no tab is left']
  await tell('went on')
  const faults = [...endings.flatMap(each => each.faults), ...excess, ...way, ...uncaught]
  return {
    kind: faults.length > 0 ? 'bad' : (endings.at(-1)?.kind ?? 'bad'),
    faults: [...new Set(faults)],
    story,
  }
}
