/** Every message passes here: held at its port, told as a Step, bounded in size and time, then judged. */
import type { Judgement } from '../oauth/check.ts'
import type { DpopKey } from '../oauth/dpop.ts'
import type { Fetch, RequestParts } from '../oauth/metadata.ts'
import { asOAuthError, OAuthError, type OAuthErrorDetails } from '../oauth/oauth-error.ts'
import type { FlowType, HttpRequest, HttpResponse, Purpose, Step, StepKind, StepOf } from '../oauth/step.ts'
import { networkFailure } from './network-failure.ts'
import type { Ports } from './ports.ts'

export interface Flow {
  readonly id: string
  readonly type: FlowType
}

/** Names a flow or an exchange. `randomUUID` is missing on plain http, where `insecure_context` has to be told. */
export const randomId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-')

export const newFlow = (type: FlowType): Flow => ({ id: randomId(), type })

/** A Step without what the wire adds. */
export type Telling = Step extends infer S
  ? S extends Step
    ? Omit<S, 'flow' | 'flowType' | 'at'>
    : never
  : never

export interface SendOptions {
  /** Milliseconds until `request_timeout`; 15 seconds when not given. */
  readonly timeout?: number
  readonly dpop?: DpopKey | null
  /** For the `ath` of a proof at a resource. */
  readonly accessToken?: string
}

export interface Wire {
  tell(flow: Flow, told: Telling): void
  /** Tells that the flow stopped, and returns the error to throw. */
  stop(flow: Flow, during: StepKind, details: OAuthErrorDetails, exchange?: string): OAuthError
  /**
   * Sends one request and judges its answer.
   * @throws OAuthError of the network, of the judgement, or `message_dropped`
   */
  send<T>(
    flow: Flow,
    purpose: Purpose,
    request: (fetch: Fetch) => Promise<Response>,
    judge: (response: HttpResponse) => Judgement<T>,
    options?: SendOptions,
  ): Promise<T>
  /** As `send`, for a caller who wants the answer itself whatever it says. */
  exchange(
    flow: Flow,
    purpose: Purpose,
    request: (fetch: Fetch) => Promise<Response>,
    options?: SendOptions,
  ): Promise<Exchange>
}

export interface Exchange {
  readonly response: HttpResponse
  /** Tells the answer with the checks made on it. */
  tellAnswer(judgement: Judgement<unknown>): void
  readonly id: string
}

/** One mebibyte: no document of this protocol is larger. */
const maximumBytes = 1_048_576

