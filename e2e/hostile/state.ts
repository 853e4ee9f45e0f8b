/** What the hostile provider remembers between requests, and how it hands out secrets. */
import { randomBytes } from 'node:crypto'
import type { Switches } from './switches.ts'

/** The only client this provider knows. */
export const clientId = 'hostile-lens'

export interface Person {
  readonly sub: string
  readonly name: string
}

export const names = {
  plain: 'Alice Wunderland',
  markup: '<img src=x onerror="document.title=\'taken\'"><b>Alice</b>',
  'right-to-left': 'أليس في بلاد العجائب',
} as const
export const bob: Person = { sub: 'bob', name: 'Bob Baumeister' }

/** What one authorization request asked for. */
export interface Grant {
  readonly redirectUri: string
  readonly codeChallenge: string
  readonly nonce: string | null
  readonly scope: string
  readonly acr: string | null
  readonly wantsAuthTime: boolean
  readonly authTime: number
  readonly person: Person
  /** Thumbprint from `dpop_jkt`, to which the code is bound. */
  readonly dpopJkt: string | null
}

export interface Issued {
  readonly grant: Grant
  /** Key thumbprint of a DPoP-bound token; null: a bearer token. */
  readonly jkt: string | null
}

export interface State {
  readonly origin: string
  readonly appOrigin: string
  switches: Switches
  /** Age of the key set that signs, and of the one that is published. */
  signing: number
  published: number
  readonly codes: Map<string, Grant>
  readonly accessTokens: Map<string, Issued>
  readonly refreshTokens: Map<string, Issued>
  readonly pushed: Map<string, URLSearchParams>
  readonly proofs: Set<string>
  serverNonce: string
  resourceNonce: string
  /** Every code and token that was handed out: none of them may be found where it does not belong. */
  secrets: string[]
}

export const issuerOf = (state: State): string =>
  `${state.origin}${state.switches.metadata?.issuerPath ?? ''}`

/** A fresh unguessable value, remembered as a secret. */
export function issue(state: State, kind: 'code' | 'access' | 'refresh'): string {
  const value = `${kind}-${randomBytes(24).toString('base64url')}`
  state.secrets.push(value)
  return value
}

export const freshNonce = (): string => randomBytes(12).toString('base64url')

export function emptyState(origin: string, appOrigin: string): State {
  return {
    origin,
    appOrigin,
    switches: {},
    signing: 0,
    published: 0,
    codes: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    pushed: new Map(),
    proofs: new Set(),
    serverNonce: freshNonce(),
    resourceNonce: freshNonce(),
    secrets: [],
  }
}
