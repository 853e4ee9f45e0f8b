/** The attacker's side: the same requests as the app's, with other values, and no judgement of the answers. */
import { createProof, type DpopKey } from '../oauth/dpop.ts'
import type { ValueName } from '../oauth/step.ts'
import type { Grant } from '../session/grant.ts'
import { asksForNonce } from '../session/wire.ts'
import { type Arrival, authorizeBent, type Begun } from './authorize.ts'
import { apiOf, type Bench } from './bench.ts'
import { editAuthorization, editForm } from './scripted-hold.ts'
import { createUnjudged } from './unjudged.ts'
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

/**
 * The requests are the session's own; every one of them is told as the attacker's doing. A server's refusal, and an
 * answer that may not be read, come back as answers: nothing here throws because of what a server says.
 */
export function createAttacker(bench: Bench): Attacker {
  const { log, ports } = bench
  const { redeem, refresh, call } = createUnjudged(bench)

  function calls(
    headers: Readonly<Record<string, string>>,
    url = apiOf(bench) ?? undefined,
  ): Promise<Answer> {
    if (url === undefined)
      throw new RunEnded(notApplicable('no_api', 'There is no protected resource to call.'))
    return log.as('attacker', () => call(url, headers))
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
    asks: change => log.as('attacker', () => authorizeBent(bench, editAuthorization(change))),
    redeems: (begun, change) => log.as('attacker', () => redeem(begun, change && editForm('token', change))),
    refreshes: (grant, refreshToken, change) =>
      log.as('attacker', () => refresh(grant, refreshToken, change && editForm('refresh', change))),
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
