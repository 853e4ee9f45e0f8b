/** Which of the six acts a message belongs to when everything goes its usual way. */
import type { Act, MessageKind } from './message.ts'

export const actTitles: Readonly<Record<Act, string>> = {
  prepare: 'Prepare',
  authorize: 'Authorize',
  return: 'Return',
  exchange: 'Exchange',
  use: 'Use',
  renew_and_end: 'Renew and end',
}

export function actOf(kind: MessageKind): Act {
  switch (kind) {
    case 'discovery_request':
    case 'discovery_response':
    case 'keys_request':
    case 'keys_response':
    case 'pkce_created':
    case 'transaction_created':
    case 'dpop_key_created':
      return 'prepare'
    case 'par_request':
    case 'par_response':
    case 'authorization_request':
    case 'sign_in_page':
    case 'consent_given':
      return 'authorize'
    case 'authorization_response':
    case 'authorization_response_checked':
      return 'return'
    case 'token_request':
    case 'pkce_compared':
    case 'token_response':
    case 'id_token_checked':
      return 'exchange'
    case 'userinfo_request':
    case 'userinfo_response':
    case 'profile_request':
    case 'profile_response':
    case 'api_request':
    case 'api_response':
    case 'access_token_checked':
      return 'use'
    case 'refresh_request':
    case 'refresh_response':
    case 'revocation_request':
    case 'revocation_response':
    case 'end_session_request':
    case 'end_session_response':
      return 'renew_and_end'
    default:
      return undrawn(kind)
  }
}

/** A kind that is not drawn does not compile. */
export function undrawn(kind: never): never {
  throw new Error(`no drawing for ${String(kind)}`)
}