export function createWire(ports: Ports): Wire {
  /** The newest DPoP nonce of each server (DPOP-08). */
  const nonces = new Map<string, string>()

  const tell = (flow: Flow, told: Telling): void => {
    ports.observe({ ...told, flow: flow.id, flowType: flow.type, at: ports.now() })
  }

  const stop = (flow: Flow, during: StepKind, error: OAuthErrorDetails, exchange?: string): OAuthError => {
    tell(flow, { kind: 'failed', during, error, ...(exchange ? { exchange } : {}) })
    return new OAuthError(error)
  }

  async function exchange(
    flow: Flow,
    purpose: Purpose,
    request: (fetch: Fetch) => Promise<Response>,
    options: SendOptions = {},
  ): Promise<Exchange> {
    const id = randomId()
    let sent: HttpRequest | undefined
    let answered: Pick<StepOf<'token_response'>, 'response' | 'duration' | 'tampered'> | undefined
    const giveUp = new AbortController()
    // The clock runs while the network works, not while a message is held.
    let stopClock = () => {}
    const dropped = () => stop(flow, `${purpose}_request`, { code: 'message_dropped' }, id)

    const viaPorts: Fetch = async (url, init) => {
      const { origin } = new URL(url)
      const offered = plainRequest(url, init)
      if (options.dpop) {
        const { createProof } = await import('../oauth/dpop.ts')
        const { accessToken, dpop } = options
        const of = { method: offered.method, url, now: ports.now(), nonce: nonces.get(origin), accessToken }
        offered.headers['dpop'] = await createProof(dpop, of)
      }
      const held = await ports.hold({ type: 'request', purpose, request: offered }, flow)
      if (held?.type !== 'request') throw dropped()
      const edited =
        held.request === offered ? [] : (await import('./tampering.ts')).changedNames(offered, held.request)
      sent = held.request
      const started = ports.monotonic()
      tell(flow, { kind: `${purpose}_request`, exchange: id, request: sent, ...changes(edited) })
      stopClock = ports.after(options.timeout ?? 15_000, () => giveUp.abort())
      const answer = await ports.fetch(sent, giveUp.signal, init.cache)
      const read = {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: await boundedText(answer),
      }
      stopClock()
      const duration = ports.monotonic() - started
      if (answer.type === 'opaqueredirect')
        throw new OAuthError({
          code: 'redirect_refused',
          endpoint: url,
          expected: 'an answer',
          clause: 'RFC 9700 §4.12',
        })
      const given = await ports.hold({ type: 'response', purpose, response: read }, flow)
      if (given?.type !== 'response') throw dropped()
      const { response } = given
      answered = { response, duration, ...changes(response === read ? [] : ['response']) }
      const fresh = response.headers['dpop-nonce']
      if (fresh !== undefined) nonces.set(origin, fresh)
      return answer
    }

    try {
      await request(viaPorts)
    } catch (error) {
      if (error instanceof OAuthError && error.code === 'message_dropped') throw error
      if (!sent) throw stop(flow, `${purpose}_request`, asOAuthError(error).details, id)
      const details =
        error instanceof OAuthError
          ? error.details
          : await networkFailure(ports, sent.url, giveUp.signal.aborted, error)
      throw stop(flow, `${purpose}_response`, failureOf(purpose, details), id)
    } finally {
      stopClock()
    }
    if (!answered) throw dropped()
    const told = { kind: `${purpose}_response`, exchange: id, ...answered } as const
    return {
      id,
      response: answered.response,
      tellAnswer: ({ checks }) => tell(flow, { ...told, checks }),
    }
  }

  return {
    tell,
    stop,
    exchange,
    async send(flow, purpose, request, judge, options = {}) {
      for (let attempt = 1; ; attempt++) {
        const sent = await exchange(flow, purpose, request, options)
        const judgement = judge(sent.response)
        sent.tellAnswer(judgement)
        const { error, value } = judgement
        if (!error) return value
        const nonceWanted = options.dpop && asksForNonce(sent.response)
        if (nonceWanted && attempt === 1 && sent.response.headers['dpop-nonce'] !== undefined) continue
        throw stop(
          flow,
          `${purpose}_response`,
          nonceWanted ? { ...error, code: nonceFault(attempt > 1) } : error,
          sent.id,
        )
      }
    },
  }
}

const changes = (tampered: readonly string[]) => (tampered.length > 0 ? { tampered } : {})

/** DPOP-06, DPOP-07: the server wants its nonce in the proof. */
export function asksForNonce(response: HttpResponse): boolean {
  return (
    /"use_dpop_nonce"/.test(response.body) ||
    /use_dpop_nonce/.test(response.headers['www-authenticate'] ?? '')
  )
}

/** A server that wants a nonce and gave none that can be read, or was not content with the one it gave. */
export const nonceFault = (isTried: boolean): string =>
  isTried ? 'dpop_nonce_retry_exhausted' : 'dpop_nonce_missing'

/** The catalogue's code for a request that got no readable answer; the network's own code stays in the hints. */
function failureOf(purpose: Purpose, details: OAuthErrorDetails): OAuthErrorDetails {
  const code: Partial<Record<Purpose, string>> = {
    discovery: 'discovery_fetch_failed',
    keys: 'jwks_fetch_failed',
    refresh: 'refresh_network_failed',
    userinfo: 'userinfo_request_failed',
    profile: 'resource_request_failed',
    api: 'resource_request_failed',
    revocation: 'revocation_failed',
  }
  return { ...details, code: code[purpose] ?? details.code, hints: [details.code, ...(details.hints ?? [])] }
}

const plainRequest = (url: string, { method = 'GET', headers, body }: RequestParts) => ({
  method,
  url,
  headers: { ...headers },
  body: body == null ? null : String(body),
})

async function boundedText(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let text = ''
  for (let size = 0; ; ) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > maximumBytes) {
      await reader.cancel()
      throw new OAuthError({
        code: 'response_too_large',
        expected: 'at most 1 MiB',
        endpoint: response.url,
      })
    }
    text += decoder.decode(value, { stream: true })
  }
}
