/** What is kept while the person is away: one record per pending sign-in, under its `state`, read once. */
import { jsonObject, textOf } from '../oauth/check.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { parseMetadata, type ServerMetadata } from '../oauth/metadata.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import { parseKeptConfig } from './kept-config.ts'
import type { Ports } from './ports.ts'

export interface Transaction {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  readonly flow: string
  readonly config: ClientConfig
  readonly metadata: ServerMetadata
  /** The key set as it was published, so that the callback needs no discovery. */
  readonly jwks: readonly unknown[]
  readonly scope: string
  readonly returnTo: string
  /** `restore`: nobody clicked; a refusal is an answer, not an error. */
  readonly purpose: 'sign_in' | 'restore'
  /** Wall clock, milliseconds. */
  readonly startedAt: number
  readonly maxAge?: number | undefined
  readonly acrValues?: string | undefined
  readonly dpopThumbprint?: string | undefined
  /** The person who is signed in while more is asked: another one is not taken over silently. */
  readonly subject?: string | undefined
}

/** Ten minutes: the longest life that RFC 6749 §4.1.2 recommends for a code. */
export const transactionLife = 600_000

const prefix = 'pkce-lens.transaction.'
const finishedKey = 'pkce-lens.finished'
const sentAwayKey = 'pkce-lens.away'

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
  ports.sessionStorage.set(
    sentAwayKey,
    JSON.stringify({ state: transaction.state, at: transaction.startedAt }),
  )
}

/** The record is gone after this, whatever follows (PKCE-08). */
export function takeTransaction(ports: Ports, state: string): Transaction | null {
  const transaction = parseTransaction(ports.sessionStorage.get(prefix + state))
  ports.sessionStorage.remove(prefix + state)
  ports.sessionStorage.remove(sentAwayKey)
  return transaction
}

/** Forgets every pending sign-in of this tab. */
export function dropTransactions(ports: Ports): void {
  for (const key of ports.sessionStorage.keys()) if (key.startsWith(prefix)) ports.sessionStorage.remove(key)
  ports.sessionStorage.remove(sentAwayKey)
}

/** A sign-in that left and never came back (standards matrix 4.1, last row); asking forgets the mark. */
export function takeAbandoned(ports: Ports): { startedAt: number; returnTo: string } | null {
  const mark = jsonObject(ports.sessionStorage.get(sentAwayKey) ?? '')
  ports.sessionStorage.remove(sentAwayKey)
  const transaction = parseTransaction(ports.sessionStorage.get(prefix + String(mark?.['state'])))
  return transaction?.purpose === 'sign_in'
    ? { startedAt: transaction.startedAt, returnTo: transaction.returnTo }
    : null
}

/** Remembers that this callback was finished, so that Back and Reload find the way on. */
export function markFinished(ports: Ports, state: string, returnTo: string): void {
  const finished = jsonObject(ports.sessionStorage.get(finishedKey) ?? '') ?? {}
  const newest = Object.entries({ ...finished, [state]: returnTo }).slice(-20)
  ports.sessionStorage.set(finishedKey, JSON.stringify(Object.fromEntries(newest)))
}

/** Where a finished callback led, or null when this state was never finished here. */
export function finishedReturnTo(ports: Ports, state: string): string | null {
  return textOf(jsonObject(ports.sessionStorage.get(finishedKey) ?? '')?.[state]) ?? null
}

/**
 * AREQ-13: a path of this app, or its start page. Another origin, `//evil`, a backslash or the callback itself
 * is refused.
 */
export function safeReturnTo(ports: Pick<Ports, 'origin' | 'basePath'>, wanted: string | undefined): string {
  try {
    const url = new URL(wanted ?? `${ports.basePath}profile`, ports.origin)
    const ours =
      url.origin === ports.origin && url.pathname.startsWith(ports.basePath) && !url.pathname.startsWith('//')
    if (ours && !/\/(silent-)?callback(\.html)?$/.test(url.pathname))
      return url.pathname + url.search + url.hash
  } catch {
    // not an address at all: the fallback is the answer
  }
  return `${ports.basePath}profile`
}

function parseTransaction(text: string | null): Transaction | null {
  const kept = jsonObject(text ?? '')
  const metadata = parseMetadata(kept?.['metadata'])
  const config = parseKeptConfig(kept?.['config'])
  if (!kept || !metadata || !config) return null
  const [state, nonce, codeVerifier, flow, scope, returnTo] = [
    'state',
    'nonce',
    'codeVerifier',
    'flow',
    'scope',
    'returnTo',
  ].map(name => textOf(kept[name]))
  const { jwks, startedAt, maxAge } = kept
  if (!state || !nonce || !codeVerifier || !flow || scope === undefined || returnTo === undefined) return null
  if (!Array.isArray(jwks) || typeof startedAt !== 'number') return null
  return {
    state,
    nonce,
    codeVerifier,
    flow,
    config,
    metadata,
    jwks,
    scope,
    returnTo,
    purpose: kept['purpose'] === 'restore' ? 'restore' : 'sign_in',
    startedAt,
    maxAge: typeof maxAge === 'number' ? maxAge : undefined,
    acrValues: textOf(kept['acrValues']),
    dpopThumbprint: textOf(kept['dpopThumbprint']),
    subject: textOf(kept['subject']),
  }
}
