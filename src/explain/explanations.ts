/** Every kind of message and what is said about it. A new kind does not compile until it stands here. */
import type { Message, MessageKind } from '../sequence/message.ts'
import { authorize } from './authorize.ts'
import { exchange } from './exchange.ts'
import type { Circumstance, Explanation } from './explanation.ts'
import { prepare } from './prepare.ts'
import { renewAndEnd } from './renew-and-end.ts'
import { returning } from './return.ts'
import { use } from './use.ts'

export const explanations: Readonly<Record<MessageKind, Explanation>> = {
  ...prepare,
  ...authorize,
  ...returning,
  ...exchange,
  ...use,
  ...renewAndEnd,
}

/** What is special about this message, in the order in which the sentences are shown. */
export function circumstances(message: Message): Circumstance[] {
  const query = queryOf(message.url)
  const found: [Circumstance, boolean][] = [
    ['tampered', message.tampered.length > 0],
    [
      'refused',
      message.error?.protocolError !== undefined ||
        query.has('error') ||
        (message.response?.status ?? 0) >= 400,
    ],
    ['pushed', message.kind === 'authorization_request' && query.has('request_uri')],
    ['silent', message.flowType === 'restore'],
    ['frame', message.via === 'frame'],
    ['popup', message.via === 'popup'],
    ['dpop', usesDpop(message)],
  ]
  return found.flatMap(([circumstance, holds]) => (holds ? [circumstance] : []))
}

function usesDpop({ request, response }: Message): boolean {
  return (
    Object.keys(request?.headers ?? {}).some(name => name.toLowerCase() === 'dpop') ||
    /"token_type"\s*:\s*"dpop"/i.test(response?.body ?? '')
  )
}

function queryOf(url: string | null): URLSearchParams {
  return url !== null && URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams()
}
