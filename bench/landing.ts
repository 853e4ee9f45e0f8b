/** (c): from the address to a usable button on a slow machine, the scripts it takes, and what the click waits for. */
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from '@playwright/test'
import { app, type Contender, floor } from './callback.ts'
import { newContext } from './marks.ts'
import { inWords, kilobytes, ratios, spread, table } from './numbers.ts'
import type { Stage } from './stage.ts'

const slowDown = 4

interface Landing {
  readonly button: number
  /** Names of the scripts that had arrived when the button was there. */
  readonly scripts: readonly string[]
}

async function land(browser: Browser, { origin }: Contender): Promise<Landing> {
  const context = await newContext(browser)
  const page = await context.newPage()
  const devTools = await context.newCDPSession(page)
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowDown })
  await page.goto(`${origin}/`, { waitUntil: 'commit' })
  await page.waitForFunction(() => (window.benchMarks?.button ?? null) !== null)
  const found = await page.evaluate(() => {
    const button = (window.benchMarks.button ?? Number.NaN) - performance.timeOrigin
    const scripts = performance
      .getEntriesByType('resource')
      .filter(each => /\.js$/.test(each.name) && each.startTime + each.duration <= button)
      .map(each => each.name)
    return { button, scripts }
  })
  await context.close()
  return found
}

/** Bytes after gzip, as a static host sends them. */
async function gzipped(dist: string, scripts: readonly string[]): Promise<number> {
  const sizes = scripts.map(async name => {
    const code = await readFile(join(dist, 'assets', basename(name)))
    return gzipSync(code, { level: 9 }).length
  })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

interface Click {
  /** Requests that began between the click and the one that leaves. */
  readonly requests: readonly string[]
  readonly milliseconds: number
}

/** @param ready waits until the page is worth a click */
async function click(browser: Browser, ready: (page: Page) => Promise<unknown>): Promise<Click> {
  const context = await newContext(browser)
  const page = await context.newPage()
  await page.goto(`${app.origin}/`, { waitUntil: 'commit' })
  await ready(page)
  const requests: { url: string; from: number; leaves: boolean }[] = []
  const leaving = page.waitForRequest(request => request.isNavigationRequest())
  page.on('requestfinished', request =>
    requests.push({
      url: request.url(),
      from: request.timing().startTime,
      leaves: request.isNavigationRequest(),
    }),
  )
  const at = await page.evaluate(() => {
    const button = [...document.querySelectorAll('button')].find(each => /^Sign in/.test(each.textContent))
    const now = performance.timeOrigin + performance.now()
    button?.click()
    return now
  })
  await (await leaving).response()
  await page.getByLabel('Username').waitFor()
  const left = requests.find(each => each.leaves)?.from ?? Number.NaN
  await context.close()
  return {
    requests: requests
      .filter(each => !each.leaves && each.from >= at && each.from < left)
      .map(each => each.url),
    milliseconds: left - at,
  }
}

/** `still-away.js` of `/assets/still-away-BkX2aB1_.js`. */
const nameOf = (url: string) => basename(new URL(url).pathname).replace(/-[\w-]{8}(?=\.\w+$)/, '')

export async function measureLanding({ dist, needed, fast, slow }: Stage, rounds: number): Promise<string> {
  const landings = new Map<Contender, Landing[]>([
    [floor, []],
    [app, []],
  ])
  const clicks: { calm: Click[]; hasty: Click[] } = { calm: [], hasty: [] }
  for (let round = -1; round < rounds; round++) {
    for (const [contender, list] of landings) {
      const landing = await land(fast, contender)
      if (round >= 0) list.push(landing)
    }
    const calm = await click(slow, page => page.waitForLoadState('networkidle'))
    const hasty = await click(slow, page => page.waitForFunction(() => window.benchMarks?.button ?? null))
    if (round < 0) continue
    clicks.calm.push(calm)
    clicks.hasty.push(hasty)
  }
  const times = (contender: Contender) => (landings.get(contender) ?? []).map(each => each.button)
  const bytes = await Promise.all((landings.get(app) ?? []).map(each => gzipped(dist, each.scripts)))
  const neededBytes = await gzipped(dist, needed)
  const rows = [floor, app].map(each => [
    each.name,
    inWords(spread(times(each))),
    inWords(ratios(times(each), times(floor)), 2),
    each === app ? kilobytes(neededBytes) : 'inline',
    each === app ? kilobytes(spread(bytes).median) : 'inline',
  ])
  const clickRow = (name: string, found: readonly Click[]) => [
    name,
    inWords(spread(found.map(each => each.requests.length))),
    [...new Set(found.flatMap(each => each.requests.map(nameOf)))].sort().join(', '),
    inWords(spread(found.map(each => each.milliseconds))),
  ]
  return [
    table(
      [
        `first visit, CPU ${slowDown}x slower`,
        'button, ms',
        'against the floor',
        'scripts it needs, gzip',
        'scripts by then',
      ],
      rows,
    ),
    table(
      [
        'click, every request to the provider waits',
        'requests before it leaves',
        'which',
        'click to leaving, ms',
      ],
      [
        clickRow('once the page is quiet', clicks.calm),
        clickRow('at once when the button is there', clicks.hasty),
      ],
    ),
  ].join('\n\n')
}
