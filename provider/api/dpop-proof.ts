/** Judging a DPoP proof at the API (RFC 9449 §4.3 and §7.1): the sender must hold the key that the token is bound to. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, type JWTPayload, jwtVerify } from 'jose'
import type { Weaknesses } from '../weaknesses.ts'
import { dpopAlgs, Refusal } from './refusal.ts'

export interface ProofRequest {
  readonly method: string
  /** Absolute address without query and fragment. */
  readonly url: string
  readonly accessToken: string
  readonly boundKey: string
  /** Every `DPoP` header of the request. */
  readonly proofs: readonly string[]
}

const windowSeconds = 60
const rememberedProofs = 5000

const refuse = (description: string): never => {
  throw new Refusal(401, 'invalid_dpop_proof', description)
}

const withoutQuery = (address: unknown): string | null => {
  if (typeof address !== 'string' || !URL.canParse(address)) return null
  const url = new URL(address)
  return `${url.origin}${url.pathname}`
}

/** Checks proofs and remembers their `jti`, so that none works twice. */
export class ProofJudge {
  readonly #weaknesses: Weaknesses
  readonly #demandNonce: boolean
  readonly #secret = randomBytes(32)
  readonly #seen = new Set<string>()

  constructor(weaknesses: Weaknesses, demandNonce: boolean) {
    this.#weaknesses = weaknesses
    this.#demandNonce = demandNonce
  }

  /** The nonce of this five minutes; the one before is still taken (RFC 9449 §9). Null when none is demanded. */
  nonce(age = 0): string | null {
    if (!this.#demandNonce) return null
    const slot = Math.floor(Date.now() / 300_000) - age
    return createHmac('sha256', this.#secret).update(String(slot)).digest('base64url')
  }

  /** @throws Refusal 401 `invalid_dpop_proof`, `use_dpop_nonce` or `invalid_token` */
  async judge(request: ProofRequest): Promise<void> {
    const [proof, ...more] = request.proofs
    if (proof === undefined)
      throw new Refusal(401, 'invalid_token', 'the token is bound to a key: a DPoP proof is missing')
    if (this.#weaknesses.has('dpop_proof_not_checked')) return
    if (more.length > 0) refuse('there is more than one DPoP header')
    const { payload, thumbprint } = await verify(proof)
    this.#judgeClaims(payload, request)
    if (thumbprint !== request.boundKey && !this.#weaknesses.has('dpop_key_not_checked'))
      throw new Refusal(401, 'invalid_token', 'the token is bound to another key than the one of the proof')
    this.#refuseReplay(`${thumbprint} ${payload.jti}`)
  }

  #judgeClaims(payload: JWTPayload, request: ProofRequest): void {
    if (payload['htm'] !== request.method) refuse('htm is not the method of this request')
    if (withoutQuery(payload['htu']) !== request.url) refuse('htu is not the address of this request')
    if (payload['ath'] !== createHash('sha256').update(request.accessToken).digest('base64url'))
      refuse('ath is not the hash of this access token')
    if (typeof payload.jti !== 'string' || payload.jti === '') refuse('jti is missing')
    if (this.#demandNonce && payload['nonce'] !== this.nonce() && payload['nonce'] !== this.nonce(1))
      throw new Refusal(401, 'use_dpop_nonce', 'the proof needs the nonce of this server')
    if (typeof payload.iat !== 'number' || Math.abs(Date.now() / 1000 - payload.iat) > windowSeconds)
      refuse('iat is not now: more than a minute away from the clock of the API')
  }

  #refuseReplay(id: string): void {
    if (this.#seen.has(id) && !this.#weaknesses.has('dpop_replay_allowed'))
      refuse('this proof was used before')
    this.#seen.add(id)
    for (const oldest of this.#seen) {
      if (this.#seen.size <= rememberedProofs) return
      this.#seen.delete(oldest)
    }
  }
}

async function verify(proof: string): Promise<{ payload: JWTPayload; thumbprint: string }> {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: dpopAlgs,
    })
    const { jwk } = protectedHeader
    if (!jwk || 'd' in jwk) return refuse('the proof must hold a public key only')
    return { payload, thumbprint: await calculateJwkThumbprint(jwk) }
  } catch (error) {
    if (error instanceof Refusal) throw error
    return refuse('the proof is malformed or its signature does not fit')
  }
}
