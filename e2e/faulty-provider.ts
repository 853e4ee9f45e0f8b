/**
 * A real, small OpenID provider whose faults are switches (`faults.ts`). It signs real ID tokens, compares the real
 * verifier, spends codes and rotates refresh tokens. Whoever comes is Alice: signing in is not its subject.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { type Endpoint, type Fault, type FaultName, faultOf, type Refusal } from './faults.ts'

interface Grant {
  readonly clientId: string
  readonly redirectUri: string
  readonly challenge: string
  readonly nonce: string | null
  readonly scope: string
}

export interface FaultyProvider {
  issuer(fault: FaultName): string
  /** Requests so far, oldest first: `POST /none/token`. */
  readonly log: readonly string[]
  /** Codes that came to a token endpoint, oldest first, each as often as it came. */
  readonly codes: readonly string[]
  close(): Promise<void>
}

const known: readonly string[] = ['discovery', 'par', 'keys', 'auth', 'token', 'userinfo', 'revoke', 'logout']
const isEndpoint = (name: string): name is Endpoint => known.includes(name)

export async function startFaultyProvider(port: number): Promise<FaultyProvider> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid: 'one', use: 'sig', alg: 'ES256' }
  const grants = new Map<string, Grant>()
  const refreshTokens = new Map<string, Grant>()
  const accessTokens = new Set<string>()
  const log: string[] = []
  const codes: string[] = []

  const issuerOf = (name: string) => `http://localhost:${port}/${name}`

  async function tokens(fault: Fault, issuer: string, grant: Grant) {
    const now = Math.floor(Date.now() / 1000) + (fault.clockAhead ?? 0)
    const idToken = await new SignJWT({
      name: 'Alice Åström',
      email: 'alice@example.com',
      ...(grant.nonce === null ? {} : { nonce: grant.nonce }),
      ...fault.idTokenClaims?.(now),
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer(issuer)
      .setSubject('alice')
      .setAudience([grant.clientId, ...(fault.otherAudiences ?? [])])
      .setIssuedAt(now)
      .setExpirationTime(now + 300)
      .sign(privateKey)
    const header = {
      alg: 'ES256',
      kid: 'one',
      ...(fault.accessToken === 'graph' ? { nonce: 'hashed-before-signing' } : {}),
    }
    const accessToken =
      fault.accessToken === 'jwt' || fault.accessToken === 'graph'
        ? await new SignJWT({ scope: grant.scope })
            .setProtectedHeader(header)
            .setIssuer(issuer)
            .setJti(randomUUID())
            .sign(privateKey)
        : randomUUID()
    accessTokens.add(accessToken)
    const refreshToken = randomUUID()
    refreshTokens.set(refreshToken, grant)
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 300,
      scope: grant.scope,
      ...(fault.withoutIdToken ? {} : { id_token: idToken }),
      ...(fault.withoutRefreshToken || !grant.scope.includes('offline_access')
        ? {}
        : { refresh_token: refreshToken }),
    }
  }

  async function token(fault: Fault, issuer: string, request: IncomingMessage, send: Send): Promise<void> {
    const form = new URLSearchParams(await bodyOf(request))
    codes.push(...form.getAll('code'))
    const refuse = (refusal: Refusal) =>
      send(refusal.status, { error: refusal.error, error_description: refusal.description })
    if (fault.tokenStatus) return send(fault.tokenStatus, 'Method not allowed')
    const renewal = form.get('grant_type') === 'refresh_token'
    const planned = fault.refuseToken
    const applies = planned && (!planned.only || (planned.only === 'exchange' ? form.has('code') : renewal))
    if (applies) return refuse(planned)
    const key = form.get(renewal ? 'refresh_token' : 'code') ?? ''
    const store = renewal ? refreshTokens : grants
    if (!renewal && !form.has('code'))
      return refuse({ status: 400, error: 'invalid_request', description: 'code is missing' })
    const grant = store.get(key)
    store.delete(key)
    if (!grant || grant.clientId !== form.get('client_id'))
      return refuse({ status: 400, error: 'invalid_grant', description: 'unknown or used' })
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (!renewal && (challenge !== grant.challenge || form.get('redirect_uri') !== grant.redirectUri))
      return refuse({ status: 400, error: 'invalid_grant', description: 'verifier or address differs' })
    return send(200, await tokens(fault, issuer, grant))
  }

  function authorize(fault: Fault, issuer: string, query: URLSearchParams, response: ServerResponse): void {
    const redirectUri = query.get('redirect_uri') ?? ''
    const to = new URL(redirectUri)
    to.searchParams.set('state', fault.stateChanged ? 'another' : (query.get('state') ?? ''))
    to.searchParams.set('iss', issuer)
    const error =
      query.get('prompt') === 'none' && fault.silentError
        ? { error: fault.silentError }
        : fault.authorizationError
    if (fault.redirectUnknown) {
      page(response, 400, 'Invalid parameter: redirect_uri', 'This address is not on the list.')
      return
    }
    if (error) {
      to.searchParams.set('error', error.error)
      if ('description' in error && error.description)
        to.searchParams.set('error_description', error.description)
    } else {
      const code = randomUUID()
      grants.set(code, {
        clientId: query.get('client_id') ?? '',
        redirectUri,
        challenge: query.get('code_challenge') ?? '',
        nonce: query.get('nonce'),
        scope: query.get('scope') ?? '',
      })
      to.searchParams.set('code', code)
    }
    response.writeHead(302, { location: to.href }).end()
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://localhost:${port}`)
    log.push(`${request.method} ${url.pathname}`)
    const [, name = '', first = '', second = ''] = url.pathname.split('/')
    const fault = faultOf(name)
    const endpoint = first === '.well-known' && second === 'openid-configuration' ? 'discovery' : first
    if (!fault || !isEndpoint(endpoint)) {
      page(response, 404, 'Nothing here', '')
      return
    }
    const issuer = issuerOf(name)
    const send = sender(fault, endpoint, request, response)
    if (request.method === 'OPTIONS') return send(204, null)
    switch (endpoint) {
      case 'discovery':
        return send(200, metadata(fault, issuer))
      case 'keys':
        return send(200, { keys: [jwk] })
      case 'par':
        return send(400, { error: 'invalid_request' })
      case 'auth':
        return authorize(fault, issuer, url.searchParams, response)
      case 'token':
        return token(fault, issuer, request, send)
      case 'userinfo': {
        const given = request.headers.authorization?.split(' ')[1] ?? ''
        const refusal = accessTokens.has(given)
          ? fault.refuseUserinfo
          : { status: 401, error: 'invalid_token' }
        return refusal ? send(refusal.status, refusal) : send(200, { sub: 'alice', name: 'Alice Åström' })
      }
      case 'revoke':
        accessTokens.delete(new URLSearchParams(await bodyOf(request)).get('token') ?? '')
        return send(200, {})
      case 'logout': {
        const form = request.method === 'POST' ? new URLSearchParams(await bodyOf(request)) : url.searchParams
        const back = form.get('post_logout_redirect_uri')
        if (fault.logoutStays || !back) return page(response, 200, 'You are signed out', '')
        const to = new URL(back)
        to.searchParams.set('state', form.get('state') ?? '')
        response.writeHead(302, { location: to.href }).end()
        return
      }
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(error => page(response, 500, 'Fault of the test', String(error)))
  })
  await new Promise<void>((done, failed) => server.once('error', failed).listen(port, 'localhost', done))
  return {
    issuer: issuerOf,
    log,
    codes,
    close: () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

type Send = (status: number, body: unknown) => void

/** Answers with the CORS headers that the fault leaves. */
function sender(fault: Fault, endpoint: Endpoint, request: IncomingMessage, response: ServerResponse): Send {
  return (status, body) => {
    const hidden =
      fault.withoutCors?.includes(endpoint) ||
      (fault.refusalsWithoutCors && status >= 400) ||
      endpoint === 'auth'
    if (!hidden) {
      response.setHeader(
        'access-control-allow-origin',
        fault.corsStar ? '*' : (request.headers.origin ?? '*'),
      )
      response.setHeader('access-control-allow-headers', 'authorization, content-type, dpop')
      const exposed = [
        ...(fault.authenticateHidden ? [] : ['WWW-Authenticate']),
        ...(fault.clockAhead ? ['Date'] : []),
      ]
      response.setHeader('access-control-expose-headers', exposed.join(', '))
    }
    if (fault.clockAhead)
      response.setHeader('date', new Date(Date.now() + fault.clockAhead * 1000).toUTCString())
    if (endpoint === 'userinfo' && status === 401)
      response.setHeader(
        'www-authenticate',
        'Bearer error="invalid_token", error_description="audience is invalid"',
      )
    response.setHeader('cache-control', 'no-store')
    if (body === null) response.writeHead(status).end()
    else
      response
        .writeHead(status, { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' })
        .end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

function metadata(fault: Fault, issuer: string): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    userinfo_endpoint: `${issuer}/userinfo`,
    revocation_endpoint: `${issuer}/revoke`,
    end_session_endpoint: `${issuer}/logout`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    id_token_signing_alg_values_supported: ['ES256'],
    authorization_response_iss_parameter_supported: true,
    ...fault.metadata?.(issuer),
  }
}

function page(response: ServerResponse, status: number, title: string, text: string): void {
  const safe = (words: string) => words.replace(/[<>&]/g, '')
  response
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
    .end(
      `<!doctype html><html lang="en"><title>${safe(title)}</title><h1>${safe(title)}</h1><p>${safe(text)}</p>`,
    )
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}
