/** What each act of the picture is about, in a sentence, counted as the picture counts. */
import { type Act, acts, type Message } from '../sequence/message.ts'

export const spine: Readonly<Record<Act, string>> = {
  prepare: 'the app learns about the provider and makes the secrets of this sign-in.',
  authorize: 'the app asks the person for permission.',
  return: 'the person has agreed, and the app gets an authorization code.',
  exchange: 'the app exchanges the code for an access token.',
  use: 'the app uses the access token to get the data.',
  renew_and_end: 'the access token expires, is renewed, or is revoked.',
}

const withoutCode = 'the browser comes back without an authorization code, and the app learns why.'

/** `Step 4 of 6: the app exchanges the code for an access token.` */
export function stepOf({ act, error, url }: Pick<Message, 'act' | 'error' | 'url'>): string {
  const refused = act === 'return' && (error !== null || /[?&]error=/.test(url ?? ''))
  return `Step ${acts.indexOf(act) + 1} of ${acts.length}: ${refused ? withoutCode : spine[act]}`
}
