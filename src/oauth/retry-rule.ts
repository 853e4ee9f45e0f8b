/** Which failures may pass by themselves. */
export type Retry = 'no' | 'once' | 'backoff' | 'user_action'

const backoff = new Set([
  'network_offline',
  'network_unreachable',
  'network_or_cors_blocked',
  'request_timeout',
  'rate_limited',
  'refresh_network_failed',
  'auth_response_server_unavailable',
  'discovery_fetch_failed',
  'jwks_fetch_failed',
])
const attack =
  /^(auth_response_(state_m|issuer_m|duplicate|unexpected)|id_token_|userinfo_sub_|refresh_id_token_|silent_subject|message_origin|token_type_downgraded|discovery_issuer_mismatch)/

/** Whether the same operation may be tried again; codes not listed: `no` (a person may still start anew). */
export function retryRule(code: string): Retry {
  if (backoff.has(code)) return 'backoff'
  if (attack.test(code)) return 'no'
  if (
    /^(silent_|popup_|refresh_rejected|session_expired|auth_response_|authorization_abandoned|resource_(insuff|step)|token_request_failed|par_request_uri)/.test(
      code,
    )
  )
    return 'user_action'
  if (/^(resource_unauthorized|dpop_nonce_missing|jwks_key_not_found)$/.test(code)) return 'once'
  return 'no'
}
