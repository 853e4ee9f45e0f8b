/** Asking for a code in a bent way, and handing it in when there is one. */
import { OAuthError } from '../oauth/oauth-error.ts'
import type { Begun } from './authorize.ts'
import type { Tools } from './tools.ts'
import { blocked, errorInCallback, type Outcome, ofAnswer, unreadable } from './verdict.ts'

/**
 * @param ask changes the authorization request
 * @param redeem changes the token request
 */
export async function ofCode(
  { attacker }: Tools,
  ask: (parameters: URLSearchParams) => void,
  redeem?: (form: URLSearchParams) => void,
): Promise<Outcome> {
  const arrival = await attacker.asks(ask)
  if (arrival.type === 'stayed')
    return arrival.seenBy === 'person'
      ? blocked('authorization-server', 'stayed at the provider, you saw it')
      : unreadable('no_answer', 'The provider kept the browser on a page that this one cannot see.')
  const error = errorInCallback(arrival.url)
  if (error !== null) return blocked('authorization-server', error)
  return ofAnswer(await attacker.redeems(arrival, redeem), 'authorization-server')
}

/**
 * Handing in a stolen code in a bent way. An answer that cannot be read is resolved by the rightful exchange: when
 * that still works, the bent one was refused.
 */
export async function ofStolenCode(
  { app, attacker }: Tools,
  begun: Begun,
  change: (form: URLSearchParams) => void,
): Promise<Outcome> {
  const answer = await attacker.redeems(begun, change)
  if (answer.type === 'unread')
    try {
      await app.finish(begun)
      return blocked(
        'authorization-server',
        'refused, unreadable',
        'The answer could not be read. The code still worked for the app afterwards, so it was a refusal.',
      )
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error
    }
  return ofAnswer(answer, 'authorization-server')
}
