/** What is kept while the person is away: one record per pending sign-in, under its `state`, read once. */
import { isObject, jsonObject, textOf } from '../oauth/check.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { parseMetadata, type ServerMetadata } from '../oauth/metadata.ts'
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
  /** What `signOutsOf` said when nobody was asked: a sign-out after it stands (LOUT-08). */
  readonly signOuts?: string | undefined
}

/** Ten minutes: the longest life that RFC 6749 §4.1.2 recommends for a code. */
export const transactionLife = 600_000

/** Where pending sign-ins are kept, each under its `state`. */
export const prefix = 'pkce-lens.transaction.'
const finishedKey = 'pkce-lens.finished'
/** Where the `state` is kept with which this tab left for a provider. */
export const sentAwayKey = 'pkce-lens.away'

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

const finished = (ports: Ports) => jsonObject(ports.sessionStorage.get(finishedKey))

/** Remembers that this callback was finished, so that Back and Reload find the way on. */
export function markFinished(ports: Ports, state: string, returnTo: string): void {
  const newest = Object.entries({ ...finished(ports), [state]: returnTo }).slice(-20)
  ports.sessionStorage.set(finishedKey, JSON.stringify(Object.fromEntries(newest)))
}

/** Where a finished callback led, or null when this state was never finished here. */
export function finishedReturnTo(ports: Ports, state: string): string | null {
  return textOf(finished(ports)?.[state]) ?? null
}

/**
 * AREQ-13: a path of this app, or its `profile`. Another origin, `//evil`, a backslash or the callback itself
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

/** This client wrote it, so its shape is looked at and no more; null when it has another one. */
export function parseTransaction(text: string | null): Transaction | null {
  const kept = jsonObject(text)
  const metadata = parseMetadata(kept?.['metadata'])
  return isTransaction(kept) && metadata ? { ...kept, metadata } : null
}

function isTransaction(kept: unknown): kept is Transaction {
  return (
    isObject(kept) &&
    ['state', 'nonce', 'codeVerifier', 'flow', 'scope', 'returnTo'].every(name => textOf(kept[name])) &&
    ['acrValues', 'dpopThumbprint', 'subject', 'signOuts'].every(
      name => kept[name] === undefined || textOf(kept[name]),
    ) &&
    ['number', 'undefined'].includes(typeof kept['maxAge']) &&
    typeof kept['startedAt'] === 'number' &&
    (kept['purpose'] === 'sign_in' || kept['purpose'] === 'restore') &&
    Array.isArray(kept['jwks']) &&
    isClientConfig(kept['config'])
  )
}

function isClientConfig(kept: unknown): kept is ClientConfig {
  return (
    isObject(kept) &&
    ['issuer', 'clientId', 'scope', 'redirectUri', 'postLogoutRedirectUri'].every(name =>
      textOf(kept[name]),
    ) &&
    ['resource', 'profileUrl', 'audience'].every(name => kept[name] === null || textOf(kept[name])) &&
    typeof kept['dpop'] === 'boolean' &&
    ['auto', true, false].some(each => each === kept['par']) &&
    ['frame', 'redirect', 'off'].some(each => each === kept['restore']) &&
    isObject(kept['extraAuthorizationParams']) &&
    Object.values(kept['extraAuthorizationParams']).every(each => typeof each === 'string')
  )
}
