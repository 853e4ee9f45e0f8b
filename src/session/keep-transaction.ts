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

/** A sign-in that left and never came back (standards matrix 4.1, last row); asking forgets the mark. */
export function takeAbandoned(ports: Ports): Transaction | null {
  const state = ports.sessionStorage.get(sentAwayKey)
  ports.sessionStorage.remove(sentAwayKey)
  const transaction = parseTransaction(ports.sessionStorage.get(prefix + state))
  return transaction?.purpose === 'sign_in' ? transaction : null
}
