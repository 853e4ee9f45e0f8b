/** A provider that signs ID tokens with jose, and what this client expects of them. */
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose'
import { issuer } from './client.test-data.ts'
import type { ExpectedIdToken, IdTokenClaims } from './id-token.ts'
import { type PublicKey, parseKeys } from './keys.ts'

/** Seconds. */
export const now = 1_800_000_000
export const clientId = 'this-app'
export const nonce = 'the-nonce'

export const goodClaims = { iss: issuer, aud: clientId, sub: 'alice', exp: now + 300, iat: now, nonce }

/** `kid: undefined` signs without one. */
type Header = Partial<Omit<JWTHeaderParameters, 'kid'>> & { readonly kid?: string | undefined }

export interface Signer {
  readonly alg: string
  readonly keys: readonly PublicKey[]
  sign(claims?: Record<string, unknown>, header?: Header): Promise<string>
}

export async function signer(alg = 'ES256', kid = 'k1'): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const keys = parseKeys([{ ...(await exportJWK(publicKey)), kid }]) ?? []
  return {
    alg,
    keys,
    sign: (claims = {}, header = {}) => {
      const { kid: named, ...rest } = { kid, ...header }
      return new SignJWT(
        Object.fromEntries(
          Object.entries({ ...goodClaims, ...claims }).filter(([, value]) => value !== undefined),
        ),
      )
        .setProtectedHeader({ alg, ...(named === undefined ? {} : { kid: named }), ...rest })
        .sign(privateKey)
    },
  }
}

export function expectation({ alg, keys }: Signer, more: Partial<ExpectedIdToken> = {}): ExpectedIdToken {
  return {
    issuer,
    clientId,
    announcedAlgorithms: [alg],
    nonce,
    accessToken: 'the-access-token',
    now: now * 1000,
    keySets: [async () => keys],
    ...more,
  }
}

export const earlier: IdTokenClaims = { ...goodClaims, auth_time: now - 900, iat: now - 600, exp: now - 300 }
