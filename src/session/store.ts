/** What anybody may know about the session: never a token. Memory only. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { IdTokenClaims } from '../oauth/id-token.ts'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'

export type SessionStatus = 'starting' | 'signed_out' | 'signing_in' | 'signed_in' | 'signing_out'

/** `reconnecting`: the network is away and the session waits. `unavailable`: nothing can renew it. */
export type RenewalStatus = 'idle' | 'renewing' | 'reconnecting' | 'unavailable'

export interface ProfileState {
  readonly status: 'idle' | 'loading' | 'ready' | 'failed'
  readonly source: 'profile' | 'userinfo'
  readonly url: string | null
  readonly claims: Readonly<Record<string, unknown>> | null
  readonly error: OAuthErrorDetails | null
}

export interface AccessTokenLife {
  /** Wall clock, milliseconds. */
  readonly receivedAt: number
  /** Null: the provider did not say; a 401 tells. */
  readonly expiresAt: number | null
  /** When the silent renewal is due; null when there is no timer. */
  readonly renewAt: number | null
}

export interface SessionState {
  readonly status: SessionStatus
  readonly issuer: string | null
  readonly clientId: string | null
  /** Verified claims of the ID token. */
  readonly claims: IdTokenClaims | null
  /** Granted scopes, space-separated. */
  readonly scope: string | null
  /** Wall clock, milliseconds. */
  readonly signedInAt: number | null
  readonly accessToken: AccessTokenLife | null
  readonly hasRefreshToken: boolean
  readonly tokenType: 'Bearer' | 'DPoP' | null
  readonly renewal: RenewalStatus
  readonly renewals: number
  readonly profile: ProfileState
  /** Where the callback that this page was loaded for leads, from the start; null: it was loaded for none, or it failed. */
  readonly returnTo: string | null
  /** Why nobody is signed in, or what went wrong last. */
  readonly error: OAuthErrorDetails | null
  /** Notes that do not stop anything: codes of the catalogue. */
  readonly warnings: readonly string[]
}

export type SessionStore = StoreApi<SessionState>

const noProfile: ProfileState = { status: 'idle', source: 'userinfo', url: null, claims: null, error: null }

export const signedOutState: SessionState = {
  status: 'signed_out',
  issuer: null,
  clientId: null,
  claims: null,
  scope: null,
  signedInAt: null,
  accessToken: null,
  hasRefreshToken: false,
  tokenType: null,
  renewal: 'idle',
  renewals: 0,
  profile: noProfile,
  returnTo: null,
  error: null,
  warnings: [],
}

export const createSessionStore = (): SessionStore =>
  createStore<SessionState>(() => ({ ...signedOutState, status: 'starting' }))
