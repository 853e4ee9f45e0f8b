/** The app's own requests, with answers that nobody judges: they are handed over as they came. */
import type { Fetch } from '../oauth/metadata.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { Purpose } from '../oauth/step.ts'
import { requestRefresh, requestToken } from '../oauth/token.ts'
import type { Grant } from '../session/grant.ts'
import { asksForNonce, type Flow, newFlow, type SendOptions, type Wire } from '../session/wire.ts'
import type { Begun } from './authorize.ts'
import type { Bench } from './bench.ts'
import type { Edit } from './scripted-hold.ts'
import type { Answer } from './verdict.ts'

/** Sends one request. What the network did not give, or the browser does not let this page read, is an answer too. */
export async function sendUnjudged(
  wire: Wire,
  flow: Flow,
  purpose: Purpose,
  request: (fetch: Fetch) => Promise<Response>,
  options: SendOptions = {},
): Promise<Answer> {
  try {
    for (let attempt = 1; ; attempt++) {
      const { response, tellAnswer } = await wire.exchange(flow, purpose, request, options)
      tellAnswer({ checks: [], error: null, value: null })
      // A server that wants its nonce in the proof has not looked at the question yet (RFC 9449 §8).
      if (attempt === 1 && options.dpop && asksForNonce(response)) continue
      return { type: 'response', response }
    }
  } catch (error) {
    if (error instanceof OAuthError) return { type: 'unread', error: error.details }
    throw error
  }
}

export interface Unjudged {
  /** The token request for a code. */
  redeem(begun: Begun, edit?: Edit): Promise<Answer>
  refresh(grant: Pick<Grant, 'config' | 'dpop'>, refreshToken: string, edit?: Edit): Promise<Answer>
  /** A GET with exactly these headers, and a proof when there is a key. */
  call(url: string, headers: Readonly<Record<string, string>>, options?: SendOptions): Promise<Answer>
}

export function createUnjudged({ wire, script, metadata }: Bench): Unjudged {
  return {
    redeem: ({ flow, leaving, code }, edit) => {
      const { transaction, dpop } = leaving
      return script.during(edit, () =>
        sendUnjudged(
          wire,
          flow,
          'token',
          fetch =>
            requestToken(transaction.metadata, transaction.config, code, transaction.codeVerifier, fetch),
          { dpop },
        ),
      )
    },
    refresh: ({ config, dpop }, refreshToken, edit) =>
      script.during(edit, () =>
        sendUnjudged(
          wire,
          newFlow('refresh'),
          'refresh',
          fetch => requestRefresh(metadata, config, refreshToken, fetch),
          { dpop },
        ),
      ),
    call: (url, headers, options) => {
      const init = { method: 'GET', headers: { accept: 'application/json', ...headers } }
      return sendUnjudged(wire, newFlow('use'), 'api', fetch => fetch(url, init), options)
    },
  }
}
