/** (d): from the reload of the profile to the whole profile, with the provider on the same site and on another one. */
import type { Browser } from '@playwright/test'
import { clickSignIn, providerCookies } from './callback.ts'
import { inSeries } from './delay-proxy.ts'
import { marksAfter, newContext } from './marks.ts'
import { inWords, spread, table } from './numbers.ts'
import { originOf, otherSiteOrigin, ports, type Stage } from './stage.ts'

const places = [
  { name: 'same site', origin: originOf(ports.app) },
  { name: 'another site', origin: otherSiteOrigin },
] as const

/** The first reload and the second: on another site the first one learns that a frame sees nothing. */
interface Reloads {
  readonly profile: readonly [number, number]
  readonly series: readonly [number, number]
}

async function reloadTwice(
  browser: Browser,
  origin: string,
  cookies: Cookies,
  stage: Stage,
): Promise<Reloads> {
  const context = await newContext(browser, { storageState: cookies })
  const page = await context.newPage()
  await marksAfter(page, () => clickSignIn(page, origin))
  await page.waitForURL('**/profile')
  const reload = async () => {
    await page.waitForLoadState('networkidle')
    const from = performance.timeOrigin + performance.now()
    const { profile } = await marksAfter(page, () => page.reload({ waitUntil: 'commit' }))
    const passed = stage.proxies.flatMap(each => each.passed.splice(0))
    return {
      profile: profile - from,
      series: inSeries(passed.filter(each => each.from >= from && each.to <= profile)),
    }
  }
  const [first, second] = [await reload(), await reload()]
  await context.close()
  return { profile: [first.profile, second.profile], series: [first.series, second.series] }
}

type Cookies = Awaited<ReturnType<typeof providerCookies>>

export async function measureReload(stage: Stage, rounds: number): Promise<string> {
  const cookies = await providerCookies(stage.fast)
  const rows: string[][] = []
  for (const { name, origin } of places) {
    const [fast, slow]: [Reloads[], Reloads[]] = [[], []]
    for (let round = -1; round < rounds; round++) {
      const pair = [
        await reloadTwice(stage.fast, origin, cookies, stage),
        await reloadTwice(stage.slow, origin, cookies, stage),
      ] as const
      if (round < 0) continue
      fast.push(pair[0])
      slow.push(pair[1])
    }
    for (const [which, title] of [
      [0, 'first reload'],
      [1, 'next reload'],
    ] as const)
      rows.push([
        `${name}, ${title}`,
        inWords(spread(fast.map(each => each.profile[which]))),
        inWords(spread(slow.map(each => each.profile[which]))),
        String(spread(slow.map(each => each.series[which])).median),
      ])
  }
  return table(['reload to profile', 'no latency, ms', 'with latency, ms', 'requests in series'], rows)
}
