/** A request goes on to the real server, and what it answers comes back whole. */
import { type Agent, request as ask, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { Target } from './plan.ts'

export interface Answer {
  readonly status: number
  readonly headers: Record<string, string | string[]>
  readonly body: Buffer
}

export interface Forwarded {
  readonly request: IncomingMessage
  readonly body: Buffer
  /** Of the real server, on loopback. */
  readonly port: number
  readonly withCookies: boolean
}

export function forward(agent: Agent, { body, port, request, withCookies }: Forwarded): Promise<Answer> {
  const { cookie, ...others } = request.headers
  const headers = { ...others, ...(cookie === undefined || !withCookies ? {} : { cookie }) }
  const options = { agent, host: '127.0.0.1', port, path: request.url, method: request.method, headers }
  return new Promise((resolve, reject) => {
    ask(options, reply => {
      bodyOf(reply).then(
        text => resolve({ status: reply.statusCode ?? 502, headers: plain(reply.headers), body: text }),
        reject,
      )
    })
      .once('error', reject)
      .end(body)
  })
}

/** Headers of the connection belong to the connection; the length is the body's own. */
function plain(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !/^(connection|keep-alive|transfer-encoding)$/.test(name)) kept[name] = value
  return kept
}

export async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of message) if (part instanceof Uint8Array) parts.push(part)
  return Buffer.concat(parts)
}

export function targetOf(path: string, body: Buffer, api: boolean): Target {
  if (path === '/') return 'reach'
  if (api) return path.startsWith('/avatars/') ? 'pages' : 'api'
  if (path.startsWith('/.well-known/')) return 'discovery'
  if (path === '/jwks') return 'keys'
  if (path.startsWith('/authorize')) return 'authorize'
  if (path === '/token') return body.includes('grant_type=refresh_token') ? 'refresh' : 'exchange'
  if (path === '/revoke') return 'revoke'
  if (path.startsWith('/logout')) return 'logout'
  return 'pages'
}
