import type { Endpoint, Switches } from './switches.ts'

/** Fields of `config.json` beyond issuer and client id. */
export interface ConfigFields {
  readonly scope?: string
  readonly profile_url?: 'own-api'
  readonly dpop?: boolean
  readonly par?: 'auto' | boolean
  readonly resource?: string
  readonly end_session_method?: 'get'
  readonly extra_authorization_params?: Readonly<Record<string, string>>
}

/** What happens after a sign-in that was good. */
export interface Next {
  /**
   * `reload`: the profile page again. `visit_home`: the start page, as a new document. `wait`: nothing but time.
   * `sign_out`, `sign_in_again`: by the buttons.
   */
  readonly action: 'reload' | 'visit_home' | 'wait' | 'sign_out' | 'sign_in_again'
  /** Replace the switches of the sign-in. */
  readonly switches: Switches
}

interface Described {
  /** Of the standards matrix, for example `IDT-02`. */
  readonly requirement: string
  readonly name: string
  readonly config?: ConfigFields
  readonly switches: Switches
  readonly next?: Next
  /** Text that must not be seen at the end. */
  readonly hidden?: readonly string[]
  /** The page's clock is moved on by so many milliseconds, once the endpoint was asked (after `next`, when there is one). */
  readonly wait?: { readonly at?: Endpoint; readonly milliseconds: number }
}

export interface RefusedCase extends Described {
  /** `data-error-code` of the alert. */
  readonly code: string
  /** The endpoint whose answer is wrong, in the last part of the case. */
  readonly at: Endpoint
  /** Not called any more after that answer. */
  readonly never: readonly Endpoint[]
  /** The person was signed in well before, and their name may stay. */
  readonly nameMayStay?: true
}

export interface AcceptedCase extends Described {
  /** Heading of the profile; default: Alice. `null`: the person is signed out at the end. */
  readonly heading?: string | null
  /** Where the page is at the end; default: `/profile`. */
  readonly path?: string
  /** How many requests an endpoint got, preflights not counted. */
  readonly calls?: Readonly<Partial<Record<Endpoint, number>>>
  /** Text that must be seen at the end. */
  readonly shown?: readonly string[]
}

/** After wrong metadata nobody is sent there, and nothing is asked. */
export const afterDiscovery: readonly Endpoint[] = [
  'par',
  'authorize',
  'token',
  'refresh',
  'userinfo',
  'profile',
  'revoke',
]
/** After a wrong authorization response the code is not spent. */
export const afterResponse: readonly Endpoint[] = [
  'token',
  'refresh',
  'userinfo',
  'profile',
  'revoke',
  'elsewhere',
]
/** After a wrong token response no token is used, and the code is not spent again. */
export const afterTokens: readonly Endpoint[] = [
  'token',
  'refresh',
  'userinfo',
  'profile',
  'revoke',
  'elsewhere',
]
export const afterUse: readonly Endpoint[] = ['token', 'refresh', 'userinfo', 'profile', 'elsewhere']

export const title = (each: Described): string => `${each.requirement}: ${each.name}`
