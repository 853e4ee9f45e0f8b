/** A sign-in while the person is away: kept, or found again when nobody came back; `transaction.ts` takes it out. */
import { OAuthError } from '../oauth/oauth-error.ts'
import type { Ports } from './ports.ts'
import { parseTransaction, prefix, sentAwayKey, type Transaction, transactionLife } from './transaction.ts'

/** @throws OAuthError `storage_unavailable` */
export function keepTransaction(ports: Ports, transaction: Transaction): void {
  for (const key of ports.sessionStorage.keys())
    if (key.startsWith(prefix)) {
      const kept = parseTransaction(ports.sessionStorage.get(key))
      if (!kept || kept.startedAt < ports.now() - 2 * transactionLife) ports.sessionStorage.remove(key)
    }
  const stored = ports.sessionStorage.set(prefix + transaction.state, JSON.stringify(transaction))
  if (!stored)
    throw new OAuthError({
      code: 'storage_unavailable',
      expected: 'a few kilobytes of session storage',
      received: 'refused by the browser',
    })
  ports.sessionStorage.set(sentAwayKey, transaction.state)
}

const left = 'left '

/** Nothing holds the request back any more: the page goes. */
export function markLeft(ports: Ports, { state }: Transaction): void {
  ports.sessionStorage.set(sentAwayKey, left + state)
}

export interface Abandoned {
  readonly transaction: Transaction
  /** False: the page was loaded anew while the request was still held in it. */
  readonly hasLeft: boolean
}

/** A sign-in, or a restore, that never came back; asking forgets the mark. */
export function takeAbandoned(ports: Ports): Abandoned | null {
  const mark = ports.sessionStorage.get(sentAwayKey) ?? ''
  ports.sessionStorage.remove(sentAwayKey)
  const hasLeft = mark.startsWith(left)
  const key = prefix + (hasLeft ? mark.slice(left.length) : mark)
  const transaction = parseTransaction(ports.sessionStorage.get(key))
  // What never left is not waited for, and keeps no verifier.
  if (!hasLeft) ports.sessionStorage.remove(key)
  return transaction && { transaction, hasLeft }
}
