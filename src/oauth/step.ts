/**
 * The one vocabulary of the project: what happened, as data, in flow order.
 *
 * `session` emits Steps, `trace` remembers them, `lens` draws and explains them. A Step holds raw values
 * (codes and tokens among them) and lives in memory; `trace` redacts it before anything is stored.
 */
import type { OAuthErrorDetails } from './oauth-error.ts'

/** The eight values whose way through the flow matters, by the name they have on the wire. */
export type ValueName =
  | 'code_verifier'
  | 'code_challenge'
  | 'state'
  | 'nonce'
  | 'code'
  | 'access_token'
  | 'refresh_token'
  | 'id_token'

/** A text to show; a one-time value is given with its name, so that nobody prints it by accident. */
export type Shown = string | { readonly value: ValueName; readonly text: string }

/** One comparison that was made, whether it passed or not. */
export interface Check {
  /** Requirement in `docs/requirements.md`, for example `IDT-02`. */
  readonly requirement: string
  /** What is compared, in a few plain words. */
  readonly name: string
  readonly expected: Shown
  readonly received: Shown
  /** `skipped`: not reached, because an earlier check failed or the value is optional and absent. */
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'warning'
  /** Where it is written, for example `OpenID Connect Core 1.0 §3.1.3.7`. */
  readonly clause: string
  /** Stable code when `outcome` is `failed` or `warning`. */
  readonly code?: string
}

export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Form-encoded or other text body; null when there is none. */
  readonly body: string | null
}

/** A response as far as a script may read it: CORS hides every header that is not safelisted or exposed. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Why a run of messages exists. One flow is one story in the lens. */
export type FlowType = 'prepare' | 'sign_in' | 'restore' | 'use' | 'refresh' | 'sign_out'

/** How the browser reached the authorization endpoint. */
export type Via = 'redirect' | 'popup' | 'frame'

/** A request that a script sends and whose answer it reads. */
export type Purpose =
  | 'discovery'
  | 'keys'
  | 'par'
  | 'token'
  | 'refresh'
  | 'userinfo'
  | 'profile'
  | 'api'
  | 'revocation'

interface Told {
  /** The flow this belongs to; a random identifier, never the `state`. */
  readonly flow: string
  readonly flowType: FlowType
  /** Wall clock, milliseconds since the epoch. */
  readonly at: number
}

/** A message that left as the person edited it: the names of the parameters that were changed. */
interface Editable {
  readonly tampered?: readonly string[]
}

interface Sent extends Told, Editable {
  /** Pairs a request with its response. */
  readonly exchange: string
  readonly request: HttpRequest
}

interface Answered extends Told, Editable {
  readonly exchange: string
  readonly response: HttpResponse
  /** Milliseconds between sending and the last byte. */
  readonly duration: number
  readonly checks: readonly Check[]
}

/** Every kind of Step in flow order. A new kind does not compile until it is explained and drawn. */
export type Step =
  | (Told & {
      readonly kind: 'flow_started'
      readonly issuer: string
      readonly clientId: string
      readonly redirectUri: string
      readonly scope: string
      /** The flow whose grant this one renews or ends. */
      readonly parent?: string
    })
  | (Sent & { readonly kind: 'discovery_request' })
  | (Answered & { readonly kind: 'discovery_response' })
  | (Sent & { readonly kind: 'keys_request' })
  | (Answered & { readonly kind: 'keys_response' })
  | (Told & {
      readonly kind: 'pkce_created'
      readonly codeVerifier: string
      readonly codeChallenge: string
      readonly codeChallengeMethod: 'S256'
    })
  | (Told & {
      readonly kind: 'transaction_created'
      readonly state: string
      readonly nonce: string
      readonly returnTo: string
      /** Wall clock, milliseconds: the transaction is refused after this. */
      readonly expiresAt: number
    })
  | (Told & { readonly kind: 'dpop_key_created'; readonly thumbprint: string; readonly alg: string })
  | (Sent & { readonly kind: 'par_request' })
  | (Answered & { readonly kind: 'par_response' })
  | (Told &
      Editable & {
        readonly kind: 'authorization_request'
        readonly via: Via
        readonly url: string
        readonly checks: readonly Check[]
      })
  | (Told &
      Editable & {
        readonly kind: 'authorization_response'
        readonly via: Via
        /** The callback URL with its parameters, as it arrived. */
        readonly url: string
      })
  | (Told & { readonly kind: 'authorization_response_checked'; readonly checks: readonly Check[] })
  | (Sent & { readonly kind: 'token_request' })
  | (Answered & { readonly kind: 'token_response' })
  | (Told & {
      readonly kind: 'id_token_checked'
      readonly idToken: string
      readonly checks: readonly Check[]
    })
  | (Sent & { readonly kind: 'userinfo_request' })
  | (Answered & { readonly kind: 'userinfo_response' })
  | (Sent & { readonly kind: 'profile_request' })
  | (Answered & { readonly kind: 'profile_response' })
  | (Sent & { readonly kind: 'api_request' })
  | (Answered & { readonly kind: 'api_response' })
  | (Sent & { readonly kind: 'refresh_request' })
  | (Answered & { readonly kind: 'refresh_response' })
  | (Sent & { readonly kind: 'revocation_request' })
  | (Answered & { readonly kind: 'revocation_response' })
  | (Told &
      Editable & {
        readonly kind: 'end_session_request'
        readonly method: 'GET' | 'POST'
        readonly url: string
        readonly body: string | null
      })
  | (Told & {
      readonly kind: 'end_session_response'
      readonly url: string
      readonly checks: readonly Check[]
    })
  | (Told & {
      /** A message is held at a port until the person sends or drops it. */
      readonly kind: 'held'
      readonly message: HeldMessage
    })
  | (Told & {
      /** The flow stopped here: a refusal, a failed check, or no answer. */
      readonly kind: 'failed'
      readonly during: StepKind
      readonly exchange?: string
      readonly error: OAuthErrorDetails
    })
  | (Told & {
      readonly kind: 'session_changed'
      readonly status: 'signed_in' | 'renewed' | 'signed_out'
      readonly reason: string
    })

export type StepKind = Step['kind']

/** The Step of one kind: `StepOf<'token_request'>`. */
export type StepOf<K extends StepKind> = Extract<Step, { readonly kind: K }>

/** What can be held at a port, edited, and sent on. */
export type HeldMessage =
  | { readonly type: 'request'; readonly purpose: Purpose; readonly request: HttpRequest }
  | { readonly type: 'response'; readonly purpose: Purpose; readonly response: HttpResponse }
  | {
      readonly type: 'navigation'
      readonly purpose: 'authorization' | 'end_session'
      readonly method: 'GET' | 'POST'
      readonly url: string
      readonly body: string | null
    }
  | { readonly type: 'callback'; readonly url: string }
