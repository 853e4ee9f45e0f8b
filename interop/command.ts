import { type ChildProcess, spawn } from 'node:child_process'
import { setPriority } from 'node:os'

export interface Finished {
  readonly code: number
  readonly output: string
}

/** Runs a command to its end. A command that is not installed finishes with code 127. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Finished> {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString('utf8')
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', error => resolve({ code: 127, output: error.message }))
    child.on('close', code => resolve({ code: code ?? 1, output }))
  })
}

export interface Daemon {
  /** A sentence when the process has ended, null while it runs. */
  readonly ended: () => string | null
  readonly log: () => string
  readonly stop: () => Promise<void>
}

/** Tells the whole process group, since a start script leaves children behind. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Starts a server in a process group of its own, at low priority, and keeps the end of its log. */
export function startDaemon(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Daemon {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (child.pid !== undefined) setPriority(child.pid, 10)
  // Whatever ends this process, the server does not outlive it.
  const reap = () => signalGroup(child, 'SIGKILL')
  process.once('exit', reap)
  let log = ''
  let ended: string | null = null
  const keep = (chunk: Buffer) => {
    log = (log + chunk.toString('utf8')).slice(-20_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.on('error', error => {
    ended = `${command} could not be started: ${error.message}`
  })
  const closed = new Promise<void>(resolve => {
    child.on('close', code => {
      process.off('exit', reap)
      ended ??= `${command} ended with code ${code ?? 'none'}: ${log.trim().split('\n').slice(-3).join(' · ')}`
      resolve()
    })
  })
  return {
    ended: () => ended,
    log: () => log,
    stop: async () => {
      if (ended !== null) return
      signalGroup(child, 'SIGTERM')
      const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), 10_000)
      await closed
      clearTimeout(insist)
    },
  }
}
