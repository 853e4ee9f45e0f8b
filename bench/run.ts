/** `npm run bench`: everything; `npm run bench -- a d`: only those. Prints Markdown; never a test, never red. */
import { cpus, loadavg } from 'node:os'
import { app, type Contender, floor, floorApart, measureCallback } from './callback.ts'
import { measureLanding } from './landing.ts'
import { measureLens } from './lens.ts'
import { preparePeers } from './peers.ts'
import { measureReload } from './reload.ts'
import { measureExpiry, measureMemory } from './renewal.ts'
import { delay, openStage, type Stage } from './stage.ts'

const load = () =>
  loadavg()
    .map(each => each.toFixed(1))
    .join(' ')
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 15)
/** For measures that repeat a thing many times within a round. */
const few = Math.min(rounds, 3)

interface Measure {
  readonly title: string
  run(stage: Stage, peers: readonly Contender[]): Promise<string>
}

const measures: Readonly<Record<string, Measure>> = {
  a: {
    title: `Callback to profile, ${delay} ms per request to the provider`,
    run: async ({ proxies, slow: browser }, peers) => {
      const options = { browser, contenders: [floor, floorApart, app, ...peers], rounds, proxies }
      const answered = await measureCallback({ ...options, from: 'page of the provider' })
      const known = await measureCallback({ ...options, from: 'start page' })
      return `${answered}\n\nThe provider knows the person and sends them straight back:\n\n${known}`
    },
  },
  b: {
    title: 'Callback to profile, no latency',
    run: ({ fast: browser }, peers) =>
      measureCallback({
        browser,
        from: 'page of the provider',
        contenders: [floor, floorApart, app, ...peers],
        rounds,
        proxies: [],
      }),
  },
  c: { title: 'Landing page to a usable button', run: stage => measureLanding(stage, rounds) },
  d: { title: 'Reload of the profile', run: stage => measureReload(stage, few) },
  e: { title: 'Many calls at the moment of expiry', run: stage => measureExpiry(stage, few) },
  f: { title: 'The lens with many entries', run: ({ fast }) => measureLens(fast, few) },
  g: { title: 'Memory over many refreshes', run: measureMemory },
}

const known = Object.keys(measures)
const wanted = process.argv.slice(2)
const unknown = wanted.filter(each => !known.includes(each))
if (unknown.length > 0) {
  console.error(`There is no measure ${unknown.join(', ')}. There are: ${known.join(' ')}`)
  process.exit(1)
}
const chosen = wanted.length > 0 ? wanted : known
const stage = await openStage()
try {
  const [cpu] = cpus()
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpu?.model ?? 'unknown'}), Node ${process.versions.node}, Chromium ${stage.fast.version()}, ${rounds} rounds, median (min to max)\n`,
  )
  const peers = chosen.some(each => each === 'a' || each === 'b') ? await preparePeers(stage) : []
  for (const key of chosen) {
    const measure = measures[key]
    if (!measure) continue
    const before = load()
    const began = performance.now()
    const text = await measure.run(stage, peers)
    const seconds = ((performance.now() - began) / 1000).toFixed(0)
    console.log(
      `### (${key}) ${measure.title}\n\n${text}\n\nLoad average before: ${before}, after: ${load()}; ${seconds} s.\n`,
    )
  }
} finally {
  await stage.close()
}
