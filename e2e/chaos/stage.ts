/** What a chaos run stands on: the built app, the real provider in its own process, the fault proxy in front of it. */
import { type BrowserContext, test as base, expect } from '@playwright/test'
import { hostDist } from '../static-host.ts'
import { createFaultProxy, type FaultProxy } from './fault-proxy.ts'
import { type ProviderProcess, startProvider } from './provider.ts'
import { type Traffic, watchTraffic } from './traffic.ts'
import { createVirtualTime, type VirtualTime } from './virtual-time.ts'

interface Servers {
  readonly appOrigin: string
  readonly proxy: FaultProxy
  readonly provider: ProviderProcess
  readonly time: VirtualTime
}

export interface Scene extends Servers {
  readonly context: BrowserContext
  readonly traffic: Traffic
  /** Moves of the browser's clock that were not over when nobody waited for them any longer: a page hung. */
  readonly late: Promise<unknown>[]
}

const firstPort = 19_600
const workers = 10

/** Ports of one worker: app, provider, API, and the proxy in front of each of the two. */
function portsOf(worker: number) {
  const app = firstPort + (worker % workers) * 10
  return { app, provider: app + 1, api: app + 2, beforeProvider: app + 3, beforeApi: app + 4 }
}

/**
 * The browser finds the proxy at the very addresses of the provider and of the API, so neither knows about it:
 * issuer, cookies and redirects are the real ones.
 */
const mappedHosts = Array.from({ length: workers }, (_, worker) => portsOf(worker)).flatMap(ports => [
  `MAP localhost:${ports.provider} 127.0.0.1:${ports.beforeProvider}`,
  `MAP localhost:${ports.api} 127.0.0.1:${ports.beforeApi}`,
])

export const test = base.extend<{ scene: Scene }, { servers: Servers }>({
  // Twenty tabs are drawn by one processor: a small page that stands still.
  viewport: { width: 800, height: 600 },
  contextOptions: { reducedMotion: 'reduce' },
  launchOptions: [
    async ({ launchOptions }, use) => {
      const { args = [] } = launchOptions
      await use({ ...launchOptions, args: [...args, `--host-resolver-rules=${mappedHosts.join(', ')}`] })
    },
    { scope: 'worker' },
  ],
  servers: [
    async ({ browserName: _ }, use, { parallelIndex }) => {
      const ports = portsOf(parallelIndex)
      const time = createVirtualTime()
      const config = {
        issuer: `http://localhost:${ports.provider}`,
        client_id: 'pkce-lens',
        scope: 'openid profile email read_profile',
        profile_url: `http://localhost:${ports.api}/user/profile`,
      }
      const app = await hostDist(process.env['CHAOS_DIST'] ?? 'dist', ports.app, config)
      const provider = await startProvider(ports.provider, ports.api, ports.app)
      const routes = [
        { listen: ports.beforeProvider, to: ports.provider, api: false },
        { listen: ports.beforeApi, to: ports.api, api: true },
      ]
      const proxy = await createFaultProxy(routes, app.origin, time)
      await use({ appOrigin: app.origin, proxy, provider, time })
      await Promise.all([proxy.close(), provider.close(), app.close()])
    },
    { scope: 'worker' },
  ],
  scene: async ({ context, servers }, use) => {
    context.setDefaultTimeout(5_000)
    await context.clock.install({ time: servers.time.now() })
    servers.proxy.reset()
    const traffic = watchTraffic(context, servers.appOrigin, servers.time)
    await use({ ...servers, context, traffic, late: [] })
    servers.proxy.reset()
  },
})

export { expect }
