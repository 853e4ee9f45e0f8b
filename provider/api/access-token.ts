/** Judging an access token as a resource server does (RFC 9068 §4): signature, issuer, audience, time, type, scope. */
import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTClaimVerificationOptions,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
  type ProtectedHeaderParameters,
  UnsecuredJWT,
} from 'jose'
import type { Weaknesses } from '../weaknesses.ts'
import { Refusal } from './refusal.ts'

export interface AcceptedToken {
  readonly sub: string
  readonly scopes: ReadonlySet<string>
  /** Thumbprint of the key that the token is bound to (RFC 9449 §6.1), or null for a bearer token. */
  readonly boundKey: string | null
}

export interface ApiIdentity {
  readonly issuer: string
  readonly audience: string
}

const algorithms = ['RS256', 'ES256', 'Ed25519']

/** The provider's published keys, fetched when a token needs them and again when a `kid` is new. */
export function publishedKeys(issuer: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(`${issuer}/jwks`), { cooldownDuration: 1000, cacheMaxAge: 60_000 })
}

/** The token cannot be judged, because the provider's keys cannot be read: that is not the sender's fault. */
export class KeysUnreadable extends Error {}

function isAboutToken(error: unknown): boolean {
  const aboutKeys = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid
  return error instanceof errors.JOSEError && !aboutKeys && error.code !== 'ERR_JOSE_GENERIC'
}

function headerOf(token: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(token)
  } catch {
    throw new Refusal(401, 'invalid_token', 'the access token is malformed')
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the access token expired'
  if (error instanceof errors.JWTClaimValidationFailed)
    return error.claim === 'aud'
      ? 'the access token is for another API'
      : `the access token has a wrong ${error.claim} (${error.reason})`
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return 'the signature of the access token does not fit'
  if (error instanceof errors.JWKSNoMatchingKey) return 'the access token was signed with an unknown key'
  if (error instanceof errors.JOSEAlgNotAllowed)
    return 'the access token was signed in a way that is not allowed'
  return 'the access token is malformed'
}

function rulesFor(
  identity: ApiIdentity,
  token: string,
  isIdToken: boolean,
  weaknesses: Weaknesses,
): JWTClaimVerificationOptions {
  const rules: JWTClaimVerificationOptions = {
    issuer: identity.issuer,
    requiredClaims: ['sub', 'exp', 'iat', 'jti', 'client_id'],
  }
  if (isIdToken) delete rules.requiredClaims
  else rules.typ = 'at+jwt'
  if (!isIdToken && !weaknesses.has('api_ignores_audience')) rules.audience = identity.audience
  if (weaknesses.has('api_accepts_expired')) rules.currentDate = new Date((decodeJwt(token).iat ?? 0) * 1000)
  return rules
}

async function claimsOf(
  token: string,
  keys: JWTVerifyGetKey,
  rules: JWTClaimVerificationOptions,
  weaknesses: Weaknesses,
): Promise<JWTPayload> {
  const { alg } = headerOf(token)
  const unsigned = alg === 'none' && weaknesses.has('api_accepts_alg_none')
  if (unsigned || (alg !== 'none' && weaknesses.has('api_accepts_altered'))) {
    const { typ: _typ, ...claimRules } = rules
    return UnsecuredJWT.decode(new UnsecuredJWT(decodeJwt(token)).encode(), claimRules).payload
  }
  return (await jwtVerify(token, keys, { ...rules, algorithms })).payload
}

/**
 * Checks the token.
 * @throws Refusal 401 `invalid_token`; KeysUnreadable when the provider does not answer
 */
export async function judgeAccessToken(
  token: string,
  identity: ApiIdentity,
  keys: JWTVerifyGetKey,
  weaknesses: Weaknesses,
): Promise<AcceptedToken> {
  const isIdToken = headerOf(token).typ !== 'at+jwt' && weaknesses.has('api_accepts_id_token')
  let claims: JWTPayload
  try {
    claims = await claimsOf(token, keys, rulesFor(identity, token, isIdToken, weaknesses), weaknesses)
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (!isAboutToken(error)) throw new KeysUnreadable('the keys of the provider cannot be read')
    throw new Refusal(401, 'invalid_token', reasonOf(error))
  }
  if (isIdToken) return { sub: String(claims.sub), scopes: new Set(['read_profile']), boundKey: null }
  const { sub, scope, cnf } = claims
  const jkt = typeof cnf === 'object' && cnf !== null && 'jkt' in cnf ? cnf.jkt : null
  return {
    sub: String(sub),
    scopes: new Set(typeof scope === 'string' ? scope.split(' ') : []),
    boundKey: typeof jkt === 'string' ? jkt : null,
  }
}
