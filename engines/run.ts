/**
 * `npm run engines -- firefox|webkit`: the core journeys of the built app with the demo provider in another engine
 * than Chromium, and what the engine itself does. Where it cannot run, one line says why, and nothing fails.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from '../interop/command.ts'
import { runProgram } from '../interop/program.ts'
import { serveBuiltApp } from '../interop/static-app.ts'
import { Tally } from '../interop/tally.ts'
import { type Demo, startDemo } from '../provider/demo.ts'
import { isPortTaken } from '../provider/loopback-server.ts'
import type { Engine } from './commands.ts'
import { Driver } from './driver.ts'
import { startFirefox } from './firefox.ts'
import { journeys } from './journeys.ts'
import { measurements } from './measure.ts'
import { startWebKit } from './webkit.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const print = (line: string) => console.log(line)

/** Five ports in a row: app, provider, API, app without an opener policy, driver. @throws Error with one line */
async function freePorts(): Promise<readonly [number, number, number, number, number]> {
  const first = Number(process.env['ENGINES_PORT'] ?? 18100)
  if (!Number.isInteger(first) || first < 1 || first > 65_531) throw new Error('ENGINES_PORT must be a port')
  const ports = [first, first + 1, first + 2, first + 3, first + 4] as const
  for (const port of ports)
    if (await isPortTaken(port)) throw new Error(`port ${port} is taken; choose others with ENGINES_PORT`)
  return ports
}

async function buildApp(folder: string): Promise<void> {
  const { code, output } = await run(
    'npx',
    ['vite', 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'],
    { cwd: root },
  )
  if (code !== 0) throw new Error(`the app could not be built: ${output.slice(-2000)}`)
}

/** Runs it in a browser of its own, with an empty profile. */
async function inFreshBrowser<T>(engine: Engine, walk: (browser: Driver) => Promise<T>): Promise<T> {
  const remote = await engine.open()
  try {
    return await walk(new Driver(remote))
  } finally {
    await remote.close()
  }
}

async function main(name: string): Promise<number> {
  const [appPort, providerPort, resourcePort, plainPort, driverPort] = await freePorts()
  const starters = { firefox: startFirefox, webkit: () => startWebKit(driverPort) }
  const start = Object.entries(starters).find(([each]) => each === name)?.[1]
  if (!start) throw new Error(`choose one of ${Object.keys(starters).join(', ')}`)
  const engine = await start()
  if ('notRun' in engine) {
    print(`engines with ${name} was not run: ${engine.notRun}`)
    return 0
  }
  const closing: (() => Promise<unknown>)[] = [engine.close]
  const tally = new Tally(print)
  try {
    const built = await mkdtemp(join(tmpdir(), 'pkce-lens-engines-'))
    closing.push(() => rm(built, { recursive: true, force: true }))
    await buildApp(built)
    const otherOrigin = `http://127.0.0.1:${appPort}`
    const plainOrigin = `http://localhost:${plainPort}`
    // Short-lived tokens, so that the app's own timer can be watched.
    const demo: Demo = await startDemo({
      appPort,
      providerPort,
      resourcePort,
      serve: 'none',
      accessTokenSeconds: 24,
      extraAppOrigins: [otherOrigin, plainOrigin],
    })
    closing.push(demo.close)
    const app = await serveBuiltApp(built, appPort, { origins: [demo.issuer, demo.apiOrigin] })
    closing.push(app.close)
    app.configure(demo.config)
    const plain = await serveBuiltApp(
      built,
      plainPort,
      { origins: [demo.issuer, demo.apiOrigin] },
      {
        'Cross-Origin-Opener-Policy': 'unsafe-none',
      },
    )
    closing.push(plain.close)
    plain.configure(demo.config)
    const site = { demo, otherOrigin, backOrigin: engine.losesPagesOnBack ? plainOrigin : demo.appOrigin }
    print(engine.title)
    for (const { claim, walk } of journeys)
      await tally.check(claim, () => inFreshBrowser(engine, browser => walk(browser, site)))
    for (const [what, measure] of measurements) {
      const seen = inFreshBrowser(engine, browser => measure(browser, site))
      print(`fact  ${what}: ${await seen.catch(reason => `not measured, ${reason}`)}`)
    }
  } finally {
    for (const close of closing.reverse()) await close()
  }
  print(tally.closingLine())
  return tally.failed === 0 ? 0 : 1
}

await runProgram('engines', main)
