/** (e): a thousand calls at the moment of expiry. (g): the memory of thousands of renewals. The client with its recorder. */
import type { CDPSession, Page } from '@playwright/test'
import { clickSignIn, providerCookies } from './callback.ts'
import { marksAfter, newContext } from './marks.ts'
import { inWords, megabytes, ratios, spread, table } from './numbers.ts'
import { startScriptedProvider } from './scripted-provider.ts'
import { serve } from './site.ts'
import { originOf, ports, type Stage } from './stage.ts'

const calls = 1_000

interface Expiry {
  readonly answered: number
  readonly refreshes: number
  /** Milliseconds until the last answer. */
  readonly all: number
  /** The same calls by a bare `fetch` with a token that is fresh. */
  readonly bare: number
}

async function expire(page: Page, url: string): Promise<Expiry> {
  const bare = await page.evaluate(
    async ({ url, calls }) => {
      const { client, recorder } = window.bench
      await client.renew()
      const renewed = recorder.getTrace().entries.findLast(({ step }) => step.kind === 'refresh_response')
      const body = renewed?.step.kind === 'refresh_response' ? renewed.step.response.body : '{}'
      const headers = { authorization: `Bearer ${JSON.parse(body).access_token}` }
      const from = performance.now()
      const call = async () => {
        const answer = await fetch(url, { headers, cache: 'no-store' })
        await answer.text()
        return answer.status
      }
      const answers = await Promise.all(Array.from({ length: calls }, call))
      if (answers.some(status => status !== 200)) throw new Error('the bare calls were refused')
      return performance.now() - from
    },
    { url, calls },
  )
  let refreshes = 0
  page.on('request', request => {
    if (request.method() === 'POST' && /\/token$/.test(request.url())) refreshes++
  })
  const found = await page.evaluate(
    async ({ url, calls }) => {
      const { client, skip } = window.bench
      skip(60_000)
      const from = performance.now()
      const answers = await Promise.allSettled(Array.from({ length: calls }, () => client.fetch(url)))
      const answered = answers.filter(each => each.status === 'fulfilled' && each.value.ok).length
      return { answered, all: performance.now() - from }
    },
    { url, calls },
  )
  return { ...found, bare, refreshes }
}

export async function measureExpiry({ fast, demo }: Stage, rounds: number): Promise<string> {
  const storageState = await providerCookies(fast)
  const found: Expiry[] = []
  for (let round = -1; round < rounds; round++) {
    const context = await newContext(fast, { storageState })
    const page = await context.newPage()
    await marksAfter(page, () => clickSignIn(page, originOf(ports.client)))
    const one = await expire(page, demo.profileUrl)
    if (round >= 0) found.push(one)
    await context.close()
  }
  const of = (key: keyof Expiry) => found.map(each => each[key])
  return table(
    [
      `${calls} calls at expiry`,
      'answered',
      'refreshes',
      'all answered, ms',
      'bare fetch, fresh token, ms',
      'ratio',
    ],
    [
      [
        'client with recorder',
        inWords(spread(of('answered'))),
        inWords(spread(of('refreshes'))),
        inWords(spread(of('all'))),
        inWords(spread(of('bare'))),
        inWords(ratios(of('all'), of('bare')), 2),
      ],
    ],
  )
}

/** Bytes of the heap once everything that nobody holds is gone. */
export async function heapOf(devTools: CDPSession): Promise<number> {
  for (let i = 0; i < 3; i++) await devTools.send('HeapProfiler.collectGarbage')
  return (await devTools.send('Runtime.getHeapUsage')).usedSize
}

const refreshesPerStep = 1_000
const steps = 5

export async function measureMemory({ fast, temporary }: Stage): Promise<string> {
  const clientId = 'bench'
  const stopProvider = await startScriptedProvider(ports.scripted, clientId)
  const config = { issuer: originOf(ports.scripted), client_id: clientId, scope: 'openid offline_access' }
  const stopSite = await serve({ folder: `${temporary}/client`, port: ports.memory, config })
  const context = await newContext(fast)
  try {
    const page = await context.newPage()
    const devTools = await context.newCDPSession(page)
    await clickSignIn(page, originOf(ports.memory))
    await page.waitForFunction(() => window.bench?.client.store.getState().status === 'signed_in')
    const look = () =>
      page.evaluate(async () => {
        const { client, recorder } = window.bench
        await recorder.settled()
        const { entries } = recorder.getTrace()
        return { entries: entries.length, renewals: client.store.getState().renewals }
      })
    const rows: string[][] = []
    const heaps: number[] = []
    for (let step = 0; step <= steps; step++) {
      const from = performance.now()
      if (step > 0)
        await page.evaluate(async count => {
          for (let i = 0; i < count; i++) await window.bench.client.renew()
        }, refreshesPerStep)
      const each = (performance.now() - from) / refreshesPerStep
      const { entries, renewals } = await look()
      const heap = await heapOf(devTools)
      heaps.push(heap)
      rows.push([String(renewals), megabytes(heap), String(entries), step === 0 ? '' : each.toFixed(1)])
    }
    const [atFirst, atLast] = [heaps[1] ?? Number.NaN, heaps.at(-1) ?? Number.NaN]
    const perRefresh = (atLast - atFirst) / (refreshesPerStep * (steps - 1))
    return [
      table(['refreshes', 'heap after GC', 'entries kept', 'ms per refresh'], rows),
      `From ${refreshesPerStep} to ${refreshesPerStep * steps} refreshes: ${perRefresh.toFixed(0)} bytes per refresh.`,
    ].join('\n\n')
  } finally {
    await context.close()
    await stopSite()
    await stopProvider()
  }
}
