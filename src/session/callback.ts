/** Coming back: the response is judged, the code is spent once, the ID token is verified, a grant is made. */
import { judgeAuthorizationResponse } from '../oauth/authorization-response.ts'
import type { DpopKey } from '../oauth/dpop.ts'
import { judgeIdToken } from '../oauth/id-token.ts'
import { type PublicKey, parseKeys } from '../oauth/keys.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { Via } from '../oauth/step.ts'
import { judgeTokenResponse, requestToken } from '../oauth/token.ts'
import type { Grant } from './grant.ts'
import type { Means, Reach } from './server.ts'
import { type Transaction, transactionLife } from './transaction.ts'
import type { Flow } from './wire.ts'

/** Holds and tells the callback as it arrived. @throws OAuthError `message_dropped` */
export async function receiveCallback(
  { ports, wire }: Reach,
  flow: Flow,
  via: Via,
  url: string,
): Promise<string> {
  const held = await ports.hold({ type: 'callback', url }, flow)
  if (held?.type !== 'callback') throw wire.stop(flow, 'authorization_response', { code: 'message_dropped' })
  wire.tell(flow, {
    kind: 'authorization_response',
    via,
    url: held.url,
    ...(held.url !== url && { tampered: ['url'] }),
  })
  return held.url
}

/**
 * Judges the response, redeems the code, verifies the ID token.
 * @param transaction what was kept under this state; null when nothing was
 * @throws OAuthError; nothing is sent after the first failed check, and no token is used before the last one passed
 */
export async function finishSignIn(
  { ports, wire, servers }: Means,
  flow: Flow,
  url: string,
  transaction: Transaction | null,
  key: DpopKey | null,
): Promise<Grant> {
  const judgement = judgeAuthorizationResponse(
    url,
    transaction && {
      state: transaction.state,
      issuer: transaction.metadata.issuer,
      issParameterSupported: transaction.metadata.authorization_response_iss_parameter_supported,
      expiresAt: transaction.startedAt + transactionLife,
      now: ports.now(),
    },
  )
  wire.tell(flow, { kind: 'authorization_response_checked', checks: judgement.checks })
  if (judgement.error || !transaction)
    throw wire.stop(
      flow,
      'authorization_response_checked',
      judgement.error ?? { code: 'auth_response_state_unknown' },
    )
  const { metadata, config } = transaction
  if (transaction.dpopThumbprint && !key)
    throw wire.stop(flow, 'token_request', {
      code: 'dpop_key_unavailable',
      expected: 'the kept key',
      received: 'none',
      clause: 'RFC 9449 §10',
    })
  const dpop = key ?? (config.dpop ? await (await import('../oauth/dpop.ts')).createDpopKey() : null)

  const answer = wire.send(
    flow,
    'token',
    fetch => requestToken(metadata, config, judgement.value, transaction.codeVerifier, fetch),
    response =>
      judgeTokenResponse(response, {
        issuer: metadata.issuer,
        scope: transaction.scope,
        dpop: dpop !== null,
        idTokenRequired: true,
      }),
    { dpop },
  )
  let keys: readonly PublicKey[] = parseKeys(transaction.jwks) ?? []
  const fetchKeys = (cache?: RequestCache) =>
    servers.fetchKeys(metadata, flow, cache).then(
      fresh => {
        keys = fresh
        return keys
      },
      () => keys,
    )
  // Beside the token request, never after it: a rotated key is at hand when the ID token arrives.
  const freshKeys = fetchKeys()
  const tokens = await answer
  const [receivedAt, receivedMonotonic] = [ports.now(), ports.monotonic()]
  const idToken = tokens.idToken ?? ''
  const found = await judgeIdToken(idToken, {
    // Nonce, `max_age` and `acr_values` are those that were sent.
    ...transaction,
    ...config,
    announcedAlgorithms: metadata.id_token_signing_alg_values_supported,
    accessToken: tokens.accessToken,
    now: receivedAt,
    keySets: [async () => keys, () => freshKeys, () => fetchKeys('reload')],
  })
  wire.tell(flow, { kind: 'id_token_checked', idToken, checks: found.checks })
  if (found.error)
    throw wire.stop(flow, 'id_token_checked', {
      ...found.error,
      issuer: metadata.issuer,
    })
  if (transaction.subject && transaction.subject !== found.value.sub)
    throw wire.stop(flow, 'id_token_checked', {
      code: 'silent_subject_changed',
      expected: 'the same person',
      received: 'another person',
    })
  return {
    config,
    metadata,
    keys,
    tokens,
    idToken,
    claims: found.value,
    scope: tokens.scope ?? transaction.scope,
    dpop,
    flow,
    earlier: null,
    signedInAt: receivedAt,
    receivedAt,
    receivedMonotonic,
  }
}

/** True when the error only says that the person is needed (SIL-02). */
export const needsInteraction = (error: unknown): boolean =>
  error instanceof OAuthError && error.code === 'silent_interaction_required'
