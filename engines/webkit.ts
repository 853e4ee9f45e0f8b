/** WebKitGTK: its MiniBrowser, driven by its WebKitWebDriver (W3C WebDriver over HTTP). */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDaemon } from '../interop/command.ts'
import { until } from '../interop/until.ts'
import { type Command, commands, type Engine, type NotRun, type Remote } from './commands.ts'
import { provide } from './debian.ts'
import { openDisplay } from './display.ts'

async function call(method: string, url: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
    signal: AbortSignal.timeout(60_000),
  })
  const answer: { value?: unknown } = Object(await response.json())
  if (response.ok) return answer.value
  const { error, message }: { error?: unknown; message?: unknown } = Object(answer.value)
  throw new Error(`${String(error)}: ${String(message)}`)
}

async function open(origin: string, browser: string): Promise<Remote & { version: string }> {
  const options = { binary: browser, args: ['--automation'] }
  const started: { sessionId?: unknown; capabilities?: unknown } = Object(
    await call('POST', `${origin}/session`, {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
    }),
  )
  const session = `${origin}/session/${String(started.sessionId)}`
  const { browserVersion }: { browserVersion?: unknown } = Object(started.capabilities)
  return {
    version: String(browserVersion),
    send: (command: Command, parameters = {}) => {
      const { method, path } = commands[command]
      return call(method, `${session}/${path.replace('{id}', String(parameters['id']))}`, parameters)
    },
    close: async () => void (await call('DELETE', session)),
  }
}

/** @param port for the driver */
export async function startWebKit(port: number): Promise<Engine | NotRun> {
  const miniBrowsers = ['x86_64-linux-gnu', 'aarch64-linux-gnu', 'arm-linux-gnueabihf'].flatMap(machine =>
    ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0'].map(
      version => `/usr/lib/${machine}/${version}/MiniBrowser`,
    ),
  )
  const found = await provide({
    programs: {
      driver: ['WebKitWebDriver'],
      browser: miniBrowsers,
      ...(process.env['DISPLAY'] ? {} : { screen: ['Xvfb'] }),
    },
    packages: ['webkit2gtk-driver', 'xvfb'],
  })
  if (typeof found === 'string') return { notRun: found }
  const browser = found.get('browser') ?? 'MiniBrowser'
  const home = await mkdtemp(join(tmpdir(), 'pkce-lens-webkit-'))
  const environment = {
    XDG_DATA_HOME: home,
    XDG_CACHE_HOME: home,
    // Drawing without a graphics card: its compositor crashes now and then in Mesa's software renderer.
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  }
  const display = await openDisplay(found.get('screen') ?? 'Xvfb')
  const driver = startDaemon(
    found.get('driver') ?? 'WebKitWebDriver',
    ['--host=127.0.0.1', `--port=${port}`],
    { cwd: home, env: { ...environment, DISPLAY: display.name, HOME: home } },
  )
  const close = async () => {
    await driver.stop()
    await display.close()
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  }
  const origin = `http://127.0.0.1:${port}`
  try {
    const ready = async () => Reflect.get(Object(await call('GET', `${origin}/status`)), 'ready') === true
    await until('WebKitWebDriver answers', ready, { within: 30_000, failed: driver.ended })
    const first = await open(origin, browser)
    await first.close()
    return {
      title: `WebKitGTK ${first.version} (MiniBrowser)`,
      losesPagesOnBack: true,
      open: () => open(origin, browser),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
