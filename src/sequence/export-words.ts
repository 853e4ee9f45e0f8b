/** The words that the exports as text have in common. */
import { markOf } from './carried.ts'
import { type Carried, isRequest, type Message } from './message.ts'

/** A value as its name and the start of its fingerprint: never the text. */
export function valueText(carried: Carried): string {
  const { value, fingerprint } = carried
  const mark = markOf(carried)
  return `${value}${fingerprint === null ? '' : ` ${fingerprint.slice(0, 4)}`}${mark === null ? '' : ` (${mark})`}`
}

/** It is held, or was dropped, or could not be made. */
export function isUnsent({ kind, status, request, url }: Message): boolean {
  return isRequest(kind) && (status === 'paused' || (request === null && url === null))
}

/** What the line of a message says; that of a request also that it was not sent. */
export function lineText(message: Message): string {
  return [message.label, isUnsent(message) ? 'not sent' : ''].filter(part => part !== '').join(', ')
}

/** What a whole story is called. */
export function titleOf(messages: readonly Message[]): string {
  const stopped = messages.find(message => message.error !== null)
  return stopped === undefined
    ? 'A sign-in with OAuth 2.0, OpenID Connect and PKCE'
    : `A sign-in that stopped at ${stopped.number}: ${stopped.error?.code ?? ''}`
}
