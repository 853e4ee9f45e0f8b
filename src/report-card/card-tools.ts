/** What a check is given: clean requests, the same requests with one change, and the answers as they came. */
import { createAttacker } from '../attack/attacker.ts'
import { authorize, type Begun } from '../attack/authorize.ts'
import { apiOf, type Bench, type Person, silentCallback } from '../attack/bench.ts'
import { type Edit, editAuthorization, editForm } from '../attack/scripted-hold.ts'
import { type Answer, errorInCallback } from '../attack/verdict.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { requestDiscovery } from '../oauth/discovery.ts'
import type { Fetch, ServerMetadata } from '../oauth/metadata.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import { authorizationHeader } from '../oauth/profile.ts'
import { requestRevocation } from '../oauth/revocation.ts'
import type { Purpose } from '../oauth/step.ts'
import { judgeTokenResponse, requestRefresh, requestToken, type TokenSet } from '../oauth/token.ts'
import { receiveCallback } from '../session/callback.ts'
import { prepareSignIn, releaseAddress } from '../session/sign-in.ts'
import { asksForNonce, type Flow, newFlow, type SendOptions, type Wire } from '../session/wire.ts'
import type { Finding } from './check.ts'
import { CheckEnded, safe, stayed, TooManyRequests, unreadable } from './findings.ts'
import type { CardPerson } from './person.ts'

/** What the person chose before the run. */
export interface CardOptions {
  /** A second client of theirs at the same provider; null: none. */
  readonly otherClientId: string | null
  /** Also the checks that must be chosen, and those that wait half a minute. */
  readonly password: boolean
  readonly patient: boolean
}

/** A finished clean exchange. */
export interface Sample {
  readonly begun: Begun
  readonly tokens: TokenSet
  readonly answer: Extract<Answer, { type: 'response' }>
}

/** What came back from the authorization endpoint. `kept`: the browser stayed at the provider. */
export type Front =
  | { readonly type: 'back'; readonly begun: Begun; readonly url: URL; readonly error: string | null }
  | { readonly type: 'refused'; readonly seen: string }
  | { readonly type: 'kept'; readonly seenBy: 'page' | 'person' }

export interface CardTools {
  readonly config: ClientConfig
  readonly options: CardOptions
  readonly person: CardPerson
  /** The run's machinery. @throws CheckEnded when discovery failed */
  bench(): Bench
  readonly metadata: ServerMetadata
  /** The discovery document, read anew. */
  discovery(): Promise<Answer>
  /** Any address, read by a script without cookies. */
  read(purpose: Purpose, url: string): Promise<Answer>
  /** A fresh code by a clean request. */
  clean(config?: Partial<ClientConfig>): Promise<Begun>
  /** An authorization request with changed parameters. */
  ask(change: (parameters: URLSearchParams) => void): Promise<Front>
  /** An authorization request with any edit. */
  askEdited(edit: Edit): Promise<Front>
  /** `prompt=none` from a frame without cookies: the query that came back, or null when a page stayed. */
  askBlindly(): Promise<string | null>
  /** Hands in a code; `change` edits the form. */
  redeem(begun: Begun, change?: (form: URLSearchParams) => void): Promise<Answer>
  redeemEdited(begun: Begun, edit: Edit): Promise<Answer>
  /** A clean sign-in to the tokens; they are not judged further than that they are there. */
  sample(config?: Partial<ClientConfig>): Promise<Sample>
  refresh(sample: Sample, refreshToken: string, change?: (form: URLSearchParams) => void): Promise<Answer>
  revoke(sample: Sample, token: string, hint: 'refresh_token' | 'access_token'): Promise<Answer>
  /** Calls with the token of the sample, as the app does. */
  use(sample: Sample, url: string): Promise<Answer>
  /** Calls with exactly these headers. */
  call(url: string, headers: Readonly<Record<string, string>>): Promise<Answer>
  /** The protected resource; null: there is none. */
  api(): string | null
  /** Waits, says why, and can be stopped. */
  wait(milliseconds: number, why: string): Promise<void>
}

