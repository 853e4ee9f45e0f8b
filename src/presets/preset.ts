/**
 * What is known about one provider. Every fact carries a mark that says where it comes from, so that nobody takes
 * a guess for a promise.
 */

/** R run here, S read in source code, D documentation, I issue or thread, T third-party article, U not verified. */
export type Mark = 'R' | 'S' | 'D' | 'I' | 'T' | 'U'

export const markWords: Readonly<Record<Mark, string>> = {
  R: 'seen with a real server',
  S: 'read in the source code',
  D: 'from the vendor’s documentation',
  I: 'from an issue or a thread',
  T: 'from an article by someone else',
  U: 'not verified',
}

/** One part of the issuer that only the person knows: a tenant, a realm, a region. */
export interface Blank {
  /** As it stands in the template, between braces. */
  readonly name: string
  readonly label: string
  readonly example: string
}

/** What belongs into a field of the console; the doctor fills in the person's own value. */
export type Wanted = 'redirect_uri' | 'origin' | 'logout_uri'

/** Where something is set, in the words of the provider's console. */
interface ConsolePlace {
  /** `{client_id}` stands for the person's client. */
  readonly path: readonly string[]
  readonly wants?: Wanted
  /** A fixed value to choose or type. */
  readonly value?: string
  readonly note?: string
  readonly mark: Mark
}

/** The provider leaves nothing to set. */
interface NothingToSet {
  /** Said in place of what to do. */
  readonly nothing: string
  readonly mark: Mark
}

/** Null: not known. */
export type Place = ConsolePlace | NothingToSet | null

/** `refresh`: whether a refresh token comes at all; `rotation`: whether each renewal brings another one. */
export type PlaceName = 'redirect' | 'origin' | 'logout' | 'publicClient' | 'pkce' | 'refresh' | 'rotation'

/** A code or a phrase of this provider, and what it means. */
export interface ErrorMeaning {
  /** Found in `error` or in `error_description`. */
  readonly code: string
  readonly meaning: string
  readonly place: PlaceName | null
  readonly mark: Mark
}

export interface Fact {
  readonly text: string
  readonly mark: Mark
}

/** `no` and `maybe` are explained dead ends: what is refused, and what to do instead. */
export type Suitability = 'yes' | 'likely' | 'after_setup' | 'maybe' | 'no'

export interface DeadEnd {
  /** What exactly the provider refuses. */
  readonly refusal: string
  readonly instead: readonly string[]
  readonly evidence: string
}

export interface Preset {
  readonly id: string
  readonly name: string
  readonly suitability: Suitability
  readonly issuerTemplate: string
  readonly blanks: readonly Blank[]
  /** Recognises an issuer of this provider; absent where issuers say nothing. */
  readonly issuerPattern?: RegExp
  /** What its discovery document has wherever it is served; all of them must be there. Compared with compact JSON. */
  readonly documentMarks?: readonly RegExp[]
  readonly clientIdExample: string
  readonly scope: string
  readonly places: Readonly<Record<PlaceName, Place>>
  readonly errors: readonly ErrorMeaning[]
  readonly logout: Fact & {
    readonly parameters: readonly string[]
    /** Wants parameters of its own, so the standard request does not come back. */
    readonly ownWay?: true
  }
  readonly refresh: Fact & {
    /** True when `offline_access` has to be asked for. */
    readonly offlineAccess: boolean
  }
  readonly accessToken: Fact & { readonly form: 'opaque' | 'jwt' | 'depends' | 'unknown' }
  readonly gotchas: readonly Fact[]
  readonly deadEnd?: DeadEnd
  /** Year and month of the last look at the sources. */
  readonly verified: string
}
