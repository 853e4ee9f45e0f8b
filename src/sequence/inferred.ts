/** What the browser cannot see and the answers give away: the page at the provider, and the checks of the servers. */
import { base64url } from '../oauth/keys.ts'
import type { Check, HttpResponse } from '../oauth/step.ts'
import { hashInChallenge } from './carried.ts'
import { blank, type FlowFacts } from './drawn.ts'
import { refusal, saidNo } from './labels.ts'
import type { Carried, InferredKind, Message, MessageKind } from './message.ts'

type Newest = ReadonlyMap<MessageKind, Message>

/**
 * The inferred messages that must have happened before `message`, in order.
 * @param newest the newest message of each kind in this flow
 * @param byId every message of this flow
 */
export function inferredBefore(
  message: Message,
  newest: Newest,
  byId: ReadonlyMap<string, Message>,
  facts: FlowFacts,
): Message[] {
  const request = byId.get(message.answers ?? '')
  switch (message.kind) {
    case 'authorization_response':
      return message.via === 'frame' || isSilent([request, newest.get('par_request')])
        ? []
        : pages(message, request, facts)
    case 'token_response':
      return comparison(message, request, newest, facts)
    case 'userinfo_response':
    case 'profile_response':
    case 'api_response':
      return tokenCheck(message, request, facts)
    default:
      return []
  }
}

function infer(kind: InferredKind, from: Message, facts: FlowFacts, more: Partial<Message>): Message {
  return {
    ...blank(kind, from.flowType, facts.context.places, from.request?.url ?? null),
    id: `${from.id}:${kind}`,
    status: 'done',
    inferred: true,
    flow: from.flow,
    at: from.at,
    ...more,
  }
}

/** Whether the provider was asked to show nothing, in the address or in the request that was handed in before. */
export function isSilent(asked: readonly (Message | undefined)[]): boolean {
  return asked.some(
    message =>
      parameter(message?.url ?? null, 'prompt') === 'none' ||
      new URLSearchParams(message?.request?.body ?? '').get('prompt') === 'none',
  )
}

/** The sign-in page and the person's answer, unless the provider answered another error. */
function pages(response: Message, request: Message | undefined, facts: FlowFacts): Message[] {
  const error = parameter(response.url, 'error')
  if (request === undefined) return []
  if (error !== null && error !== 'access_denied') return []
  const page = infer('sign_in_page', response, facts, { at: request.at, answers: request.id })
  const away = response.at === null || request.at === null ? null : Math.max(0, response.at - request.at)
  const said = error === null ? {} : { label: saidNo }
  return [page, infer('consent_given', response, facts, { duration: away, answers: page.id, ...said })]
}

function parameter(url: string | null, name: string): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).searchParams.get(name) : null
}

/** A token should mean that the hash was equal, though not every server looks; `invalid_grant` means the server's check of the grant refused (RFC 7636 §4.6). */
function comparison(
  answer: Message,
  request: Message | undefined,
  newest: Newest,
  facts: FlowFacts,
): Message[] {
  const { response } = answer
  if (response === null) return []
  const refused = response.status === 400 && refusal(response) === 'invalid_grant'
  if (!refused && response.status !== 200) return []
  const verifier = request?.carried.find(is('code_verifier'))
  const sent = [newest.get('authorization_request'), newest.get('par_request')].filter(
    message => message !== undefined,
  )
  // A challenge that was taken out of the request is not one that the server has.
  const told = sent.length > 0 ? sent : [newest.get('pkce_created')]
  const challenge = told
    .map(message => message?.carried.find(is('code_challenge')))
    .find(found => found !== undefined)
  const equal = hashesMatch(verifier, challenge)
  const odd = (value: Carried) =>
    equal === false && value.value === 'code_verifier' ? { ...value, odd: true } : value
  return [
    infer('pkce_compared', answer, facts, {
      status: refused ? 'blocked' : 'done',
      carried: [verifier, challenge].filter(value => value !== undefined).map(odd),
      checks: challenge === undefined ? [] : [hashCheck(verifier, challenge, equal, refused)],
    }),
  ]
}

function is(value: Carried['value']) {
  return (carried: Carried) => carried.value === value
}

/** Null when one of the two is not known. */
function hashesMatch(verifier: Carried | undefined, challenge: Carried | undefined): boolean | null {
  const expected =
    challenge?.text === null || challenge === undefined ? null : hashInChallenge(challenge.text)
  if (verifier === undefined || verifier.fingerprint === null || expected === null) return null
  return verifier.fingerprint === expected
}

function hashCheck(
  verifier: Carried | undefined,
  challenge: Carried,
  equal: boolean | null,
  refused: boolean,
): Check {
  const kept = { value: 'code_challenge', text: challenge.text ?? '' } as const
  const computed =
    verifier === undefined ? 'no verifier' : equal === true ? kept : hashStart(verifier.fingerprint)
  return {
    requirement: 'PKCE-04',
    name: 'S256(code_verifier) equals the challenge that was sent',
    expected: kept,
    received: computed,
    outcome: equal === true ? 'passed' : equal === null ? 'skipped' : refused ? 'failed' : 'warning',
    clause: 'RFC 7636 §4.6',
    ...(equal === false ? { code: refused ? 'invalid_grant' : 'pkce_not_enforced' } : {}),
  }
}

/** The start of the hash in the spelling of a challenge: all that a fingerprint holds. */
function hashStart(fingerprint: string | null): string {
  if (fingerprint === null) return ''
  const bytes = (fingerprint.match(/../g) ?? []).map(hex => Number.parseInt(hex, 16))
  return `${base64url(Uint8Array.from(bytes)).slice(0, 10)}…`
}

/** An answer with data means the server took the token; 401 and 403 mean it did not (RFC 6750 §3.1). */
function tokenCheck(answer: Message, request: Message | undefined, facts: FlowFacts): Message[] {
  const { response } = answer
  if (response === null || !judged(response)) return []
  const status = response.status < 400 ? 'done' : 'blocked'
  const carried = request?.carried.filter(is('access_token')) ?? []
  return [infer('access_token_checked', answer, facts, { status, carried })]
}

function judged(response: HttpResponse): boolean {
  return (
    (response.status >= 200 && response.status < 300) || response.status === 401 || response.status === 403
  )
}
