import { createHash } from 'node:crypto'
import { createRemoteJWKSet, decodeJwt, type JWTVerifyResult, jwtVerify } from 'jose'
import type { Demo } from '../demo.ts'
import { call, freshTokens, member } from '../test-client.ts'
import type { Scenario } from './scenario.ts'

const metadata = async (demo: Demo) =>
  (await call(`${demo.issuer}/.well-known/openid-configuration`, demo, null)).json

/** True when the ID token of a fresh sign-in fails the check. */
function idTokenFails(
  check: (found: { nonce: string; access: string; idToken: string; demo: Demo }) => Promise<boolean>,
): Scenario {
  return async demo => {
    const { access, asked, idToken } = await freshTokens(demo)
    return !(await check({ nonce: asked.nonce, access, idToken, demo }))
  }
}

const verified = (demo: Demo, idToken: string, audience = 'pkce-lens'): Promise<JWTVerifyResult | null> =>
  jwtVerify(idToken, createRemoteJWKSet(new URL(`${demo.issuer}/jwks`)), {
    issuer: demo.issuer,
    audience,
  }).catch(() => null)

const signatureHolds = idTokenFails(async ({ demo, idToken }) => (await verified(demo, idToken)) !== null)

/** Attacks that look at metadata, keys, ID tokens and UserInfo. */
export const documentScenarios = {
  wrong_metadata_issuer: async demo => (await metadata(demo))['issuer'] !== demo.issuer,
  no_pkce_in_metadata: async demo => !('code_challenge_methods_supported' in (await metadata(demo))),
  metadata_lists_implicit: async demo => {
    const { grant_types_supported: grants, response_types_supported: types } = await metadata(demo)
    return JSON.stringify([grants, types]).includes('"password"') && JSON.stringify(types).includes('"token"')
  },
  weak_key: async demo => {
    const { keys } = (await call(`${demo.issuer}/jwks`, demo, null)).json
    const moduli = Array.isArray(keys) ? keys.flatMap(key => (typeof key.n === 'string' ? [key.n] : [])) : []
    return moduli.some(n => Buffer.from(n, 'base64url').length * 8 < 2048)
  },
  id_token_altered: async demo => {
    const { idToken } = await freshTokens(demo)
    return decodeJwt(idToken)['name'] === 'Mallory' && (await verified(demo, idToken)) === null
  },
  id_token_alg_none: signatureHolds,
  id_token_wrong_key: signatureHolds,
  id_token_wrong_nonce: idTokenFails(async ({ idToken, nonce }) => decodeJwt(idToken)['nonce'] === nonce),
  id_token_no_nonce: idTokenFails(async ({ idToken }) => 'nonce' in decodeJwt(idToken)),
  id_token_wrong_audience: idTokenFails(async ({ idToken }) => decodeJwt(idToken).aud === 'pkce-lens'),
  id_token_wrong_issuer: idTokenFails(async ({ demo, idToken }) => decodeJwt(idToken).iss === demo.issuer),
  id_token_expired: idTokenFails(async ({ idToken }) => (decodeJwt(idToken).exp ?? 0) > Date.now() / 1000),
  id_token_wrong_at_hash: idTokenFails(async ({ access, idToken }) => {
    const half = createHash('sha256').update(access).digest().subarray(0, 16).toString('base64url')
    return decodeJwt(idToken)['at_hash'] === half
  }),
  userinfo_wrong_sub: async demo => {
    const { access, idToken } = await freshTokens(demo, { scope: 'openid' })
    const person = await call(`${demo.issuer}/userinfo`, demo, `Bearer ${access}`)
    return member(person, 'sub') !== decodeJwt(idToken).sub
  },
  long_lifetimes: async demo => {
    const { access, tokens } = await freshTokens(demo)
    const { exp = 0, iat = 0 } = decodeJwt(access)
    return Number(tokens.json['expires_in']) > 3600 && exp - iat > 3600
  },
} satisfies Record<string, Scenario>
