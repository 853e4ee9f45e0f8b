/** Firefox, over Marionette: the socket of its own that geckodriver would speak to as well. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, startDaemon } from '../interop/command.ts'
import { until } from '../interop/until.ts'
import { type Command, commands, type Engine, type NotRun, type Remote } from './commands.ts'
import { provide } from './debian.ts'

/** No port of our choice, no traffic of its own. */
const preferences: Readonly<Record<string, string | number | boolean>> = {
  'marionette.port': 0,
  'app.update.enabled': false,
  'app.normandy.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'intl.accept_languages': 'en-GB',
}

/** Splits `length:json` packets; bytes are counted, not letters. */
function packets(socket: Socket, receive: (message: unknown) => void): void {
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const colon = rest.indexOf(':')
      const end = colon + 1 + Number(rest.subarray(0, Math.max(colon, 0)).toString())
      if (colon < 0 || rest.length < end) return
      const message: unknown = JSON.parse(rest.subarray(colon + 1, end).toString())
      rest = rest.subarray(end)
      receive(message)
    }
  })
}

interface Marionette {
  call(name: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown>
  end(): void
}

interface Call {
  readonly done: (value: unknown) => void
  readonly fail: (error: Error) => void
}

function hasValue(result: unknown): result is { readonly value: unknown } {
  return typeof result === 'object' && result !== null && 'value' in result
}

function speak(socket: Socket): Marionette {
  const waiting = new Map<unknown, Call>()
  let last = 0
  packets(socket, message => {
    if (!Array.isArray(message)) return
    const [, id, error, result]: unknown[] = message
    const call = waiting.get(id)
    waiting.delete(id)
    if (error !== null) {
      const { error: code, message: words }: { error?: unknown; message?: unknown } = Object(error)
      call?.fail(new Error(`${String(code)}: ${String(words)}`))
    } else call?.done(hasValue(result) ? result.value : result)
  })
  socket.on('close', () => {
    for (const { fail } of waiting.values()) fail(new Error('Firefox closed the connection'))
    waiting.clear()
  })
  return {
    call: (name, parameters) =>
      new Promise((done, fail) => {
        last += 1
        waiting.set(last, { done, fail })
        const text = JSON.stringify([0, last, name, parameters])
        socket.write(`${Buffer.byteLength(text)}:${text}`)
      }),
    end: () => socket.destroy(),
  }
}

async function connectTo(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}

async function open(program: string): Promise<Remote> {
  const profile = await mkdtemp(join(tmpdir(), 'pkce-lens-firefox-'))
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  )
  await writeFile(join(profile, 'user.js'), `${lines.join('\n')}\n`)
  const browser = startDaemon(program, ['--headless', '--marionette', '--no-remote', '--profile', profile], {
    cwd: profile,
  })
  const close = async () => {
    await browser.stop()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    let port = 0
    await until(
      'Firefox opens its Marionette socket',
      async () => {
        port = Number(await readFile(join(profile, 'MarionetteActivePort'), 'utf8'))
        return port > 0
      },
      { within: 60_000, failed: browser.ended },
    )
    const marionette = speak(await connectTo(port))
    await marionette.call('WebDriver:NewSession', { capabilities: { alwaysMatch: {} } })
    return {
      send: (command: Command, parameters = {}) => marionette.call(commands[command].marionette, parameters),
      close: async () => {
        marionette.end()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

export async function startFirefox(): Promise<Engine | NotRun> {
  const found = await provide({
    programs: { firefox: ['firefox-esr', 'firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'] },
    packages: ['firefox-esr'],
  })
  if (typeof found === 'string') return { notRun: found }
  const program = found.get('firefox') ?? 'firefox'
  const version = await run(program, ['--version'])
  return {
    title: version.output.trim().split('\n').at(-1) ?? 'Firefox',
    losesPagesOnBack: false,
    open: () => open(program),
    close: async () => {},
  }
}