export interface CardToolsInput {
  readonly config: ClientConfig
  readonly options: CardOptions
  readonly person: CardPerson & Person
  readonly wire: Wire
  /** What discovery gave, or why it failed. */
  readonly found: Bench | OAuthError
  readonly stop: AbortSignal
}

export function createCardTools({ config, options, person, wire, found, stop }: CardToolsInput): CardTools {
  const bench = (): Bench => {
    if (!(found instanceof OAuthError)) return found
    throw new CheckEnded(unreadable(found.code, 'The discovery document cannot be used.'))
  }

  async function send(
    flow: Flow,
    purpose: Purpose,
    request: (fetch: Fetch) => Promise<Response>,
    edit?: Edit,
    sendOptions: SendOptions = {},
  ): Promise<Answer> {
    const run = async (): Promise<Answer> => {
      try {
        for (let attempt = 1; ; attempt++) {
          const { response, tellAnswer } = await wire.exchange(flow, purpose, request, sendOptions)
          tellAnswer({ checks: [], error: null, value: null })
          if (response.status === 429) throw new TooManyRequests(response)
          // A server that wants its nonce in the proof has not looked at the question yet (RFC 9449 §8).
          if (attempt === 1 && sendOptions.dpop && asksForNonce(response)) continue
          return { type: 'response', response }
        }
      } catch (error) {
        if (error instanceof OAuthError) return { type: 'unread', error: error.details }
        throw error
      }
    }
    return found instanceof OAuthError ? run() : found.script.during(edit, run)
  }

  async function askEdited(edit: Edit): Promise<Front> {
    try {
      const arrival = await authorize(bench(), { edit }, true)
      if (arrival.type === 'stayed') return { type: 'kept', seenBy: arrival.seenBy }
      const { url: text } = arrival
      return { type: 'back', begun: arrival, url: new URL(text), error: errorInCallback(text) }
    } catch (error) {
      const refused = error instanceof OAuthError && error.code === 'par_error' && error.details
      if (!refused || (refused.httpStatus ?? 500) >= 500) throw error
      return { type: 'refused', seen: `${refused.httpStatus} ${refused.protocolError ?? ''}`.trim() }
    }
  }

  async function clean(used?: Partial<ClientConfig>): Promise<Begun> {
    const arrival = await authorize(bench(), used ? { config: used } : {}, false)
    if (arrival.type === 'stayed')
      throw new CheckEnded(unreadable('no answer', 'A clean request got no answer either.'))
    const error = errorInCallback(arrival.url)
    if (error !== null || arrival.code === '')
      throw new CheckEnded(unreadable(error ?? 'no code', 'A clean request was refused as well.'))
    return arrival
  }

  const redeemEdited = (begun: Begun, edit?: Edit): Promise<Answer> => {
    const { transaction, dpop } = begun.leaving
    return send(
      begun.flow,
      'token',
      fetch =>
        requestToken(transaction.metadata, transaction.config, begun.code, transaction.codeVerifier, fetch),
      edit,
      { dpop },
    )
  }

  return {
    config,
    options,
    person,
    bench,
    get metadata() {
      return bench().metadata
    },
    discovery: () => send(newFlow('prepare'), 'discovery', fetch => requestDiscovery(config.issuer, fetch)),
    read: (purpose, url) =>
      send(newFlow('prepare'), purpose, fetch => fetch(url, { method: 'GET', cache: 'no-store' })),
    clean,
    ask: change => askEdited(editAuthorization(change)),
    askEdited,
    askBlindly: () => askBlindly(bench()),
    redeem: (begun, change) => redeemEdited(begun, change && editForm('token', change)),
    redeemEdited,
    async sample(used) {
      const begun = await clean(used)
      const answer = await redeemEdited(begun)
      if (answer.type === 'unread')
        throw new CheckEnded(unreadable(answer.error.code, 'A clean exchange could not be read.'))
      const { value, error } = judgeTokenResponse(answer.response, {
        issuer: config.issuer,
        scope: begun.config.scope,
        dpop: begun.leaving.dpop !== null,
        idTokenRequired: false,
      })
      if (value) return { begun, tokens: value, answer }
      const seen = error?.protocolError ?? error?.code ?? 'no tokens'
      throw new CheckEnded(unreadable(seen, 'A clean exchange was refused as well.'))
    },
    refresh: ({ begun }, refreshToken, change) =>
      send(
        newFlow('refresh'),
        'refresh',
        fetch => requestRefresh(bench().metadata, begun.config, refreshToken, fetch),
        change && editForm('refresh', change),
        { dpop: begun.leaving.dpop },
      ),
    revoke: (_sample, token, hint) =>
      send(newFlow('sign_out'), 'revocation', fetch =>
        requestRevocation(bench().metadata, config.clientId, token, hint, fetch),
      ),
    use: ({ begun, tokens }, url) =>
      send(
        newFlow('use'),
        'api',
        fetch =>
          fetch(url, {
            method: 'GET',
            headers: { accept: 'application/json', authorization: authorizationHeader(tokens) },
          }),
        undefined,
        { dpop: begun.leaving.dpop, accessToken: tokens.accessToken },
      ),
    call: (url, headers) => createAttacker(bench()).calls(headers, url).then(noFlood),
    api: () => apiOf(bench()),
    wait: (milliseconds, why) => {
      const { ports } = bench()
      return person.waiting(
        why,
        ports.now() + milliseconds,
        new Promise((resolve, reject) => {
          const cancel = ports.after(milliseconds, resolve)
          stop.addEventListener('abort', () => {
            cancel()
            reject(new OAuthError({ code: 'run_stopped' }))
          })
        }),
      )
    },
  }
}

