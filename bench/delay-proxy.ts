/**
 * A server in front of another one, which waits before it passes each request on, preflights too. The browser is
 * told by a resolver rule to come here, so addresses, issuer and cookies stay what they were.
 */
import { Agent, request as ask, createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

export interface Passed {
  readonly method: string
  readonly path: string
  /** Wall clock, milliseconds, when it arrived here. */
  readonly from: number
  /** When the answer began to be passed back: before anybody in the page can have read it. */
  readonly to: number
}

export interface DelayProxy {
  readonly passed: Passed[]
  close(): Promise<void>
}

export interface Place {
  readonly port: number
  /** Where the real server is, on 127.0.0.1. */
  readonly target: number
  /** Milliseconds. */
  readonly delay: number
}

const now = () => performance.timeOrigin + performance.now()

export function startDelayProxy({ port, target, delay }: Place): Promise<DelayProxy> {
  const passed: Passed[] = []
  const agent = new Agent({ keepAlive: true })
  const server = createServer(async (request, response) => {
    const from = now()
    await wait(delay)
    const { headers, method = 'GET', url: path = '/' } = request
    const forward = ask({ host: '127.0.0.1', port: target, agent, method, path, headers }, answer => {
      passed.push({ method, path, from, to: now() })
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    forward.on('error', () => response.destroy())
    request.pipe(forward)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () =>
      resolve({
        passed,
        close: () =>
          new Promise(done => {
            agent.destroy()
            server.close(() => done())
            server.closeAllConnections()
          }),
      }),
    )
  })
}

/** Length of the longest chain in which each request began after the one before it had ended. */
export function inSeries(requests: readonly Passed[]): number {
  const depth = new Map<Passed, number>()
  const ordered = requests.toSorted((a, b) => a.from - b.from)
  for (const each of ordered) {
    const before = ordered.filter(other => other.to <= each.from).map(other => depth.get(other) ?? 0)
    depth.set(each, 1 + Math.max(0, ...before))
  }
  return Math.max(0, ...depth.values())
}
