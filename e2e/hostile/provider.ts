/**
 * A provider that can lie: an honest OAuth 2.0 and OpenID Connect server with one switch per rule of the
 * standards matrix. It shows no pages of its own: who asks for authorization is signed in as Alice at once.
 */
import { createServer, type ServerResponse } from 'node:http'
import { authorize, push } from './authorize.ts'
import { type Answer, json, type LoggedRequest, page, readRequest, redirect } from './http.ts'
import { jwksDocument } from './keys.ts'
import { metadataDocument } from './metadata.ts'
import { endSession, profile, revoke, userinfo } from './resources.ts'
import { emptyState, issuerOf, type State } from './state.ts'
import type { Endpoint, Fault, Switches } from './switches.ts'
import { publishedAlg, token } from './token.ts'

export interface HostileProvider {
  /** Of the present switches: `metadata.issuerPath` changes it. */
  readonly issuer: string
  /** Replaces all switches; what is not named is honest again. Grants and keys stay. */
  set(switches: Switches): void
  /** In order of arrival, preflights (`OPTIONS`) too. */
  readonly requests: readonly LoggedRequest[]
  /** Every code and token handed out since the last reset. */
  readonly secrets: readonly string[]
  /** Honest, with an empty log and no grants. */
  reset(): void
  close(): Promise<void>
}

/** Endpoints that scripts call; the others are reached by navigation and offer no CORS (RFC 9700 §2.6). */
const scripted = new Set<string>([
  'discovery',
  'jwks',
  'par',
  'token',
  'refresh',
  'userinfo',
  'profile',
  'revoke',
  'elsewhere',
])

function corsHeaders(state: State, request: LoggedRequest, fault: Fault | undefined): Record<string, string> {
  if (!scripted.has(request.endpoint) || fault?.kind === 'no-cors') return {}
  const hides = [state.switches.dpop?.serverNonce, state.switches.dpop?.resourceNonce].includes('hidden')
  const expose =
    fault?.kind === 'json' && fault.expose !== undefined
      ? fault.expose
      : 'www-authenticate, dpop-nonce, retry-after, date'
  return {
    'access-control-allow-origin': state.appOrigin,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type, dpop',
    'access-control-max-age': '600',
    ...(hides ? {} : { 'access-control-expose-headers': expose }),
    vary: 'Origin',
  }
}

async function honestAnswer(state: State, request: LoggedRequest): Promise<Answer> {
  switch (request.endpoint) {
    case 'discovery':
      return json(200, metadataDocument(state.origin, issuerOf(state), state.switches))
    case 'jwks':
      return json(200, jwksDocument(publishedAlg(state), state.published, state.switches.jwks))
    case 'par':
      return push(state, request)
    case 'authorize':
      return authorize(state, request)
    case 'token':
    case 'refresh':
      return token(state, request)
    case 'userinfo':
    case 'elsewhere':
      return userinfo(state, request)
    case 'profile':
      return profile(state, request)
    case 'revoke':
      return revoke(state, request)
    case 'end_session':
      return endSession(state, request)
    case 'unknown':
      return page(404, 'There is nothing here.')
  }
}

function padded(answer: Answer): Answer {
  const padding = `,"padding":"${'x'.repeat(32 * 1024 * 1024)}"}`
  return { ...answer, body: answer.body.replace(/\}$/, padding) }
}

/** The answer as the fault has it; null when there is none to send. */
async function faultyAnswer(state: State, request: LoggedRequest, fault: Fault): Promise<Answer | null> {
  switch (fault.kind) {
    case 'html':
      return page(fault.status, 'Something is wrong here.')
    case 'json':
      return json(fault.status, fault.body, fault.headers)
    case 'redirect':
      return redirect(`${state.origin}/elsewhere`, fault.status)
    case 'no-cors':
    case 'truncated':
      return honestAnswer(state, request)
    case 'oversized':
      return padded(await honestAnswer(state, request))
    case 'content-type': {
      const answer = await honestAnswer(state, request)
      return { ...answer, headers: { ...answer.headers, 'content-type': fault.value } }
    }
    case 'hanging':
    case 'reset':
      return null
  }
}

function send(
  response: ServerResponse,
  answer: Answer,
  headers: Record<string, string>,
  truncate: boolean,
): void {
  response.writeHead(answer.status, {
    ...headers,
    ...answer.headers,
    'content-length': Buffer.byteLength(answer.body),
  })
  if (!truncate) return void response.end(answer.body)
  response.write(answer.body.slice(0, answer.body.length / 2), () => response.destroy())
}

/** Counts how often each fault was met, so that `times` can end it. */
function faultCounter(): {
  reset(): void
  next(request: LoggedRequest, switches: Switches): Fault | undefined
} {
  const met = new Map<Endpoint, number>()
  return {
    reset: () => met.clear(),
    next(request, switches) {
      if (request.endpoint === 'unknown') return undefined
      const fault = switches.faults?.[request.endpoint]
      if (!fault || request.method === 'OPTIONS') return fault
      const count = (met.get(request.endpoint) ?? 0) + 1
      met.set(request.endpoint, count)
      return fault.times !== undefined && count > fault.times ? undefined : fault
    },
  }
}

/** @param appOrigin the only origin that CORS allows and that redirect addresses may have */
export async function createHostileProvider(options: {
  port: number
  appOrigin: string
}): Promise<HostileProvider> {
  const origin = `http://localhost:${options.port}`
  let state = emptyState(origin, options.appOrigin)
  let requests: LoggedRequest[] = []
  const faults = faultCounter()

  const server = createServer(async (incoming, response) => {
    const request = await readRequest(incoming, origin, state.switches.metadata?.issuerPath ?? '')
    requests.push(request)
    const fault = faults.next(request, state.switches)
    const headers = corsHeaders(state, request, fault)
    if (request.method === 'OPTIONS')
      return send(response, { status: 204, headers: {}, body: '' }, headers, false)
    const answer = fault ? await faultyAnswer(state, request, fault) : await honestAnswer(state, request)
    if (answer !== null) return send(response, answer, headers, fault?.kind === 'truncated')
    if (fault?.kind === 'reset') response.destroy()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, 'localhost', resolve)
  })
  return {
    get issuer() {
      return issuerOf(state)
    },
    set(switches) {
      state.switches = switches
      faults.reset()
    },
    get requests() {
      return requests
    },
    get secrets() {
      return state.secrets
    },
    reset() {
      state = emptyState(origin, options.appOrigin)
      requests = []
      faults.reset()
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
