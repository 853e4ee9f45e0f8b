/** What all measures stand on: the built app, the demo provider, the floor, the waiting servers, two browsers. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { type Demo, startDemo } from '../provider/demo.ts'
import { browserFlags, findBrowser } from '../scripts/browser.ts'
import { type DelayProxy, startDelayProxy } from './delay-proxy.ts'
import { buildApp, buildPage, floorFolder, serve } from './site.ts'

/** Milliseconds that each request to the provider or its API waits. */
export const delay = 100

export const ports = {
  app: 19700,
  provider: 19701,
  api: 19702,
  floor: 19703,
  peer: 19704,
  floorApart: 19705,
  otherSite: 19706,
  client: 19707,
  lens: 19708,
  scripted: 19709,
  memory: 19710,
  slowProvider: 19711,
  slowApi: 19712,
} as const

export const originOf = (port: number): string => `http://localhost:${port}`
/** The same app under a name that is another site than the provider's. */
export const otherSiteOrigin = `http://127.0.0.1:${ports.otherSite}`

export interface Stage {
  readonly demo: Demo
  /** The built app. */
  readonly dist: string
  /** Names of the scripts that the start page needs for a usable button. */
  readonly needed: readonly string[]
  /** A folder that is removed at the end. */
  readonly temporary: string
  readonly fast: Browser
  /** Its requests to the provider and the API wait. */
  readonly slow: Browser
  readonly proxies: readonly DelayProxy[]
  onClose(run: () => Promise<void>): void
  close(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const run of closers.splice(0).reverse()) await run()
  }
  try {
    const temporary = await mkdtemp(join(tmpdir(), 'pkce-lens-bench-'))
    closers.push(() => rm(temporary, { recursive: true, force: true }))
    const dist = join(temporary, 'app')
    const needed = await buildApp(dist)
    await buildPage('client-page', join(temporary, 'client'))
    await buildPage('lens-page', join(temporary, 'lens'))
    const pages = [ports.floor, ports.floorApart, ports.peer, ports.client]
    const demo = await startDemo({
      serve: 'none',
      appPort: ports.app,
      providerPort: ports.provider,
      resourcePort: ports.api,
      extraAppOrigins: [...pages.map(originOf), otherSiteOrigin],
    })
    closers.push(demo.close)
    const { config } = demo
    closers.push(await serve({ folder: dist, port: ports.app, config, asApp: true }))
    closers.push(await serve({ folder: dist, port: ports.otherSite, host: '127.0.0.1', config, asApp: true }))
    closers.push(await serve({ folder: floorFolder, port: ports.floor, config }))
    closers.push(await serve({ folder: floorFolder, port: ports.floorApart, config, apart: true }))
    closers.push(await serve({ folder: join(temporary, 'client'), port: ports.client, config }))
    closers.push(await serve({ folder: join(temporary, 'lens'), port: ports.lens }))
    const proxies = [
      await startDelayProxy({ port: ports.slowProvider, target: ports.provider, delay }),
      await startDelayProxy({ port: ports.slowApi, target: ports.api, delay }),
    ]
    closers.push(...proxies.map(each => each.close))
    const rule = (from: number, to: number) => `MAP localhost:${from} 127.0.0.1:${to}`
    const rules = [rule(ports.provider, ports.slowProvider), rule(ports.api, ports.slowApi)]
    const launch = (more: string[]) =>
      chromium.launch({
        executablePath: findBrowser(),
        // A person's browser keeps the page that is left and takes it apart later; the driver switches that off.
        ignoreDefaultArgs: ['--disable-back-forward-cache'],
        args: [...browserFlags, '--enable-precise-memory-info', ...more],
      })
    const fast = await launch([])
    closers.push(() => fast.close())
    const slow = await launch([`--host-resolver-rules=${rules.join(', ')}`])
    closers.push(() => slow.close())
    return {
      demo,
      dist,
      needed,
      temporary,
      fast,
      slow,
      proxies,
      onClose: run => void closers.push(run),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
