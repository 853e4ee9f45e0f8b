/** What can be chosen when the demo servers start. */
import type { SigningAlg } from './keys.ts'
import type { Weaknesses } from './weaknesses.ts'

export interface DemoOptions {
  /** Port of the authorization server; its issuer is `http://localhost:<port>`. */
  readonly port: number
  /** Origin of the app: the only one that CORS opens for, and where redirects go. */
  readonly appOrigin: string
  /** More origins of the same app, for tests that run on several ports. */
  readonly extraAppOrigins?: readonly string[]
  readonly resourcePort: number
  /** Lifetime of access tokens; short, so that renewal can be watched. */
  readonly accessTokenSeconds?: number | undefined
  /** Demand a server nonce in DPoP proofs (RFC 9449 §8). */
  readonly dpopNonce?: boolean
  readonly idTokenAlg?: SigningAlg | undefined
  /** Switched-on faults, shared with the resource server. */
  readonly weaknesses?: Weaknesses
}

export const defaultAccessTokenSeconds = 60

export const clientId = 'pkce-lens'
export const otherClientId = 'pkce-lens-other'

/** All origins of the app. */
export function appOrigins(options: DemoOptions): ReadonlySet<string> {
  return new Set([options.appOrigin, ...(options.extraAppOrigins ?? [])])
}

export function issuerOf(port: number): string {
  return `http://localhost:${port}`
}

/** Identifier of the demo API: its origin (RFC 8707 §2). */
export function apiOf(resourcePort: number): string {
  return `http://localhost:${resourcePort}`
}

/** A second API that this server knows and the demo API is not: for the audience experiment. */
export function otherApiOf(resourcePort: number): string {
  return `${apiOf(resourcePort)}/other-api`
}
