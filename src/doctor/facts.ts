/** What the questions share: the configuration, and every answer of the provider, asked once. */
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Via } from '../oauth/step.ts'
import { type FilledPlace, placeFor } from '../presets/place.ts'
import type { PlaceName, Preset } from '../presets/preset.ts'
import { recognise } from '../presets/presets.ts'
import { parseUrl } from './address.ts'
import { discoveryUrl, type EndpointName, type Metadata, oauthMetadataUrl, readMetadata } from './metadata.ts'
import { whyNotAsked } from './not-asked.ts'
import type { ProbePorts } from './probe.ts'
import { type Reach, reach } from './reach.ts'

/** What only a sign-in can tell; null members are not known. */
export interface SignInFacts {
  /** How it was made; each way has its own address to come back to. */
  readonly via: Via | null
  /** Seconds: positive when this computer's clock is behind the provider's. */
  readonly clockOffset: number | null
  readonly refreshTokenCame: boolean | null
  /** Whether a renewal brought another refresh token. */
  readonly refreshTokenRotated: boolean | null
  readonly accessTokenForm: 'opaque' | 'jwt' | null
  readonly accessTokenForGraph: boolean
}

/** Documents that the person pasted, because the browser may not read them. */
export interface Pasted {
  readonly discovery: string | null
  readonly keys: string | null
}

export const nothingPasted: Pasted = { discovery: null, keys: null }

/** Keeps what was read, so that a second look needs no second request. */
export type Remember = (kind: 'discovery' | 'keys', url: string, ask: () => Promise<Reach>) => Promise<Reach>

export interface DocumentSeen {
  readonly url: string
  readonly reach: Reach
  readonly pasted: boolean
}

export interface DiscoverySeen extends DocumentSeen {
  readonly metadata: Metadata | null
  /** Set when a document can be read at the location of RFC 8414 only. */
  readonly oauthLocation: string | null
}

/** `profile_url` is named by the configuration, the others by the metadata. */
export type AddressName = EndpointName | 'profile_url'

export interface Facts {
  readonly config: ClientConfig
  /** Whose words are used. For an issuer that nobody knows, the one that its document gives away, once that is read. */
  readonly preset: Preset
  /** The document gave it away; the person chose none. */
  readonly isGuessed: boolean
  readonly ports: ProbePorts
  readonly lastSignIn: SignInFacts | null
  discovery(): Promise<DiscoverySeen>
  metadata(): Promise<Metadata | null>
  /** An address that may be asked; null when it is not named, or leads where it must not. */
  address(name: AddressName): Promise<URL | null>
  /** Null without a `jwks_uri` that may be asked. */
  keys(): Promise<DocumentSeen | null>
  /** One harmless POST to the token endpoint; null without one that may be asked. */
  token(): Promise<Reach | null>
  /** A request to such an address; null without one that may be asked. */
  endpoint(name: AddressName, init: RequestInit): Promise<Reach | null>
  /** In the words of the chosen provider, or of one that gave itself away. */
  place(name: PlaceName, of?: Preset): FilledPlace
}

export interface FactsInput {
  readonly config: ClientConfig
  readonly preset: Preset
  readonly ports: ProbePorts
  readonly lastSignIn: SignInFacts | null
  readonly pasted: Pasted
  readonly remember: Remember
}

/**
 * Nothing is asked before the first question wants it, and every document and the token endpoint are asked at most
 * once, however many questions want them at the same time. What is missing or may not be asked is null, and what
 * could not be read is a `Reach` that says why: no member rejects because of a provider.
 */
export function collectFacts(input: FactsInput): Facts {
  const { config, ports, pasted, remember } = input
  let { preset } = input
  const once = <T>(ask: () => Promise<T>) => {
    let asked: Promise<T> | undefined
    return () => {
      asked ??= ask()
      return asked
    }
  }
  const get = (url: string) => reach(ports, url, { headers: { accept: 'application/json' } }, url)
  const paste = (body: string): Reach => ({
    kind: 'answered',
    status: 200,
    headers: new Headers(),
    body,
    ms: 0,
  })

  const readDiscovery = async (): Promise<DiscoverySeen> => {
    const url = discoveryUrl(config.issuer)
    if (pasted.discovery !== null)
      return {
        url,
        reach: paste(pasted.discovery),
        pasted: true,
        metadata: readMetadata(pasted.discovery),
        oauthLocation: null,
      }
    const seen = await remember('discovery', url, () => get(url))
    const metadata = seen.kind === 'answered' && seen.status === 200 ? readMetadata(seen.body) : null
    // Where CORS hides it, there may be no document at all, and one that can be read beside it.
    if (metadata || (seen.kind === 'blocked' && seen.code !== 'cors_blocked'))
      return { url, reach: seen, pasted: false, metadata, oauthLocation: null }
    const other = oauthMetadataUrl(config.issuer)
    const second = await get(other)
    const described = second.kind === 'answered' && second.status === 200 ? readMetadata(second.body) : null
    // A server that gives ID tokens has a document for them: it is hidden, and not missing.
    const isHidden = seen.kind === 'blocked' && described?.list('id_token_signing_alg_values_supported')
    const oauthLocation = described && !isHidden ? other : null
    return { url, reach: seen, pasted: false, metadata: null, oauthLocation }
  }
  const discovery = once(async () => {
    const seen = await readDiscovery()
    if (seen.metadata && seen.reach.kind === 'answered') preset = recognise(preset, seen.reach.body)
    return seen
  })
  const metadata = async () => (await discovery()).metadata

  const address = async (name: AddressName): Promise<URL | null> => {
    const url = parseUrl(
      name === 'profile_url' ? (config.profileUrl ?? undefined) : (await metadata())?.endpoints[name],
    )
    return url && whyNotAsked(url, new URL(config.issuer)) === null ? url : null
  }

  const endpoint = async (name: AddressName, init: RequestInit): Promise<Reach | null> => {
    const url = await address(name)
    if (!url) return null
    const { reach: seen, pasted: byHand, url: known } = await discovery()
    const sameOrigin = parseUrl(known)?.origin === url.origin
    const harmless = sameOrigin ? (seen.kind === 'answered' && !byHand ? null : known) : `${url.origin}/`
    return reach(ports, url.href, init, harmless)
  }

  return {
    config,
    get preset() {
      return preset
    },
    get isGuessed() {
      return preset !== input.preset
    },
    ports,
    lastSignIn: input.lastSignIn,
    discovery,
    metadata,
    address,
    keys: once(async () => {
      const named = (await metadata())?.endpoints.jwks_uri
      if (pasted.keys !== null) return { url: named ?? 'pasted', reach: paste(pasted.keys), pasted: true }
      if (named === undefined || !(await address('jwks_uri'))) return null
      return { url: named, reach: await remember('keys', named, () => get(named)), pasted: false }
    }),
    token: once(() => endpoint('token_endpoint', tokenProbe(config))),
    endpoint,
    place: (name, of = preset) =>
      placeFor(of, name, {
        clientId: config.clientId,
        redirectUri: config.redirectUri,
        logoutUri: config.postLogoutRedirectUri,
        origin: ports.origin,
      }),
  }
}

/**
 * A code exchange without a code: it can spend nothing and must be refused, and the refusal shows whether this
 * origin may read answers and whether the client is asked for a secret. With DPoP the extra header forces the
 * preflight that the real request needs.
 */
function tokenProbe(config: ClientConfig): RequestInit {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: config.clientId,
    redirect_uri: config.redirectUri,
  })
  return {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(config.dpop ? { dpop: 'probe' } : {}),
    },
    body: body.toString(),
  }
}
