/** Serving the app beside the demo provider, with the runtime configuration of this start. */
import type { IncomingMessage } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { InlineConfig, PluginOption } from 'vite'
import { targetUrl } from './request-target.ts'

export type AppConfig = Readonly<Record<string, string>>

const root = fileURLToPath(new URL('..', import.meta.url))

interface Answer {
  statusCode: number
  setHeader(name: string, value: string): unknown
  end(body: string): unknown
}

interface WebServer {
  readonly httpServer: {
    prependListener(event: 'request', hear: (request: IncomingMessage) => void): unknown
  } | null
  readonly middlewares: {
    use(path: string, handle: (request: IncomingMessage, answer: Answer, next: () => void) => void): unknown
  }
}

/**
 * Answers 400 to a request line that names no address. Vite's router reads the line before any handler runs and throws
 * where nobody catches, which would end the process; so it gets to see another line.
 */
function refuseUnreadable(): PluginOption {
  const unreadable = new WeakSet<IncomingMessage>()
  const install = ({ httpServer, middlewares }: WebServer) => {
    httpServer?.prependListener('request', request => {
      if (targetUrl(request.url, 'http://localhost')) return
      unreadable.add(request)
      request.url = '/'
    })
    middlewares.use('/', (request, answer, next) => {
      if (!unreadable.has(request)) {
        next()
        return
      }
      answer.statusCode = 400
      answer.end('')
    })
  }
  return { name: 'refuse-unreadable', configureServer: install, configurePreviewServer: install }
}

/** Answers `/config.json` with this configuration instead of the file of the defaults. */
function serveConfig(config: AppConfig): PluginOption {
  const install = ({ middlewares }: WebServer) => {
    middlewares.use('/config.json', (_request, answer) => {
      answer.setHeader('Content-Type', 'application/json')
      answer.setHeader('Cache-Control', 'no-store')
      answer.end(JSON.stringify(config, null, 2))
    })
  }
  return { name: 'demo-config', configureServer: install, configurePreviewServer: install }
}

/**
 * Starts Vite: the app from source (`dev`) or as built (`dist`).
 * @returns how to stop it
 */
export async function serveApp(
  serve: 'dev' | 'dist',
  port: number,
  config: AppConfig,
): Promise<() => Promise<void>> {
  const vite = await import('vite')
  const address = { host: 'localhost', port, strictPort: true }
  const plugins = [refuseUnreadable(), serveConfig(config)]
  const shared: InlineConfig = { root, plugins, logLevel: 'error', clearScreen: false }
  if (serve === 'dist') {
    const preview = await vite.preview({ ...shared, preview: address })
    return () => preview.close()
  }
  const server = await vite.createServer({ ...shared, server: address })
  await server.listen()
  return () => server.close()
}
