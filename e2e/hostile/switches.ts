/**
 * Everything the hostile provider can be told to do wrong, or unusually. An absent switch means honest.
 * One switch changes one thing, so that a refusal has one reason.
 */

/** What is served: the names in the request log. `refresh` is the token endpoint with `grant_type=refresh_token`. */
export const endpoints = [
  'discovery',
  'jwks',
  'par',
  'authorize',
  'token',
  'refresh',
  'userinfo',
  'profile',
  'revoke',
  'end_session',
  'elsewhere',
] as const
export type Endpoint = (typeof endpoints)[number]

export type SigningAlg = 'RS256' | 'PS256' | 'ES256' | 'ES384' | 'ES512' | 'EdDSA' | 'Ed25519'

/** A fault below the protocol. With `times`, only the first so many requests meet it. */
export type Fault = { readonly times?: number } & (
  | { readonly kind: 'html'; readonly status: number }
  | {
      readonly kind: 'json'
      readonly status: number
      readonly body: unknown
      readonly headers?: Readonly<Record<string, string>>
      /** Names for `Access-Control-Expose-Headers`; default: what an honest provider exposes. */
      readonly expose?: string
    }
  /** Sends the client to the endpoint `elsewhere`, which would answer well. */
  | { readonly kind: 'redirect'; readonly status: 302 | 307 }
  /** Does its work, but answers without CORS headers. */
  | { readonly kind: 'no-cors' }
  /** The honest answer with 32 MiB of padding inside. */
  | { readonly kind: 'oversized' }
  /** The honest answer under another media type. */
  | { readonly kind: 'content-type'; readonly value: string }
  /** Accepts the request and never answers. */
  | { readonly kind: 'hanging' }
  /** Closes the connection without an answer. */
  | { readonly kind: 'reset' }
  /** Promises the whole answer, sends half of it and closes the connection. */
  | { readonly kind: 'truncated' }
)

export interface MetadataSwitches {
  /** Path of the issuer after the origin; the metadata is served below it. */
  readonly issuerPath?: '/' | '/tenant' | '/tenant/'
  /** The `issuer` member of the document. */
  readonly issuer?: 'append-INVALID' | 'append-slash' | 'drop-slash' | 'other-host' | 'missing'
  readonly missing?: readonly string[]
  /** This endpoint is given as plain http on a host that is not loopback. */
  readonly insecureEndpoint?: string
  /** `null`: the member is absent. */
  readonly codeChallengeMethods?: readonly string[] | null
  readonly responseTypes?: readonly string[]
  readonly tokenAuthMethods?: readonly string[] | null
  /** `authorization_response_iss_parameter_supported`; `null`: absent. Default true. */
  readonly issParameter?: boolean | null
  /** What the document says about ID token algorithms; default: the one that is used. */
  readonly idTokenAlgs?: readonly string[]
  readonly requirePar?: boolean
  /** `null`: absent, the provider does not do DPoP. */
  readonly dpopAlgs?: readonly string[] | null
  /** Members nobody has heard of. */
  readonly extra?: Readonly<Record<string, unknown>>
}

export interface JwksSwitches {
  /**
   * `single-without-kid`: one key, no `kid` anywhere. `several-without-kid`: two fitting keys, no `kid`.
   * `private-member`: the signing key is published with its private parts. `private-beside`: another key is.
   * `symmetric-beside`, `unknown-type-beside`, `encryption-beside`: a useless key stands next to the right one.
   * `weak-rsa`: the signing key has 1024 bits. `marked-enc`: the signing key has `use: enc`.
   * `other-alg`: the signing key says it is for another algorithm. `wrong-type`: under the `kid` of the token
   * stands a key of another type. `empty`: no keys. `no-keys-member`: an object without `keys`.
   */
  readonly keys?:
    | 'single-without-kid'
    | 'several-without-kid'
    | 'private-member'
    | 'private-beside'
    | 'symmetric-beside'
    | 'unknown-type-beside'
    | 'encryption-beside'
    | 'weak-rsa'
    | 'marked-enc'
    | 'other-alg'
    | 'wrong-type'
    | 'empty'
    | 'no-keys-member'
  /**
   * `before-signing`: new keys are made just before each ID token and published with it.
   * `between-sign-ins`: new keys with each authorization request. `never-published`: signs with new keys, publishes the old.
   */
  readonly rotate?: 'before-signing' | 'between-sign-ins' | 'never-published'
}

export interface AuthorizationResponseSwitches {
  readonly state?: 'append-1' | 'missing' | 'duplicate' | 'empty'
  readonly iss?: 'other' | 'append-slash' | 'missing' | 'duplicate'
  readonly code?: 'missing' | 'duplicate' | 'empty'
  readonly error?: string
  readonly errorDescription?: string
  readonly errorUri?: string
  /** The error comes together with a working code. */
  readonly errorWithCode?: boolean
  /** A working access token and ID token stand in the URL as well. */
  readonly tokens?: 'fragment' | 'query'
  readonly extra?: Readonly<Record<string, string>>
  /** Shows a page with the link `Go on` instead of redirecting: the person decides when. */
  readonly by?: 'link'
}

