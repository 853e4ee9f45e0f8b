/** One line of the picture: a message or a check, drawn as a ghost before it happens and filled in by an Entry. */

import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import type {
  Check,
  FlowType,
  HeldMessage,
  HttpRequest,
  HttpResponse,
  StepKind,
  ValueName,
  Via,
} from '../oauth/step.ts'

/** From left to right, as they are drawn. */
export const lanes = ['you', 'app', 'authorization-server', 'resource-server'] as const
export type Lane = (typeof lanes)[number]

/** `front`: through the address bar. `back`: a direct fetch. `human`: in a page. `check`, `make`: inside one party. */
export type Channel = 'front' | 'back' | 'human' | 'check' | 'make'

export const acts = ['prepare', 'authorize', 'return', 'exchange', 'use', 'renew_and_end'] as const
export type Act = (typeof acts)[number]

/** What a browser cannot see and the lens reads from the answers; drawn as `inferred`. */
export type InferredKind = 'sign_in_page' | 'consent_given' | 'pkce_compared' | 'access_token_checked'

export type MessageKind =
  | Exclude<StepKind, 'flow_started' | 'held' | 'failed' | 'session_changed'>
  | InferredKind

/** Asked or answered over the network or through the address bar; what is made or checked is neither. */
export const isRequest = (kind: MessageKind): boolean => kind.endsWith('_request')
export const isResponse = (kind: MessageKind): boolean => kind.endsWith('_response')

/** The words of the outside contract (`data-status`). */
export type MessageStatus = 'upcoming' | 'active' | 'done' | 'failed' | 'blocked' | 'paused' | 'tampered'

/** A protocol value as it appears in one message. */
export interface Carried {
  readonly value: ValueName
  /** The raw text while this page remembers it, else null. */
  readonly text: string | null
  /** Length of the raw text in characters; null for a ghost. */
  readonly length: number | null
  /** First 16 hexadecimal digits of its SHA-256: equal values have equal fingerprints. Null for a ghost. Show the first 4. */
  readonly fingerprint: string | null
  /** Edited by the person before it was sent. */
  readonly tampered: boolean
  /** Failed the comparison that was made with it. */
  readonly odd: boolean
}

export interface Message {
  /** Stable: the id of the entry, or `ghost:<kind>`; an inferred one is `<entry id>:<kind>`. Goes into the URL. */
  readonly id: string
  /** `4.1`: act and place in the act. */
  readonly number: string
  readonly kind: MessageKind
  readonly act: Act
  readonly from: Lane
  /** Equal to `from` for a check or something made inside one party. */
  readonly to: Lane
  readonly channel: Channel
  /** What the line says: `POST /token`, `200 tokens`, `Check the ID token`. */
  readonly label: string
  readonly status: MessageStatus
  /** The flow stopped before this one: an `upcoming` message that will not be sent. */
  readonly never: boolean
  readonly inferred: boolean
  readonly carried: readonly Carried[]
  readonly flow: string | null
  readonly flowType: FlowType
  /** Wall clock, milliseconds; null for a ghost. */
  readonly at: number | null
  /** Milliseconds; null when unknown. */
  readonly duration: number | null
  /** Id of the message that this one answers, or null. */
  readonly answers: string | null
  /** A request and its answer both hold both, once they are there. */
  readonly request: HttpRequest | null
  readonly response: HttpResponse | null
  /** URL of a front-channel message. */
  readonly url: string | null
  /** How the browser reached the authorization endpoint or came back from it; null for every other message. */
  readonly via: Via | null
  readonly checks: readonly Check[]
  readonly tampered: readonly string[]
  /** Set on the message where the flow stopped, and on the inferred check that refused it. */
  readonly error: OAuthErrorDetails | null
  /** Set on a message that did not do what it was for and stopped nothing: a note, the flow goes on. */
  readonly warning: OAuthErrorDetails | null
  /** Set while the message is held. */
  readonly held: HeldMessage | null
}

/** Got to the other side. What was held did not; a request that failed unanswered may have been lost on the way. */
export function hasArrived({ status, response, channel }: Message): boolean {
  if (status === 'paused') return false
  return status !== 'failed' || response !== null || channel === 'front'
}

/** What the picture needs to know before anything has happened, to draw ghosts. */
export interface Expectation {
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
  readonly appOrigin: string
  readonly authorizationServerOrigin: string
  readonly resourceServerOrigin: string | null
  readonly authorizationPath: string
  readonly tokenPath: string
  readonly profilePath: string | null
  readonly redirectPath: string
  readonly parPath: string
  readonly revocationPath: string
  readonly endSessionPath: string
  readonly endSessionMethod: 'GET' | 'POST'
  readonly postLogoutPath: string
  readonly usesPar: boolean
  readonly usesDpop: boolean
  readonly canRevoke: boolean
  readonly canEndSession: boolean
}
