/** When the access token of a message ends, as the answer that brought it said. */
import type { Message } from '../sequence/message.ts'
import { spokenDuration } from '../ui/format.ts'
import { requestOf } from './flow-values.ts'

/** `It ends in 34 seconds.`; null when nobody said how long the token lives. */
export function endInWords(message: Message, messages: readonly Message[], now: number): string | null {
  const end = endOfToken(message, messages)
  if (end === null) return null
  return end > now ? `It ends in ${spokenDuration(end - now)}.` : 'Its time is over by now.'
}

function endOfToken(message: Message, messages: readonly Message[]): number | null {
  const print = requestOf(message, messages).carried.find(
    ({ value }) => value === 'access_token',
  )?.fingerprint
  if (print === null || print === undefined) return null
  const brought = messages.find(
    ({ kind, carried }) =>
      (kind === 'token_response' || kind === 'refresh_response') &&
      carried.some(({ value, fingerprint }) => value === 'access_token' && fingerprint === print),
  )
  const seconds = /"expires_in"\s*:\s*"?(\d{1,9})\b/.exec(brought?.response?.body ?? '')?.[1]
  if (seconds === undefined || brought === undefined || brought.at === null) return null
  return brought.at + Number(seconds) * 1000
}
