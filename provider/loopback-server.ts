/** Listening on `localhost` in both senses, IPv4 and IPv6, so that nobody else can answer under the same name. */

import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { connect } from 'node:net'
import { targetUrl } from './request-target.ts'

export interface RunningServer {
  close(): Promise<void>
}

/** Answers a request, now or later. `url` is the address that is asked for. */
export type Answering = (request: IncomingMessage, response: ServerResponse, url: URL) => unknown

const hosts = ['127.0.0.1', '::1'] as const

/**
 * Node ends the process when a listener throws or its promise is rejected, and any page can send a request here with
 * an `<img>`. So a target that is no address is refused before anybody reads it, and a failure costs its own request.
 */
function guarded(answer: Answering, port: number): RequestListener {
  return async (request, response) => {
    try {
      const url = targetUrl(request.url, `http://localhost:${port}`)
      if (url) await answer(request, response, url)
      else response.writeHead(400).end()
    } catch (error) {
      console.error(error)
      // Half an answer that is ended properly would look like a whole one.
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    }
  }
}

function listen(listener: RequestListener, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(listener)
    // Stays after the start: an error that nobody listens to, such as too many open files, would end the process.
    server.on('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}

function stop(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function answers(port: number, host: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ port, host })
    const settle = (answered: boolean) => {
      socket.destroy()
      resolve(answered)
    }
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
}

/**
 * True when something answers there, or listens without answering.
 * @throws Error when the port cannot be had for another reason, such as code `EACCES`: more rights are needed
 */
export async function isPortTaken(port: number): Promise<boolean> {
  if ((await Promise.all(hosts.map(host => answers(port, host)))).includes(true)) return true
  try {
    const server = await listenOnLoopback(() => {}, port)
    await server.close()
    return false
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return true
    throw error
  }
}

/**
 * Starts a server on 127.0.0.1 and, where the machine has it, on ::1.
 * @throws Error with code `EADDRINUSE` when the port is taken
 */
export async function listenOnLoopback(answer: Answering, port: number): Promise<RunningServer> {
  const servers: Server[] = []
  const close = async () => {
    await Promise.all(servers.map(stop))
  }
  for (const host of hosts)
    try {
      servers.push(await listen(guarded(answer, port), port, host))
    } catch (error) {
      const noIpv6 = host === '::1' && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(String(codeOf(error)))
      if (!noIpv6) {
        await close()
        throw error
      }
    }
  return { close }
}
