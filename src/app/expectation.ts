/** What is to come, for the ghosts of the picture: from the configuration, and from the metadata once it is known. */
import type { ClientConfig } from '../oauth/client-config.ts'
import type { ServerMetadata } from '../oauth/metadata.ts'
import { usesPar } from '../oauth/par.ts'
import type { Expectation } from '../sequence/message.ts'

const pathOf = (url: string): string => new URL(url).pathname

/** What the metadata does not say yet, or at all, has the name that most providers give it. */
const endpoint = (url: string | undefined, usual: string): string => (url === undefined ? usual : pathOf(url))

export function expectationOf(config: ClientConfig, metadata: ServerMetadata | null): Expectation {
  const profileUrl = config.profileUrl ?? metadata?.userinfo_endpoint ?? null
  return {
    issuer: config.issuer,
    clientId: config.clientId,
    scope: config.scope,
    appOrigin: location.origin,
    authorizationServerOrigin: new URL(metadata?.authorization_endpoint ?? config.issuer).origin,
    resourceServerOrigin: profileUrl === null ? null : new URL(profileUrl).origin,
    authorizationPath: endpoint(metadata?.authorization_endpoint, '/authorize'),
    tokenPath: endpoint(metadata?.token_endpoint, '/token'),
    redirectPath: pathOf(config.redirectUri),
    parPath: endpoint(metadata?.pushed_authorization_request_endpoint, '/par'),
    revocationPath: endpoint(metadata?.revocation_endpoint, '/revoke'),
    endSessionPath: endpoint(metadata?.end_session_endpoint, '/logout'),
    endSessionMethod: config.endSessionMethod === 'get' ? 'GET' : 'POST',
    postLogoutPath: pathOf(config.postLogoutRedirectUri),
    profilePath: profileUrl === null ? null : pathOf(profileUrl),
    usesPar: usesPar(config, metadata?.require_pushed_authorization_requests ?? false),
    usesDpop: config.dpop,
    canRevoke: metadata ? metadata.revocation_endpoint !== undefined : true,
    canEndSession: metadata ? metadata.end_session_endpoint !== undefined : true,
  }
}
