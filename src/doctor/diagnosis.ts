/** What a failed sign-in most likely means: causes in order, each with a fix in the person's own values. */
import type { ClientConfig } from '../oauth/client-config.ts'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { type FilledPlace, placeFor } from '../presets/place.ts'
import type { PlaceName, Preset } from '../presets/preset.ts'
import type { Fix } from './finding.ts'

export type Likelihood = 'certain' | 'likely' | 'possible' | 'ruled_out'

export interface Cause {
  /** Stable. */
  readonly code: string
  readonly likelihood: Likelihood
  readonly title: string
  /** What speaks for it or against it, in the person's own values. */
  readonly seen: string
  readonly why: string
  readonly fix: Fix | null
}

/** What the page knows about the sign-in that failed. Null: not known. Never a one-time value. */
export interface FailureFacts {
  readonly config: ClientConfig
  readonly preset: Preset
  readonly origin: string
  /** The operation that failed; a renewal or a sign-out reads the same code otherwise. */
  readonly during:
    | 'sign_in'
    | 'callback'
    | 'exchange'
    | 'id_token'
    | 'profile'
    | 'refresh'
    | 'restore'
    | 'sign_out'
  /** Milliseconds between leaving for the provider and the failure. */
  readonly transactionAge: number | null
  /** Milliseconds between the answer that brought the code and its last exchange. */
  readonly codeAge: number | null
  /** How often this code was sent to the token endpoint. */
  readonly exchanges: number | null
  /** Milliseconds between the first and the second exchange of one code. */
  readonly exchangeGap: number | null
  /** The redirect address of the authorization request, and of the token request. */
  readonly redirectUriAsked: string | null
  readonly redirectUriSent: string | null
  /** Whether the hash of the verifier that was sent is the challenge that was sent. */
  readonly verifierFitsChallenge: boolean | null
  /** What failed last when the session was renewed: a session that ended has a code of its own. */
  readonly lastRenewal: { readonly by: 'refresh_token' | 'frame'; readonly code: string } | null
  /** Seconds; positive when this computer's clock is behind. */
  readonly clockOffset: number | null
  /** Whether a frame, not the whole tab, asked the provider. */
  readonly inFrame: boolean | null
  /** A development build runs effects twice under StrictMode. */
  readonly development: boolean
}

/** Facts when nothing but the configuration is known. */
export const noFacts = (config: ClientConfig, preset: Preset, origin: string): FailureFacts => ({
  config,
  preset,
  origin,
  during: 'exchange',
  transactionAge: null,
  codeAge: null,
  exchanges: null,
  exchangeGap: null,
  redirectUriAsked: null,
  redirectUriSent: null,
  verifierFitsChallenge: null,
  lastRenewal: null,
  clockOffset: null,
  inFrame: null,
  development: false,
})

export interface Failure {
  readonly error: OAuthErrorDetails
  readonly facts: FailureFacts
  /** What a person reads about this code; absent when nobody has words for it. */
  readonly words?: {
    readonly title: string
    readonly text: string
    readonly advice?: string | undefined
  }
}

export const placeOf = ({ config, preset, origin }: FailureFacts, name: PlaceName): FilledPlace =>
  placeFor(preset, name, {
    clientId: config.clientId,
    redirectUri: config.redirectUri,
    logoutUri: config.postLogoutRedirectUri,
    origin,
  })

/** What the provider said: `error` and its description as they came. */
export const providerWords = (error: OAuthErrorDetails): string =>
  [error.protocolError, error.protocolDescription].filter(Boolean).join(': ')

/** The same with what was received, to look for codes in. */
export const providerText = (error: OAuthErrorDetails): string =>
  [error.protocolError, error.protocolDescription, error.received].filter(Boolean).join(': ')

const rank: Record<Likelihood, number> = { certain: 0, likely: 1, possible: 2, ruled_out: 3 }

export const byLikelihood = (causes: readonly Cause[]): Cause[] =>
  [...causes].sort((a, b) => rank[a.likelihood] - rank[b.likelihood])

/** A cause about which there is no doubt. */
export function certain(code: string, title: string, seen: string, why: string, fix: Fix): Cause {
  return { code, likelihood: 'certain', title, seen, why, fix }
}
