/** The claims of an ID token, honest or not. */
import { compactJws, leftHalfHash } from './jws.ts'
import { keyForSigning } from './keys.ts'
import type { IdTokenSwitches, SigningAlg, Switches } from './switches.ts'

/** What the ID token is about: the grant, seen from the moment of signing. */
export interface Subject {
  readonly issuer: string
  readonly clientId: string
  readonly sub: string
  readonly name: string
  readonly nonce: string | null
  /** A token from a refresh leaves the nonce out (OpenID Connect Core 1.0 §12.2). */
  readonly refreshed: boolean
  readonly accessToken: string
  readonly authTime: number
  readonly wantsAuthTime: boolean
  readonly acr: string | null
}

export const idTokenAlg = (switches: IdTokenSwitches = {}): SigningAlg =>
  switches.alg === undefined || switches.alg === 'none' || switches.alg === 'HS256' ? 'RS256' : switches.alg

/** Named values of one claim; `undefined` leaves the claim out. */
function pick<K extends string>(choice: K | undefined, honest: unknown, values: Record<K, unknown>): unknown {
  return choice === undefined ? honest : values[choice]
}

function claims(about: Subject, lies: IdTokenSwitches, now: number): Record<string, unknown> {
  const { issuer, clientId, sub, nonce } = about
  const hash = leftHalfHash(idTokenAlg(lies), about.accessToken)
  const authTime = about.wantsAuthTime ? about.authTime : undefined
  return {
    iss: pick(lies.iss, issuer, {
      'append-1': `${issuer}1`,
      'append-slash': `${issuer}/`,
      other: 'https://other.example',
      missing: undefined,
    }),
    sub: pick(lies.sub, sub, {
      missing: undefined,
      empty: '',
      'too-long': 'a'.repeat(256),
      number: 7,
      other: `${sub}-other`,
    }),
    aud: pick(lies.aud, clientId, {
      'append-1': `${clientId}1`,
      missing: undefined,
      array: [clientId],
      'array-with-other': [clientId, 'https://api.other.example'],
      'empty-array': [],
    }),
    azp: pick(lies.azp, undefined, { own: clientId, other: 'another-client' }),
    exp: pick(lies.exp, now + 300, {
      'ten-minutes-ago': now - 600,
      'seconds-ago': now - 20,
      missing: undefined,
      text: String(now + 300),
    }),
    iat: pick(lies.iat, now, {
      'in-an-hour': now + 3600,
      'in-seconds': now + 20,
      'two-hours-ago': now - 7200,
      'long-ago': now - 400 * 86_400,
      missing: undefined,
      text: String(now),
    }),
    nbf: pick(lies.nbf, undefined, { 'in-an-hour': now + 3600, past: now - 60, text: String(now) }),
    nonce: pick(lies.nonce, about.refreshed ? undefined : (nonce ?? undefined), {
      'append-1': `${nonce ?? ''}1`,
      missing: undefined,
      'not-a-string': [nonce],
      included: nonce ?? 'nobody-asked',
    }),
    at_hash: pick(lies.atHash, hash, {
      wrong: `${hash.startsWith('A') ? 'B' : 'A'}${hash.slice(1)}`,
      missing: undefined,
      'not-a-string': 5,
    }),
    auth_time: pick(lies.authTime, authTime, {
      missing: undefined,
      'long-ago': now - 86_400,
      text: String(now),
      included: about.authTime,
    }),
    acr: pick(lies.acr, about.acr ?? undefined, { other: '0', missing: undefined }),
    name: about.name,
    email: `${sub}@example.com`,
    ...lies.extra,
  }
}

/** The `id_token` member of a token response; `undefined` when it is left out. */
export function idToken(
  about: Subject,
  lies: IdTokenSwitches,
  switches: Switches,
  generation: number,
): unknown {
  if (lies.form === 'absent') return undefined
  if (lies.form === 'not-a-string') return { jwt: true }
  const key = keyForSigning(idTokenAlg(lies), generation, switches.jwks)
  const named = switches.jwks?.keys !== 'single-without-kid' && switches.jwks?.keys !== 'several-without-kid'
  return compactJws(claims(about, lies, Math.floor(Date.now() / 1000)), key, about.clientId, lies, named)
}
