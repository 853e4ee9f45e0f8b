/** A screen for a browser without a headless mode: the one there is, else Xvfb on a number of its own choice. */
import { spawn } from 'node:child_process'

export interface Display {
  /** What `DISPLAY` must say. */
  readonly name: string
  close(): Promise<void>
}

export async function openDisplay(program: string): Promise<Display> {
  const there = process.env['DISPLAY']
  if (there) return { name: there, close: async () => {} }
  // It takes a free number and writes it to descriptor 3 when it is ready.
  const server = spawn(program, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const reap = () => server.kill('SIGKILL')
  process.once('exit', reap)
  const closed = new Promise<void>(resolve => server.once('close', () => resolve()))
  const number = await new Promise<string>((resolve, reject) => {
    let text = ''
    server.once('error', reject)
    server.once('close', () => reject(new Error('Xvfb ended before it was ready')))
    server.stdio[3]?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.endsWith('\n')) resolve(text.trim())
    })
  })
  return {
    name: `:${number}`,
    close: async () => {
      server.kill('SIGTERM')
      await closed
      process.off('exit', reap)
    },
  }
}
