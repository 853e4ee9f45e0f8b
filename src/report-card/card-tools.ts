/** What a check is given: clean requests, the same requests with one change, and the answers as they came. */
import { type Arrival, authorizeBlindly, type Begun } from '../attack/authorize.ts'
import { apiOf, type Bench, type Person } from '../attack/bench.ts'
import { type Edit, editAuthorization, editForm } from '../attack/scripted-hold.ts'
import { createUnjudged, sendUnjudged } from '../attack/unjudged.ts'
import type { Answer } from '../attack/verdict.ts'
import { waitInRun } from '../attack/wait.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { requestDiscovery } from '../oauth/discovery.ts'
import type { Fetch, ServerMetadata } from '../oauth/metadata.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import { authorizationHeader } from '../oauth/profile.ts'
import { requestRevocation } from '../oauth/revocation.ts'
import type { FlowType, Purpose } from '../oauth/step.ts'
import { newFlow, type Wire } from '../session/wire.ts'
import { cleanCode, cleanSample, type Sample } from './clean-run.ts'
import { CheckEnded, TooManyRequests, unreadable } from './findings.ts'
import { type Front, frontOf } from './front.ts'
import type { CardPerson } from './person.ts'

/** What the person chose before the run. */
export interface CardOptions {
  /** A second client of theirs at the same provider; null: none. */
  readonly otherClientId: string | null
  /** Also the checks that run only when somebody chose them. */
  readonly password: boolean
  /** Also waits for half a minute before a code is replayed. */
  readonly patient: boolean
}

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
  /** `prompt=none` from a frame without cookies. */
  askBlindly(): Promise<Arrival>
  /** Hands in a code; `change` edits the form. */
  redeem(begun: Begun, change?: (form: URLSearchParams) => void): Promise<Answer>
  redeemEdited(begun: Begun, edit: Edit): Promise<Answer>
  /** A clean sign-in to the tokens; they are not judged further than that they are there. */
  sample(config?: Partial<ClientConfig>): Promise<Sample>
  refresh(sample: Sample, refreshToken: string, change?: (form: URLSearchParams) => void): Promise<Answer>
  revoke(token: string, hint: 'refresh_token' | 'access_token'): Promise<Answer>
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

/** @throws CheckEnded from whatever needs the bench, when discovery failed; TooManyRequests from every answer with 429 */
export function createCardTools({ config, options, person, wire, found, stop }: CardToolsInput): CardTools {
  const bench = (): Bench => {
    if (!(found instanceof OAuthError)) return found
    throw new CheckEnded(unreadable(found.code, 'The discovery document cannot be used.'))
  }
  const unjudged = () => createUnjudged(bench())

  const send = (type: FlowType, purpose: Purpose, request: (fetch: Fetch) => Promise<Response>) =>
    sendUnjudged(wire, newFlow(type), purpose, request).then(noFlood)
  const redeem = async (begun: Begun, edit?: Edit) => noFlood(await unjudged().redeem(begun, edit))

  return {
    config,
    options,
    person,
    bench,
    get metadata() {
      return bench().metadata
    },
    discovery: () => send('prepare', 'discovery', fetch => requestDiscovery(config.issuer, fetch)),
    read: (purpose, url) =>
      send('prepare', purpose, fetch => fetch(url, { method: 'GET', cache: 'no-store' })),
    clean: async used => cleanCode(bench(), used),
    ask: async change => frontOf(bench(), editAuthorization(change)),
    askEdited: async edit => frontOf(bench(), edit),
    askBlindly: async () => authorizeBlindly(bench()),
    redeem: (begun, change) => redeem(begun, change && editForm('token', change)),
    redeemEdited: redeem,
    sample: async used => cleanSample(await cleanCode(bench(), used), redeem),
    refresh: async ({ begun }, refreshToken, change) =>
      noFlood(
        await unjudged().refresh(
          { config: begun.config, dpop: begun.leaving.dpop },
          refreshToken,
          change && editForm('refresh', change),
        ),
      ),
    revoke: (token, hint) =>
      send('sign_out', 'revocation', fetch =>
        requestRevocation(bench().metadata, config.clientId, token, hint, fetch),
      ),
    use: async ({ begun, tokens }, url) =>
      noFlood(
        await unjudged().call(
          url,
          { authorization: authorizationHeader(tokens) },
          { dpop: begun.leaving.dpop, accessToken: tokens.accessToken },
        ),
      ),
    call: async (url, headers) => noFlood(await unjudged().call(url, headers)),
    api: () => apiOf(bench()),
    wait: async (milliseconds, why) => waitInRun(bench(), stop, milliseconds, why),
  }
}

function noFlood(answer: Answer): Answer {
  if (answer.type === 'response' && answer.response.status === 429) throw new TooManyRequests(answer.response)
  return answer
}
