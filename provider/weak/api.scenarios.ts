import { decodeJwt, decodeProtectedHeader, UnsecuredJWT } from 'jose'
import type { Demo } from '../demo.ts'
import { createDpopSender, type DpopSender } from '../dpop-sender.ts'
import { call, exchange, freshCode, freshTokens, member } from '../test-client.ts'
import type { Scenario } from './scenario.ts'

const opens = async (demo: Demo, token: string) =>
  (await call(demo.profileUrl, demo, `Bearer ${token}`)).status === 200

/** A DPoP-bound access token with the key it is bound to. */
export async function boundToken(demo: Demo): Promise<{ sender: DpopSender; token: string }> {
  const sender = await createDpopSender()
  const { asked, code } = await freshCode(demo)
  const dpop = await sender.proof('POST', `${demo.issuer}/token`)
  return { sender, token: member(await exchange(demo, asked, code, {}, { dpop }), 'access_token') }
}

/** Another signature of the same length. */
export function alter(token: string): string {
  const [header, payload, signature = ''] = token.split('.')
  const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`
  return `${header}.${payload}.${flipped}`
}

/** Attacks on the API. */
export const apiScenarios = {
  api_accepts_altered: async demo => opens(demo, alter((await freshTokens(demo)).access)),
  api_accepts_alg_none: async demo => {
    const { access } = await freshTokens(demo)
    const [, payload] = new UnsecuredJWT(decodeJwt(access)).encode().split('.')
    const header = Buffer.from(JSON.stringify({ ...decodeProtectedHeader(access), alg: 'none' })).toString(
      'base64url',
    )
    return opens(demo, `${header}.${payload}.`)
  },
  api_accepts_id_token: async demo => opens(demo, (await freshTokens(demo)).idToken),
  api_accepts_query_token: async demo => {
    const { access } = await freshTokens(demo)
    return (await call(`${demo.profileUrl}?access_token=${access}`, demo, null)).status === 200
  },
  api_ignores_audience: async demo => {
    const { access } = await freshTokens(demo, { resource: `${demo.apiOrigin}/other-api` })
    return opens(demo, access)
  },
  api_ignores_scope: async demo => {
    const { access } = await freshTokens(demo)
    return (await call(`${demo.apiOrigin}/user/orders`, demo, `Bearer ${access}`)).status === 200
  },
  dpop_not_required: async demo => opens(demo, (await boundToken(demo)).token),
  dpop_replay_allowed: async demo => {
    const { sender, token } = await boundToken(demo)
    const dpop = await sender.proof('GET', demo.profileUrl, token)
    await call(demo.profileUrl, demo, `DPoP ${token}`, { dpop })
    return (await call(demo.profileUrl, demo, `DPoP ${token}`, { dpop })).status === 200
  },
  dpop_key_not_checked: async demo => {
    const { token } = await boundToken(demo)
    const dpop = await (await createDpopSender()).proof('GET', demo.profileUrl, token)
    return (await call(demo.profileUrl, demo, `DPoP ${token}`, { dpop })).status === 200
  },
  dpop_proof_not_checked: async demo => {
    const { token } = await boundToken(demo)
    return (await call(demo.profileUrl, demo, `DPoP ${token}`, { dpop: 'anything' })).status === 200
  },
} satisfies Record<string, Scenario>
