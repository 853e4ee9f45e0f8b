/** The attacker's side: the same requests as the app's, with other values, and no judgement of the answers. */
import { createProof, type DpopKey } from '../oauth/dpop.ts'
import type { Fetch } from '../oauth/metadata.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { Purpose, ValueName } from '../oauth/step.ts'
import { requestRefresh, requestToken } from '../oauth/token.ts'
import type { Grant } from '../session/grant.ts'
import { asksForNonce, type Flow, newFlow, type SendOptions } from '../session/wire.ts'
import { type Arrival, authorize, type Begun } from './authorize.ts'
import { apiOf, type Bench } from './bench.ts'
import { type Edit, editAuthorization, editForm } from './scripted-hold.ts'
import { type Answer, notApplicable, RunEnded } from './verdict.ts'

export interface Attacker {
  /** Notes that these values fell into the attacker's hands. */
  copies(text: string, ...values: { value: ValueName; text: string }[]): void
  copiesCode(begun: Begun): void
  /** Notes that this was put before the app. */
  plants(text: string, ...values: { value: ValueName; text: string }[]): void
  /** An authorization request with changed parameters. */
  asks(change: (parameters: URLSearchParams) => void): Promise<Arrival>
  /** The token request for a code, with a changed form. */
  redeems(begun: Begun, change?: (form: URLSearchParams) => void): Promise<Answer>
  refreshes(grant: Grant, refreshToken: string, change?: (form: URLSearchParams) => void): Promise<Answer>
  /** A call with exactly these headers; the API when no address is given. */
  calls(headers: Readonly<Record<string, string>>, url?: string): Promise<Answer>
  /** A call of the API with a stolen token and a proof made with this key, with the API's nonce when it wants one. */
  callsWithProof(key: DpopKey, accessToken: string): Promise<Answer>
}

export function createAttacker(bench: Bench): Attacker {
  const { wire, script, log, metadata, ports } = bench

  function send(
    flow: Flow,
    purpose: Purpose,
    request: (fetch: Fetch) => Promise<Response>,
    edit: Edit | undefined,
    options: SendOptions = {},
  ): Promise<Answer> {
    return log.as('attacker', () =>
      script.during(edit, async () => {
        for (let attempt = 1; ; attempt++) {
          try {
            const { response, tellAnswer } = await wire.exchange(flow, purpose, request, options)
            tellAnswer({ checks: [], error: null, value: null })
            if (attempt === 1 && options.dpop && asksForNonce(response)) continue
            return { type: 'response', response }
          } catch (error) {
            if (!(error instanceof OAuthError)) throw error
            return { type: 'unread', error: error.details }
          }
        }
      }),
    )
  }

  function calls(
    headers: Readonly<Record<string, string>>,
    url = apiOf(bench) ?? undefined,
  ): Promise<Answer> {
    if (url === undefined)
      throw new RunEnded(notApplicable('no_api', 'There is no protected resource to call.'))
    const init = { method: 'GET', headers: { accept: 'application/json', ...headers } }
    return send(newFlow('use'), 'api', fetch => fetch(url, init), undefined)
  }

  return {
    calls,
    copies: (text, ...values) => log.act({ from: 'app', to: 'attacker', text, values }),
    copiesCode: ({ code }) =>
      log.act({
        from: 'app',
        to: 'attacker',
        text: 'Copies the code',
        values: [{ value: 'code', text: code }],
      }),
    plants: (text, ...values) => log.act({ from: 'attacker', to: 'app', text, values }),
    asks: change => log.as('attacker', () => authorize(bench, { edit: editAuthorization(change) }, true)),
    redeems: ({ flow, leaving, code }, change) =>
      send(
        flow,
        'token',
        fetch =>
          requestToken(metadata, leaving.transaction.config, code, leaving.transaction.codeVerifier, fetch),
        change && editForm('token', change),
        { dpop: leaving.dpop },
      ),
    refreshes: (grant, refreshToken, change) =>
      send(
        newFlow('refresh'),
        'refresh',
        fetch => requestRefresh(metadata, grant.config, refreshToken, fetch),
        change && editForm('refresh', change),
        { dpop: grant.dpop },
      ),
    async callsWithProof(key, accessToken) {
      for (let nonce: string | undefined, attempt = 1; ; attempt++) {
        const of = { method: 'GET', url: apiOf(bench) ?? '', now: ports.now(), nonce, accessToken }
        const answer = await calls({ authorization: `DPoP ${accessToken}`, dpop: await createProof(key, of) })
        if (answer.type === 'unread' || attempt > 1 || !asksForNonce(answer.response)) return answer
        nonce = answer.response.headers['dpop-nonce']
      }
    },
  }
}