async function askBlindly(bench: Bench): Promise<string | null> {
  const { config, surroundings } = bench
  const flow = newFlow('restore')
  const used = { ...config, redirectUri: silentCallback(bench) }
  const options = { flow, via: 'frame', purpose: 'restore' } as const
  const leaving = await prepareSignIn(bench, used, { prompt: 'none' }, options)
  const address = await releaseAddress(bench, flow, 'frame', leaving.url)
  const frame = surroundings.watchFrame(address, true)
  try {
    const query = await Promise.race([frame.answer, frame.silence.then(() => null)])
    if (query !== null) await receiveCallback(bench, flow, 'frame', used.redirectUri + query)
    return query
  } finally {
    frame.close()
  }
}

function noFlood(answer: Answer): Answer {
  if (answer.type === 'response' && answer.response.status === 429) throw new TooManyRequests(answer.response)
  return answer
}

/** The verdict of a bent authorization request: refused is safe, what a code means is the caller's to say. */
export async function frontFinding(
  tools: CardTools,
  front: Front,
  onCode: (begun: Begun, url: URL) => Promise<Finding> | Finding,
): Promise<Finding> {
  if (front.type === 'refused') return safe(front.seen)
  if (front.type === 'kept') return keptFinding(tools, front.seenBy)
  if (front.error === null) return onCode(front.begun, front.url)
  if (/^(temporarily_unavailable|server_error)$/.test(front.error))
    return unreadable(front.error, 'The server could not answer, which says nothing.')
  return safe(front.error)
}

/**
 * The provider kept the browser on a page that nobody may look into. Silence is made to speak: the clean request
 * right after must come back, or nothing is known.
 */
export async function keptFinding(tools: CardTools, seenBy: 'page' | 'person'): Promise<Finding> {
  if (seenBy === 'person') return stayed('a page of the provider', 'You saw that the window stayed there.')
  await tools.clean()
  return safe('kept at the provider', 'Nothing came back, and the clean request right after did.')
}
