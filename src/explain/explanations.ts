/** Every kind of message and what is said about it. A new kind does not compile until it stands here. */
import type { Check } from '../oauth/step.ts'
import { saidNo } from '../sequence/labels.ts'
import { isResponse, type Message, type MessageKind } from '../sequence/message.ts'
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

/** What is said about this very message: the usual words, or those that its circumstances ask for. */
export function explanationOf(message: Message): Explanation {
  const usual = explanations[message.kind]
  if (usual.instead === undefined) return usual
  const others = circumstances(message).map(circumstance => usual.instead?.[circumstance])
  return Object.assign({}, usual, ...others)
}

/** What is special about this message, in the order in which the sentences are shown. */
export function circumstances(message: Message): Circumstance[] {
  const query = queryOf(message.url)
  const unequal = message.kind === 'pkce_compared' && message.checks.some(isFailed)
  const changed = message.carried.some(({ value, tampered }) => value === 'code_verifier' && tampered)
  const found: [Circumstance, boolean][] = [
    ['tampered', message.tampered.length > 0],
    ['refused', isRefused(message, query) && !unequal],
    ['changed', unequal && changed],
    ['unequal', unequal && !changed],
    [
      'not_revocable',
      message.warning?.code === 'revocation_unsupported_token_type' &&
        /\btoken_type_hint=access_token\b/.test(message.request?.body ?? ''),
    ],
    ['pushed', message.kind === 'authorization_request' && query.has('request_uri')],
    ['silent', message.flowType === 'restore'],
    ['frame', message.via === 'frame'],
    ['popup', message.via === 'popup'],
    ['dpop', usesDpop(message)],
    ['renewed', message.flowType === 'refresh'],
  ]
  return found.flatMap(([circumstance, holds]) => (holds ? [circumstance] : []))
}

function isFailed({ outcome }: Check): boolean {
  return outcome === 'failed'
}

function isRefused(message: Message, query: URLSearchParams): boolean {
  // The person's answer is not seen; that it was no stands in what the lens says of it.
  if (message.kind === 'consent_given') return message.label === saidNo
  return (
    message.error?.protocolError !== undefined ||
    query.has('error') ||
    (isResponse(message.kind) && (message.response?.status ?? 0) >= 400)
  )
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
