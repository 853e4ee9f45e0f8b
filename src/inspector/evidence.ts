/** Which two values a message stands or falls with, taken from the messages of this run. */
import { ghostOf, hashInChallenge } from '../sequence/carried.ts'
import type { Carried, Message, MessageKind } from '../sequence/message.ts'
import { decodeToken, memberOf } from './decode-token.ts'
import { carriedFor } from './flow-values.ts'

export type Evidence =
  | { readonly figure: 'hash'; readonly verifier: Carried; readonly challenge: Carried }
  | {
      readonly figure: 'challenge'
      readonly verifier: Carried
      readonly challenge: Carried
      /** Numbers of the messages that brought them, for example `4.1`. */
      readonly arrivedIn: string | null
      readonly keptSince: string | null
    }
  | {
      readonly figure: 'same'
      readonly name: 'state' | 'nonce'
      readonly got: Side
      readonly kept: Side
    }

export interface Side {
  readonly caption: string
  readonly carried: Carried | null
  /** Null when only the fingerprint is known. */
  readonly text: string | null
}

/** Null for a message that compares nothing, and for one that has not happened. */
export function evidenceFor(message: Message, messages: readonly Message[]): Evidence | null {
  const find = (value: Carried['value']) => carriedFor(message, messages, value)
  switch (message.kind) {
    case 'pkce_created':
      return { figure: 'hash', verifier: find('code_verifier'), challenge: find('code_challenge') }
    case 'pkce_compared':
      return {
        figure: 'challenge',
        verifier: find('code_verifier'),
        challenge: challengeSent(message, messages),
        arrivedIn: numberOf(message, messages, ['token_request']),
        keptSince: numberOf(message, messages, ['par_request', 'authorization_request']),
      }
    case 'authorization_response_checked':
      return message.status === 'upcoming' ? null : stateEvidence(message, messages)
    case 'id_token_checked':
      return message.status === 'upcoming' ? null : nonceEvidence(message, messages)
    default:
      return null
  }
}

/** What the provider got, which after an edit is not what the app made: perhaps none. */
function challengeSent(message: Message, messages: readonly Message[]): Carried {
  const requests = messages.filter(
    ({ flow, status, kind }) =>
      flow === message.flow &&
      status !== 'upcoming' &&
      (kind === 'par_request' || kind === 'authorization_request'),
  )
  const sent = requests
    .flatMap(each => each.carried)
    .find(each => each.value === 'code_challenge' && each.length !== null)
  if (sent) return sent
  return requests.length > 0 ? ghostOf('code_challenge') : carriedFor(message, messages, 'code_challenge')
}

function stateEvidence(message: Message, messages: readonly Message[]): Evidence | null {
  const kept = carriedIn(
    message,
    messages,
    ['transaction_created', 'authorization_request', 'par_request'],
    'state',
  )
  const got = carriedIn(message, messages, ['authorization_response'], 'state')
  if (kept === null && got === null) return null
  return {
    figure: 'same',
    name: 'state',
    got: {
      caption: caption('Came back', message, messages, ['authorization_response']),
      carried: got,
      text: got?.text ?? null,
    },
    kept: {
      caption: caption('Kept', message, messages, ['transaction_created']),
      carried: kept,
      text: kept?.text ?? null,
    },
  }
}

function nonceEvidence(message: Message, messages: readonly Message[]): Evidence | null {
  const kept = carriedIn(
    message,
    messages,
    ['transaction_created', 'authorization_request', 'par_request'],
    'nonce',
  )
  const idToken = message.carried.find(each => each.value === 'id_token')?.text ?? null
  const decoded = idToken === null ? null : decodeToken(idToken)
  const nonce = decoded?.type === 'jwt' ? memberOf(decoded.payload, 'nonce') : null
  if (kept === null || nonce === null) return null
  return {
    figure: 'same',
    name: 'nonce',
    got: { caption: 'In the ID token', carried: kept.text === nonce ? kept : null, text: nonce },
    kept: {
      caption: caption('Kept', message, messages, ['transaction_created']),
      carried: kept,
      text: kept.text,
    },
  }
}

function carriedIn(
  message: Message,
  messages: readonly Message[],
  kinds: readonly MessageKind[],
  value: Carried['value'],
): Carried | null {
  for (const kind of kinds)
    for (const each of messages)
      if (each.flow === message.flow && each.kind === kind) {
        const found = each.carried.find(carried => carried.value === value && carried.length !== null)
        if (found !== undefined) return found
      }
  return null
}

function numberOf(
  message: Message,
  messages: readonly Message[],
  kinds: readonly MessageKind[],
): string | null {
  for (const kind of kinds) {
    const found = messages.find(each => each.flow === message.flow && each.kind === kind)
    if (found !== undefined) return found.number
  }
  return null
}

function caption(
  words: string,
  message: Message,
  messages: readonly Message[],
  kinds: readonly MessageKind[],
): string {
  const number = numberOf(message, messages, kinds)
  return number === null ? words : `${words} in ${number}`
}

/**
 * Whether the two sides are one value: by their texts, else by their fingerprints. Null when nothing can be said.
 */
export function sidesAgree(got: Side, kept: Side): boolean | null {
  if (got.text !== null && kept.text !== null) return got.text === kept.text
  const [a, b] = [got.carried?.fingerprint ?? null, kept.carried?.fingerprint ?? null]
  return a === null || b === null ? null : a === b
}

/**
 * Whether a verifier belongs to a challenge (RFC 7636 §4.6): by the hash computed now, else by the beginning of the
 * hash that was kept as the verifier's fingerprint.
 */
export function hashesAgree(verifier: Carried, challenge: Carried, computed: string | null): boolean | null {
  if (challenge.text === null) return null
  if (computed !== null) return computed === challenge.text
  const begins = hashInChallenge(challenge.text)
  return begins === null || verifier.fingerprint === null ? null : begins === verifier.fingerprint
}

/** Where two texts part: the number of characters that they share at the beginning. */
export function sharedLength(a: string, b: string): number {
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at++
  return at
}
