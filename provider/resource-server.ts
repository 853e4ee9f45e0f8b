/** The demo API: `GET /user/profile` and `GET /user/orders`, for whoever brings a good access token. */
import type { IncomingMessage } from 'node:http'
import { createAccounts, type DemoAccount } from './accounts.ts'
import { type AcceptedToken, judgeAccessToken, KeysUnreadable, publishedKeys } from './api/access-token.ts'
import { avatar } from './api/avatars.ts'
import { ProofJudge } from './api/dpop-proof.ts'
import { Refusal, type Scheme, wwwAuthenticate } from './api/refusal.ts'
import { corsHeaders, preflightHeaders } from './cors.ts'
import { listenOnLoopback, type RunningServer } from './loopback-server.ts'
import { apiOf, appOrigins, type DemoOptions, issuerOf } from './options.ts'
import { RequestLog } from './request-log.ts'
import { Weaknesses } from './weaknesses.ts'

export interface ResourceServer extends RunningServer {
  readonly origin: string
  readonly log: RequestLog
}

interface Resource {
  /** Scope that opens it. */
  readonly scope: string
  read(account: DemoAccount): unknown
}

const resources: Readonly<Record<string, Resource>> = {
  '/user/profile': {
    scope: 'read_profile',
    read: account => ({ sub: account.sub, ...account.claims, ...account.apiOnly }),
  },
  '/user/orders': { scope: 'read_orders', read: account => ({ sub: account.sub, orders: account.orders }) },
}

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

interface Presented {
  readonly scheme: Scheme
  readonly token: string
}

/** Finds the token in the request. @throws Refusal when there is none, or more than one way was used (RFC 6750 §2) */
function presentedToken(request: IncomingMessage, query: URLSearchParams, weaknesses: Weaknesses): Presented {
  const header = request.headers.authorization
  const inQuery = query.get('access_token')
  if (header !== undefined && inQuery !== null)
    throw new Refusal(400, 'invalid_request', 'the access token came in two ways')
  if (inQuery !== null) {
    if (weaknesses.has('api_accepts_query_token')) return { scheme: 'Bearer', token: inQuery }
    throw new Refusal(
      400,
      'invalid_request',
      'the access token must come in the Authorization header, never in the URL',
    )
  }
  if (header === undefined) throw new Refusal(401, null, 'an access token is needed')
  const [, name = '', token = ''] = /^(\S+)\s+(\S+)$/.exec(header) ?? []
  const scheme = name.toLowerCase()
  if (scheme !== 'bearer' && scheme !== 'dpop')
    throw new Refusal(401, null, 'the Authorization header holds no access token')
  return { scheme: scheme === 'dpop' ? 'DPoP' : 'Bearer', token }
}

/** Starts the API on localhost. @throws Error with code `EADDRINUSE` when the port is taken */
export async function createResourceServer(
  options: DemoOptions,
  log: RequestLog = new RequestLog(),
): Promise<ResourceServer> {
  const weaknesses = options.weaknesses ?? new Weaknesses()
  const origin = apiOf(options.resourcePort)
  const origins = appOrigins(options)
  const accounts = createAccounts(origin)
  const identity = { issuer: issuerOf(options.port), audience: origin }
  const keys = publishedKeys(identity.issuer)
  const proofs = new ProofJudge(weaknesses, options.dpopNonce === true)

  const authorize = async (
    request: IncomingMessage,
    path: string,
    { scheme, token }: Presented,
    scope: string,
  ): Promise<AcceptedToken> => {
    const accepted = await judgeAccessToken(token, identity, keys, weaknesses)
    const { boundKey } = accepted
    if (boundKey === null && scheme === 'DPoP')
      throw new Refusal(401, 'invalid_token', 'the access token is not bound to a key')
    const unbound = scheme === 'Bearer' || request.headers['dpop'] === undefined
    if (boundKey !== null && !(unbound && weaknesses.has('dpop_not_required'))) {
      if (scheme === 'Bearer')
        throw new Refusal(401, 'invalid_token', 'the access token is bound to a key: use the DPoP scheme')
      await proofs.judge({
        method: request.method ?? 'GET',
        url: `${origin}${path}`,
        accessToken: token,
        boundKey,
        proofs: request.headersDistinct['dpop'] ?? [],
      })
    }
    if (!accepted.scopes.has(scope) && !weaknesses.has('api_ignores_scope'))
      throw new Refusal(403, 'insufficient_scope', `the access token lacks the scope ${scope}`, scope)
    return accepted
  }

  const readResource = async (request: IncomingMessage, url: URL, resource: Resource): Promise<Answer> => {
    const headers: Record<string, string> = { 'Cache-Control': 'no-store' }
    const nonce = proofs.nonce()
    if (nonce !== null && request.headers['dpop'] !== undefined) headers['DPoP-Nonce'] = nonce
    let scheme: Scheme = request.headers['dpop'] === undefined ? 'Bearer' : 'DPoP'
    try {
      const presented = presentedToken(request, url.searchParams, weaknesses)
      scheme = presented.scheme
      const { sub } = await authorize(request, url.pathname, presented, resource.scope)
      const account = accounts.find(each => each.sub === sub)
      if (!account) throw new Refusal(401, 'invalid_token', 'nobody has this account any more')
      return { status: 200, headers, body: resource.read(account) }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      headers['WWW-Authenticate'] = wwwAuthenticate(error, scheme, origin)
      return {
        status: error.status,
        headers,
        body: { error: error.code ?? 'unauthorized', error_description: error.message },
      }
    }
  }

  const answer = async (request: IncomingMessage, url: URL): Promise<Answer> => {
    const resource = resources[url.pathname]
    const picture = avatar(/^\/avatars\/(\w+)\.svg$/.exec(url.pathname)?.[1] ?? '')
    if (request.method === 'OPTIONS')
      return {
        status: 204,
        headers: { ...preflightHeaders(request.headers.origin, origins, 'GET'), Vary: 'Origin' },
      }
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return { status: 405, headers: { Allow: 'GET, HEAD, OPTIONS' }, body: { error: 'method_not_allowed' } }
    if (resource) return readResource(request, url, resource)
    if (picture)
      return {
        status: 200,
        headers: { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'max-age=300' },
        body: picture,
      }
    if (url.pathname === '/')
      return {
        status: 200,
        body: { name: 'PKCE Lens demo API', issuer: identity.issuer, resources: Object.keys(resources) },
      }
    return { status: 404, body: { error: 'not_found' } }
  }

  const server = await listenOnLoopback(async (request, response, url) => {
    const at = Date.now()
    const { body, headers, status } = await answer(request, url).catch((error: unknown): Answer => {
      if (!(error instanceof KeysUnreadable)) throw error
      return { status: 503, body: { error: 'temporarily_unavailable', error_description: error.message } }
    })
    response.writeHead(status, {
      ...(typeof body === 'object' ? { 'Content-Type': 'application/json; charset=utf-8' } : {}),
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Origin',
      ...headers,
      ...(request.method === 'OPTIONS' ? {} : corsHeaders(request.headers.origin, origins)),
    })
    response.end(
      body === undefined || request.method === 'HEAD'
        ? undefined
        : typeof body === 'string'
          ? body
          : JSON.stringify(body),
    )
    if (url.pathname.startsWith('/avatars/')) return
    log.add({
      at,
      server: 'resource',
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      form: new URLSearchParams(),
      origin: request.headers.origin ?? null,
      authorization: request.headers.authorization?.split(' ')[0] ?? null,
      status,
    })
  }, options.resourcePort)
  return { origin, log, close: server.close }
}
