/** Listening on `localhost` in both senses, IPv4 and IPv6, so that nobody else can answer under the same name. */

import { createServer, type RequestListener, type Server } from 'node:http'
import { connect } from 'node:net'

export interface RunningServer {
  close(): Promise<void>
}

const hosts = ['127.0.0.1', '::1'] as const

function listen(listener: RequestListener, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(listener)
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}

function stop(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function codeOf(error: unknown): unknown {
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

/** True when something answers there, or the port cannot be taken. */
export async function isPortTaken(port: number): Promise<boolean> {
  if ((await Promise.all(hosts.map(host => answers(port, host)))).includes(true)) return true
  try {
    const server = await listenOnLoopback(() => {}, port)
    await server.close()
    return false
  } catch {
    return true
  }
}

/**
 * Starts a server on 127.0.0.1 and, where the machine has it, on ::1.
 * @throws Error with code `EADDRINUSE` when the port is taken
 */
export async function listenOnLoopback(listener: RequestListener, port: number): Promise<RunningServer> {
  const servers: Server[] = []
  const close = async () => {
    await Promise.all(servers.map(stop))
  }
  for (const host of hosts)
    try {
      servers.push(await listen(listener, port, host))
    } catch (error) {
      const noIpv6 = host === '::1' && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(String(codeOf(error)))
      if (!noIpv6) {
        await close()
        throw error
      }
    }
  return { close }
}