/** What happens when the request says `prompt=none`; absent: an answer at once, the person has a session here. */
export type SilentAnswer =
  | 'login_required'
  | 'interaction_required'
  | 'consent_required'
  | 'account_selection_required'
  /** A page that never comes back. */
  | 'stays'
  | 'other-subject'

export interface IdTokenSwitches {
  readonly form?: 'absent' | 'five-part' | 'two-part' | 'payload-not-json' | 'not-a-string'
  readonly alg?: SigningAlg | 'none' | 'HS256'
  /** What HS256 is keyed with. */
  readonly hmacKey?: 'client-id' | 'public-key'
  /**
   * `damaged`: one bit of the signature. `payload-altered`: one claim was changed after signing.
   * `foreign-key`: another key under the known `kid`. `embedded-key`: another key, offered in the header.
   */
  readonly signature?: 'damaged' | 'payload-altered' | 'foreign-key' | 'embedded-key' | 'empty'
  readonly kid?: 'absent' | 'unknown'
  readonly crit?: 'unknown'
  readonly typ?: 'absent' | 'at+jwt' | 'dpop+jwt' | 'logout+jwt' | 'lower-case'
  readonly iss?: 'append-1' | 'append-slash' | 'other' | 'missing'
  /** `array`: the right one, in an array. `array-with-other`: and one that nobody trusts. */
  readonly aud?: 'append-1' | 'missing' | 'array' | 'array-with-other' | 'empty-array'
  readonly azp?: 'own' | 'other'
  readonly exp?: 'ten-minutes-ago' | 'seconds-ago' | 'missing' | 'text'
  readonly iat?: 'in-an-hour' | 'in-seconds' | 'two-hours-ago' | 'long-ago' | 'missing' | 'text'
  readonly nbf?: 'in-an-hour' | 'past' | 'text'
  /** `included`: also where it need not be, in a refresh. */
  readonly nonce?: 'append-1' | 'missing' | 'not-a-string' | 'included'
  readonly sub?: 'missing' | 'empty' | 'too-long' | 'number' | 'other'
  /** Default: present and right. */
  readonly atHash?: 'wrong' | 'missing' | 'not-a-string'
  /** Default: there when `max_age` was asked. `included`: there in any case. */
  readonly authTime?: 'missing' | 'long-ago' | 'text' | 'included'
  readonly acr?: 'other' | 'missing'
  readonly extra?: Readonly<Record<string, unknown>>
}

export interface TokenSwitches {
  readonly type?: 'mac' | 'flipped-case' | 'missing' | 'not-a-string' | 'Bearer'
  readonly expiresIn?: number | 'missing' | 'text' | 'negative'
  readonly accessToken?: 'missing' | 'empty' | 'not-a-string' | 'jwt-expired'
  readonly refreshToken?: 'missing' | 'same'
  readonly scope?: 'reduced' | 'missing' | 'not-a-string'
  readonly extra?: Readonly<Record<string, unknown>>
  readonly idToken?: IdTokenSwitches
}

export interface UserInfoSwitches {
  readonly sub?: 'append-invalid' | 'missing' | 'not-a-string'
  readonly format?:
    | 'jwt'
    | 'jwt-unsigned'
    | 'jwt-damaged'
    | 'jwt-other-audience'
    | 'jwt-other-issuer'
    | 'array'
  readonly claims?: 'sub-only'
}

export interface DpopSwitches {
  /** `demanded`: each endpoint wants its nonce. `always-stale`: no nonce is ever good enough. `hidden`: demanded, but CORS hides it. */
  readonly serverNonce?: 'demanded' | 'always-stale' | 'hidden'
  /** `rotating`: every answer brings a new one and only the newest is good. */
  readonly resourceNonce?: 'demanded' | 'rotating' | 'always-stale' | 'hidden'
  /** Spelling of the challenge scheme. */
  readonly scheme?: 'dPoP'
}

export interface ParSwitches {
  readonly status?: 200
  readonly requestUri?: 'missing' | 'not-a-string'
  readonly expiresIn?: 'missing' | 'zero'
}

export interface LogoutSwitches {
  readonly state?: 'other' | 'missing'
}

export interface Switches {
  /** How the person is called in every token and answer. */
  readonly name?: 'markup' | 'right-to-left'
  readonly metadata?: MetadataSwitches
  readonly jwks?: JwksSwitches
  readonly authorizationResponse?: AuthorizationResponseSwitches
  readonly silent?: SilentAnswer
  readonly token?: TokenSwitches
  /** The answer to `grant_type=refresh_token`; nothing is inherited from `token`. */
  readonly refresh?: TokenSwitches
  readonly userinfo?: UserInfoSwitches
  readonly dpop?: DpopSwitches
  readonly par?: ParSwitches
  readonly logout?: LogoutSwitches
  readonly faults?: Readonly<Partial<Record<Endpoint, Fault>>>
}
