/** The words that the exports as text have in common. */
import { markOf } from './carried.ts'
import type { Carried, Message } from './message.ts'

/** A value as its name and the start of its fingerprint: never the text. */
export function valueText(carried: Carried): string {
  const { value, fingerprint } = carried
  const mark = markOf(carried)
  return `${value}${fingerprint === null ? '' : ` ${fingerprint.slice(0, 4)}`}${mark === null ? '' : ` (${mark})`}`
}

/** What a whole story is called. */
export function titleOf(messages: readonly Message[]): string {
  const stopped = messages.find(message => message.error !== null)
  return stopped === undefined
    ? 'A sign-in with OAuth 2.0, OpenID Connect and PKCE'
    : `A sign-in that stopped at ${stopped.number}: ${stopped.error?.code ?? ''}`
}
