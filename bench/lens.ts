/** (f): the lens over more messages than anybody has: the first picture, a fast scroll through all of it, the heap. */
import type { Browser, CDPSession } from '@playwright/test'
import { inWords, megabytes, quantile, spread, table } from './numbers.ts'
import { heapOf } from './renewal.ts'
import { originOf, ports } from './stage.ts'

const sizes = [1_000, 10_000] as const
/** Frames from top to bottom, however long the list is. */
const frames = 600

interface Scroll {
  readonly firstPicture: number
  readonly intervals: readonly number[]
  readonly longTasks: readonly number[]
  /** CPU milliseconds of the main thread, which other work on the machine does not lengthen. */
  readonly cpuPerFrame: number
  readonly mostRows: number
  readonly height: number
  readonly heap: number
}

/** CPU seconds of all tasks of the main thread so far. */
async function taskTime(devTools: CDPSession): Promise<number> {
  const { metrics } = await devTools.send('Performance.getMetrics')
  return metrics.find(each => each.name === 'TaskDuration')?.value ?? Number.NaN
}

async function scrollThrough(browser: Browser, entries: number): Promise<Scroll> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  await context.addInitScript('globalThis.__name = value => value')
  const page = await context.newPage()
  await page.goto(`${originOf(ports.lens)}/?entries=${entries}`)
  await page.waitForFunction(() => (window.benchLens?.firstPicture ?? null) !== null)
  const devTools = await context.newCDPSession(page)
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await taskTime(devTools)
  const found = await page.evaluate(async frames => {
    const list = document.querySelector('ol[aria-label="Protocol messages"]')
    let box = list?.parentElement ?? null
    while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement
    const around = box ?? document.documentElement
    const height = around.scrollHeight - around.clientHeight
    if (!list || height < 1) throw new Error('nothing to scroll')
    const longTasks: number[] = []
    const observer = new PerformanceObserver(seen => {
      for (const each of seen.getEntries()) longTasks.push(each.duration)
    })
    observer.observe({ type: 'longtask' })
    const frame = () => new Promise<number>(requestAnimationFrame)
    around.scrollTop = 0
    for (let i = 0; i < 10; i++) await frame()
    longTasks.length = 0
    const intervals: number[] = []
    let mostRows = 0
    let before = await frame()
    for (let i = 1; i <= frames; i++) {
      around.scrollTop = (height * i) / frames
      const now = await frame()
      intervals.push(now - before)
      before = now
      mostRows = Math.max(mostRows, list.childElementCount)
    }
    await frame()
    observer.disconnect()
    return {
      intervals,
      longTasks,
      mostRows,
      height,
      firstPicture: window.benchLens.firstPicture ?? Number.NaN,
    }
  }, frames)
  const cpuPerFrame = ((await taskTime(devTools)) - before) * (1000 / frames)
  const heap = await heapOf(devTools)
  await context.close()
  return { ...found, cpuPerFrame, heap }
}

export async function measureLens(browser: Browser, rounds: number): Promise<string> {
  const rows: string[][] = []
  for (const entries of sizes) {
    const found: Scroll[] = []
    for (let round = 0; round < rounds; round++) found.push(await scrollThrough(browser, entries))
    const intervals = found.flatMap(each => each.intervals)
    const longest = Math.max(0, ...found.flatMap(each => each.longTasks))
    rows.push([
      String(entries),
      inWords(spread(found.map(each => each.firstPicture))),
      `${quantile(intervals, 0.5).toFixed(1)} / ${quantile(intervals, 0.95).toFixed(1)}`,
      inWords(spread(found.map(each => each.cpuPerFrame)), 1),
      `${inWords(spread(found.map(each => each.longTasks.length)))}, longest ${longest.toFixed(0)} ms`,
      String(Math.max(...found.map(each => each.mostRows))),
      `${(spread(found.map(each => each.height)).median / 1000).toFixed(0)}`,
      megabytes(spread(found.map(each => each.heap)).median),
    ])
  }
  const head = [
    'entries',
    'first picture, ms',
    'frame median / 95th, ms',
    'CPU per frame, ms',
    'long tasks per scroll',
    'rows drawn at most',
  ]
  return table([...head, 'height, 1000 px', 'heap after GC'], rows)
}
