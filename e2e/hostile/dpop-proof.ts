/** Judges DPoP proofs (RFC 9449 §4.3) and demands nonces (§8, §9). */
import { createHash } from 'node:crypto'
import {
  base64url,
  calculateJwkThumbprint,
  decodeProtectedHeader,
  EmbeddedJWK,
  errors,
  jwtVerify,
} from 'jose'
import { type Answer, json, type LoggedRequest } from './http.ts'
import { freshNonce, type State } from './state.ts'

/** `thumbprint`: the key that proved itself. `null`: no proof was sent. Otherwise the answer that refuses it. */
export type Judged = { readonly thumbprint: string | null } | { readonly refusal: Answer }

type Side = 'server' | 'resource'

const challenge = (state: State, error: string): string =>
  `${state.switches.dpop?.scheme ?? 'DPoP'} error="${error}", algs="ES256"`

function refuse(state: State, side: Side, error: string, nonce?: string): Judged {
  const headers: Record<string, string> = nonce === undefined ? {} : { 'dpop-nonce': nonce }
  return {
    refusal:
      side === 'server'
        ? json(400, { error }, headers)
        : json(401, { error }, { ...headers, 'www-authenticate': challenge(state, error) }),
  }
}

function nonceRefusal(state: State, side: Side, nonce: unknown): Judged | null {
  const rule = side === 'server' ? state.switches.dpop?.serverNonce : state.switches.dpop?.resourceNonce
  if (rule === undefined) return null
  const current = side === 'server' ? state.serverNonce : state.resourceNonce
  if (rule !== 'always-stale' && nonce === current) return null
  if (rule === 'always-stale') {
    if (side === 'server') state.serverNonce = freshNonce()
    else state.resourceNonce = freshNonce()
  }
  return refuse(state, side, 'use_dpop_nonce', side === 'server' ? state.serverNonce : state.resourceNonce)
}

/** @param accessToken with it, the proof must carry its hash (`ath`) */
export async function judgeProof(
  state: State,
  request: LoggedRequest,
  side: Side,
  accessToken: string | null,
): Promise<Judged> {
  const proof = request.headers['dpop']
  if (proof === undefined) return { thumbprint: null }
  try {
    const { jwk } = decodeProtectedHeader(proof)
    if (jwk === undefined || 'd' in jwk) return refuse(state, side, 'invalid_dpop_proof')
    const { payload } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256'],
      requiredClaims: ['jti', 'htm', 'htu', 'iat'],
      maxTokenAge: 300,
      // A case may have moved the clock of the page.
      clockTolerance: 300,
    })
    const ath =
      accessToken === null ? undefined : base64url.encode(createHash('sha256').update(accessToken).digest())
    const right =
      payload['htm'] === request.method &&
      payload['htu'] === `${state.origin}${request.path}` &&
      payload['ath'] === ath
    if (!right || payload.jti === undefined || state.proofs.has(payload.jti))
      return refuse(state, side, 'invalid_dpop_proof')
    state.proofs.add(payload.jti)
    return nonceRefusal(state, side, payload['nonce']) ?? { thumbprint: await calculateJwkThumbprint(jwk) }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError)
      return refuse(state, side, 'invalid_dpop_proof')
    throw error
  }
}

/** With `rotating`, every answer of the resource server brings the next nonce. */
export function nextResourceNonce(state: State): Record<string, string> {
  if (state.switches.dpop?.resourceNonce !== 'rotating') return {}
  state.resourceNonce = freshNonce()
  return { 'dpop-nonce': state.resourceNonce }
}
