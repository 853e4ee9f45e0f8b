/** A proxy in front of the real servers: it passes everything on, except what a fault meets. */
import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Answer, bodyOf, forward, targetOf } from './forward.ts'
import type { Fault, Target } from './plan.ts'
import { spoil } from './spoil.ts'
import type { VirtualTime } from './virtual-time.ts'

export interface Passed {
  readonly target: Target
  /** Virtual milliseconds. */
  readonly at: number
  readonly preflight: boolean
  /** The fault that met it, or null. */
  readonly fault: Fault['kind'] | null
  /** What the real server answered; null when it was not asked or nobody heard the answer. */
  readonly status: number | null
}

export interface FaultProxy {
  readonly passed: readonly Passed[]
  /** Requests that are being worked on; those that hang are not among them. */
  working(): number
  hanging(): number
  /** How many requests ever came. */
  arrived(): number
  /** From now on these faults and no others; what hangs goes on hanging. */
  set(faults: readonly Fault[]): void
  /** One more, before the others. */
  add(fault: Fault): void
  setCookies(cookies: 'work' | 'hidden_in_frames' | 'blocked'): void
  /** No faults any more, and what hung is cut. */
  lift(): void
  /** As `lift`, and an empty log. */
  reset(): void
  close(): Promise<void>
}

export interface Route {
  readonly listen: number
  readonly to: number
  readonly api: boolean
}

/** @param routes where it listens, and the port of the real server behind each */
export async function createFaultProxy(
  routes: readonly Route[],
  appOrigin: string,
  time: VirtualTime,
): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true })
  const passed: Passed[] = []
  const hung = new Set<ServerResponse>()
  let working = 0
  let arrived = 0
  let cookies: 'work' | 'hidden_in_frames' | 'blocked' = 'work'
  let active: { fault: Fault; left: number }[] = []

  const meet = (target: Target, preflight: boolean): Fault | null => {
    const found = active.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.at === target || fault.at === 'everything') &&
        (!preflight || fault.kind === 'reset'),
    )
    if (!found) return null
    found.left -= 1
    return found.fault
  }

  async function handle(request: IncomingMessage, response: ServerResponse, route: Route): Promise<void> {
    const at = time.now()
    const body = await bodyOf(request)
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const target = targetOf(path, body, route.api)
    const preflight = request.method === 'OPTIONS'
    const fault = meet(target, preflight)
    const note = (status: number | null) =>
      passed.push({ target, at, preflight, fault: fault?.kind ?? null, status })
    const spoiled = async (answer: Answer | null) => {
      if (!fault) return false
      if (fault.kind === 'hang') {
        hung.add(response)
        response.once('close', () => hung.delete(response))
      }
      return spoil(fault, response, answer, appOrigin)
    }
    if (!fault?.afterwards && (await spoiled(null))) {
      note(null)
      return
    }
    const inFrame = request.headers['sec-fetch-dest'] === 'iframe'
    const withCookies = cookies === 'work' || (cookies === 'hidden_in_frames' && !inFrame)
    const answer = await forward(agent, { request, body, port: route.to, withCookies }).catch(() => null)
    note(answer?.status ?? null)
    if (!answer) response.destroy()
    else if (!(await spoiled(answer))) {
      if (cookies === 'blocked') delete answer.headers['set-cookie']
      response.writeHead(answer.status, answer.headers).end(answer.body)
    }
  }

  const servers = await Promise.all(
    routes.map(async route => {
      const server = createServer((request, response) => {
        working += 1
        arrived += 1
        handle(request, response, route)
          .catch(() => response.destroy())
          .finally(() => {
            working -= 1
          })
      })
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(route.listen, '127.0.0.1', resolve)
      })
      return server
    }),
  )

  const lift = () => {
    active = []
    cookies = 'work'
    for (const response of hung) response.destroy()
  }
  return {
    passed,
    working: () => working,
    hanging: () => hung.size,
    arrived: () => arrived,
    set: faults => {
      active = faults.map(fault => ({ fault, left: fault.times }))
    },
    add: fault => {
      active.unshift({ fault, left: fault.times })
    },
    setCookies: chosen => {
      cookies = chosen
    },
    lift,
    reset: () => {
      lift()
      passed.length = 0
    },
    close: async () => {
      agent.destroy()
      await Promise.all(
        servers.map(
          server =>
            new Promise<void>(resolve => {
              server.close(() => resolve())
              server.closeAllConnections()
            }),
        ),
      )
    },
  }
}
