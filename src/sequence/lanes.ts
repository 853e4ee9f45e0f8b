/** From whom to whom a message goes, and by which channel. */
import { undrawn } from './acts.ts'
import type { Channel, Expectation, Lane, MessageKind } from './message.ts'

/** Origins that tell the two servers apart. */
export interface Places {
  readonly authorizationServer: readonly string[]
  readonly resourceServer: string | null
}

export interface Path {
  readonly from: Lane
  readonly to: Lane
  readonly channel: Channel
}

/**
 * The servers of a story. The authorization server may have several origins, since its endpoints need not share one
 * with its issuer; what is no URL is left out, so an origin that is there can be compared.
 * @param issuer as the story names it; null: only what is expected is known
 */
export function placesOf(issuer: string | null, expectation: Expectation | null): Places {
  const origins = [issuer, expectation?.authorizationServerOrigin, expectation?.issuer].map(url =>
    originOf(url ?? null),
  )
  return {
    authorizationServer: origins.filter(origin => origin !== null),
    resourceServer: originOf(expectation?.resourceServerOrigin ?? null),
  }
}

/** @param url of the request; null for a ghost, whose answer comes from the resource server when there is one */
export function pathOf(kind: MessageKind, url: string | null, places: Places): Path {
  const api = apiLane(url, places)
  switch (kind) {
    case 'discovery_request':
    case 'keys_request':
    case 'par_request':
    case 'token_request':
    case 'userinfo_request':
    case 'refresh_request':
    case 'revocation_request':
      return { from: 'app', to: 'authorization-server', channel: 'back' }
    case 'discovery_response':
    case 'keys_response':
    case 'par_response':
    case 'token_response':
    case 'userinfo_response':
    case 'refresh_response':
    case 'revocation_response':
      return { from: 'authorization-server', to: 'app', channel: 'back' }
    case 'profile_request':
    case 'api_request':
      return { from: 'app', to: api, channel: 'back' }
    case 'profile_response':
    case 'api_response':
      return { from: api, to: 'app', channel: 'back' }
    case 'authorization_request':
    case 'end_session_request':
      return { from: 'app', to: 'authorization-server', channel: 'front' }
    case 'authorization_response':
    case 'end_session_response':
      return { from: 'authorization-server', to: 'app', channel: 'front' }
    case 'sign_in_page':
      return { from: 'authorization-server', to: 'you', channel: 'human' }
    case 'consent_given':
      return { from: 'you', to: 'authorization-server', channel: 'human' }
    case 'pkce_created':
    case 'transaction_created':
    case 'dpop_key_created':
      return { from: 'app', to: 'app', channel: 'make' }
    case 'authorization_response_checked':
    case 'id_token_checked':
      return { from: 'app', to: 'app', channel: 'check' }
    case 'pkce_compared':
      return { from: 'authorization-server', to: 'authorization-server', channel: 'check' }
    case 'access_token_checked':
      return { from: api, to: api, channel: 'check' }
    default:
      return undrawn(kind)
  }
}

function apiLane(url: string | null, places: Places): Lane {
  const origin = originOf(url)
  if (origin === null) return places.resourceServer === null ? 'authorization-server' : 'resource-server'
  if (origin === places.resourceServer) return 'resource-server'
  return places.authorizationServer.includes(origin) ? 'authorization-server' : 'resource-server'
}

export function originOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).origin : null
}
