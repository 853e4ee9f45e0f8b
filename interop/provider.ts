import type { Page } from '@playwright/test'

export interface Person {
  readonly login: string
  readonly password: string
  /** What the provider gives as `name`. */
  readonly name: string
}

/** A client that works once a setting of the app is changed. */
export interface Surprise {
  readonly client: string
  /** The person is asked for the password before the sign-in stops. */
  readonly afterPassword: boolean
  /** The cause that is found, and the button that mends it. */
  readonly cause: string
  readonly press: string
}

/** What a provider under test has to be able to do, whoever wrote it. */
export interface RunningProvider {
  /** With its version, for the report. */
  readonly title: string
  readonly issuer: string
  /** Origin of the page that asks for the password; most have it at the issuer's. */
  readonly pages: string
  readonly person: Person
  /** Scopes for the journey; enough for a name and a refresh token. */
  readonly scope: string
  readonly client: string
  /** A client whose allowed origins leave the app out; null where the provider has no such setting. */
  readonly clientWrongOrigin: string | null
  /** Clients whose registration shows in a sign-in only. */
  readonly surprises?: readonly Surprise[]
  /** Where PKCE may be left out of the authorization request, and what the experiment finds there. */
  readonly pkceOff: {
    readonly issuer: string
    readonly client: string
    readonly verdict: 'blocked' | 'not-blocked'
  }
  /** Not every provider gives a refresh token to a public client. */
  readonly renewsBy: 'refresh token' | 'hidden frame'
  /** The name that its discovery document gives away to the doctor; null where the issuer does, or nothing. */
  readonly recognisedAs: string | null
  /** `prompt=none` works with the cookie alone; otherwise what it wants besides. */
  readonly silent: 'cookie' | 'id_token_hint'
  /** RP-Initiated Logout §2 demands GET and POST; not every provider has both. */
  readonly endSession: 'get and post' | 'get only'
  /** Drives the sign-in over HTTP, from the authorization request to the redirect back. */
  readonly signInByHttp: (authorizationRequest: URL, redirectUri: string) => Promise<URL>
  /** Fills the provider's own sign-in page, which the browser already shows. @returns whether it asked for the password */
  readonly signInOnPage: (page: Page) => Promise<boolean>
  /** Answers the provider's own "do you want to sign out?" page, if it shows one. */
  readonly signOutOnPage: (page: Page) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Started, or one sentence that says why it was not run here. */
export type Started = RunningProvider | { readonly notRun: string }

export interface Ports {
  readonly provider: number
  /** Second port, for providers that want one. */
  readonly management: number
  readonly app: number
}
