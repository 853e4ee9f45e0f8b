/** Serving the app beside the demo provider, with the runtime configuration of this start. */
import { fileURLToPath } from 'node:url'
import type { InlineConfig, PluginOption } from 'vite'

export type AppConfig = Readonly<Record<string, string>>

const root = fileURLToPath(new URL('..', import.meta.url))

interface ConfigAnswer {
  setHeader(name: string, value: string): unknown
  end(body: string): unknown
}

interface WebServer {
  readonly middlewares: {
    use(path: string, handle: (request: unknown, answer: ConfigAnswer) => void): unknown
  }
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
  const shared: InlineConfig = { root, plugins: [serveConfig(config)], logLevel: 'error', clearScreen: false }
  if (serve === 'dist') {
    const preview = await vite.preview({ ...shared, preview: address })
    return () => preview.close()
  }
  const server = await vite.createServer({ ...shared, server: address })
  await server.listen()
  return () => server.close()
}
