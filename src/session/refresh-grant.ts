/** One refresh: the request, its answer, and the ID token in it (RFC 6749 §6, OpenID Connect Core 1.0 §12.2). */
import { jsonObject, textOf } from '../oauth/check.ts'
import { judgeIdToken } from '../oauth/id-token.ts'
import { renewalOf } from '../oauth/id-token-renewed.ts'
import { judgeTokenResponse, requestRefresh } from '../oauth/token.ts'
import type { Grant } from './grant.ts'
import type { Means } from './server.ts'
import { newFlow } from './wire.ts'

/**
 * Trades the refresh token for a new grant; nothing of the answer is used before its ID token has passed.
 * @param refreshToken the newest one that is known
 * @param rotated told at once when the answer brings a new one: the old one is spent, whatever follows (RT-02)
 * @throws OAuthError of the network, the token endpoint, or the ID token
 */
export async function refreshGrant(
  { ports, wire, servers }: Means,
  before: Grant,
  refreshToken: string,
  rotated: (refreshToken: string) => void,
): Promise<Grant> {
  const { config, metadata, dpop } = before
  const flow = newFlow('refresh')
  wire.tell(flow, {
    kind: 'flow_started',
    issuer: config.issuer,
    clientId: config.clientId,
    redirectUri: config.redirectUri,
    scope: before.scope,
    parent: before.flow.id,
  })
  const expected = {
    issuer: config.issuer,
    scope: before.scope,
    dpop: dpop !== null,
    idTokenRequired: false,
  }
  const answer = await wire.send(
    flow,
    'refresh',
    fetch => requestRefresh(metadata, config, refreshToken, fetch),
    response => {
      // Also from an answer that is refused.
      const newest = textOf(jsonObject(response.body)?.['refresh_token'])
      if (newest) rotated(newest)
      return judgeTokenResponse(response, expected)
    },
    { dpop },
  )
  const [receivedAt, receivedMonotonic] = [ports.now(), ports.monotonic()]
  let { claims, idToken, keys } = before
  let unread: unknown
  if (answer.idToken !== null) {
    const found = await judgeIdToken(answer.idToken, {
      issuer: config.issuer,
      clientId: config.clientId,
      trustedAudiences: config.trustedAudiences,
      announcedAlgorithms: metadata.id_token_signing_alg_values_supported,
      nonce: null,
      accessToken: answer.accessToken,
      now: receivedAt,
      keySets: [
        async () => keys,
        async () => {
          try {
            keys = await servers.fetchKeys(metadata, flow, 'reload')
          } catch (error) {
            unread = error
          }
          return keys
        },
      ],
      judgeRenewal: renewalOf(before.claims),
    })
    wire.tell(flow, { kind: 'id_token_checked', idToken: answer.idToken, checks: found.checks })
    if (found.error) {
      // Keys that could not be read say nothing of the token: they are asked for again.
      if (unread !== undefined && found.error.code.startsWith('jwks_')) throw unread
      throw wire.stop(flow, 'id_token_checked', found.error)
    }
    claims = { ...before.claims, ...found.value }
    idToken = answer.idToken
  }
  wire.tell(flow, { kind: 'session_changed', status: 'renewed', reason: 'refresh token' })
  // No refresh token in the answer: the present one stays (RT-03).
  const renewed = { ...answer, refreshToken: answer.refreshToken ?? refreshToken }
  return {
    ...before,
    tokens: renewed,
    claims,
    idToken,
    keys,
    scope: answer.scope ?? before.scope,
    receivedAt,
    receivedMonotonic,
  }
}
