/** Requests and answers as data, so that an endpoint is a function from one to the other. */
import type { IncomingMessage } from 'node:http'
import type { Endpoint } from './switches.ts'

export interface LoggedRequest {
  readonly endpoint: Endpoint | 'unknown'
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** The query as it came, for duplicates. */
  readonly search: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export const json = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(body),
})

export const redirect = (location: string, status = 303): Answer => ({
  status,
  headers: { location },
  body: '',
})

/** @param link address of `Go on` */
export const page = (status: number, text: string, link?: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html><html lang="en"><title>Provider</title><h1>${text}</h1>${link === undefined ? '' : `<a href="${link.replaceAll('&', '&amp;')}">Go on</a>`}</html>`,
})

const wellKnown = '/.well-known/openid-configuration'
const paths = new Map<string, Endpoint>([
  ['/jwks', 'jwks'],
  ['/par', 'par'],
  ['/authorize', 'authorize'],
  ['/token', 'token'],
  ['/userinfo', 'userinfo'],
  ['/user/profile', 'profile'],
  ['/revoke', 'revoke'],
  ['/end_session', 'end_session'],
  ['/elsewhere', 'elsewhere'],
])

function endpointOf(path: string, issuerPath: string, body: string): Endpoint | 'unknown' {
  if (path === `${issuerPath.replace(/\/$/, '')}${wellKnown}`) return 'discovery'
  const endpoint = paths.get(path) ?? 'unknown'
  return endpoint === 'token' && new URLSearchParams(body).get('grant_type') === 'refresh_token'
    ? 'refresh'
    : endpoint
}

/** Reads one request to its end. @param issuerPath path of the issuer, below which the metadata is served */
export async function readRequest(
  incoming: IncomingMessage,
  origin: string,
  issuerPath: string,
): Promise<LoggedRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const body = Buffer.concat(chunks).toString()
  const url = new URL(incoming.url ?? '/', origin)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value)
  return {
    endpoint: endpointOf(url.pathname, issuerPath, body),
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    search: url.search,
    headers,
    body,
    at: Date.now(),
  }
}
