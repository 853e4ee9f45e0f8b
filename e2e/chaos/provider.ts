/** The real provider and API in a process that can be given another time and can forget everything. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface ProviderProcess {
  /** Its clock is ahead by so many milliseconds. */
  setClock(ahead: number): Promise<void>
  /** Stops and starts again with an empty memory and new keys. */
  restart(): Promise<void>
  close(): Promise<void>
}

export async function startProvider(
  port: number,
  resourcePort: number,
  appPort: number,
): Promise<ProviderProcess> {
  const file = fileURLToPath(new URL('./provider-process.ts', import.meta.url))
  const child = fork(file, [port, resourcePort, appPort].map(String), { execArgv: ['--import', 'tsx'] })
  let hear = (_word: unknown) => {}
  const heard = () =>
    new Promise<unknown>(resolve => {
      hear = resolve
    })
  child.on('message', word => hear(word))
  child.once('exit', () => hear('it ended'))
  const done = async (answer: Promise<unknown>) => {
    const word = await answer
    if (word !== 'done') throw new Error(`the provider process: ${String(word)}`)
  }
  await done(heard())
  let last: Promise<void> = Promise.resolve()
  // One order at a time: the answers carry no number.
  const order = (message: { clock: number } | { restart: true }): Promise<void> => {
    last = last.then(() => {
      const answer = heard()
      child.send(message)
      return done(answer)
    })
    return last
  }
  return {
    setClock: ahead => order({ clock: ahead }),
    restart: () => order({ restart: true }),
    close: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
