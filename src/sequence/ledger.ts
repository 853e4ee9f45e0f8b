/** Who knows what now. The attacker watches the address bar and the history, and nothing else. */
import { type Carried, hasArrived, type Lane, type Message } from './message.ts'
import { isInAddressBar } from './value-threads.ts'

export type Knower = Lane | 'attacker'
export const knowers: readonly Knower[] = [
  'you',
  'app',
  'authorization-server',
  'resource-server',
  'attacker',
]

export interface LedgerRow {
  readonly carried: Carried
  /** Id of the message by which each party learnt it; absent: does not know it. */
  readonly since: Readonly<Partial<Record<Knower, string>>>
  /**
   * Id of the message that used it up (a code that was exchanged, a state that was compared, a refresh token that
   * was rotated, a token that the provider took back), or null while it still opens something.
   */
  readonly spentBy: string | null
}

/**
 * @param upTo id of the message after which to look; null: after everything that has happened
 */
export function ledger(messages: readonly Message[], upTo: string | null): LedgerRow[] {
  const end = upTo === null ? messages.length : messages.findIndex(message => message.id === upTo) + 1
  const rows = new Map<string, LedgerRow>()
  for (const message of messages.slice(0, end)) {
    if (message.status === 'upcoming' || message.status === 'paused') continue
    for (const carried of message.carried) {
      if (carried.fingerprint === null) continue
      const row = rows.get(carried.fingerprint) ?? { carried, since: {}, spentBy: null }
      rows.set(carried.fingerprint, {
        ...row,
        carried: better(row.carried, carried),
        since: learn(row.since, message),
      })
    }
    const asked = messages.find(({ id }) => id === message.answers) ?? null
    spend(rows, message, asked)
  }
  return [...rows.values()]
}

/** Facts add up: a later message may know the text, or that the value is not ours. */
function better(before: Carried, now: Carried): Carried {
  return {
    ...before,
    text: before.text ?? now.text,
    tampered: before.tampered || now.tampered,
    odd: before.odd || now.odd,
  }
}

function learn(since: LedgerRow['since'], message: Message): LedgerRow['since'] {
  const sees: Knower[] = [message.from, ...(hasArrived(message) ? [message.to] : [])]
  if (isInAddressBar(message)) sees.push('you', 'attacker')
  const now = { ...since }
  for (const knower of sees) now[knower] ??= message.id
  return now
}

/** @param asked the request that the message answers */
function spend(rows: Map<string, LedgerRow>, message: Message, asked: Message | null): void {
  const uses = usedBy(message)
  // The answer to a revocation says nothing but that it was done: which token, stands in the request.
  const { carried: named } = message.kind === 'revocation_response' && asked ? asked : message
  for (const [fingerprint, row] of rows) {
    const here = named.some(carried => carried.fingerprint === fingerprint)
    if (row.spentBy === null && uses(row.carried, here))
      rows.set(fingerprint, { ...row, spentBy: message.id })
  }
}

function usedBy(message: Message): (carried: Carried, here: boolean) => boolean {
  switch (message.kind) {
    case 'token_request':
      return ({ value }, here) =>
        here && hasArrived(message) && (value === 'code' || value === 'code_verifier')
    case 'authorization_response_checked':
      return ({ value }) => value === 'state'
    case 'id_token_checked':
      return ({ value }) => value === 'nonce'
    case 'token_response':
      return ({ value }) => value === 'code_challenge'
    case 'refresh_response': {
      const rotated = message.carried.some(carried => carried.value === 'refresh_token')
      return ({ value }, here) => rotated && !here && value === 'refresh_token'
    }
    case 'revocation_response': {
      // Any other answer, `unsupported_token_type` for one, leaves the token alive (RFC 7009 §2.2).
      const done = message.response?.status === 200
      return ({ value }, here) => done && here && (value === 'refresh_token' || value === 'access_token')
    }
    default:
      return () => false
  }
}
