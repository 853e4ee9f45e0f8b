/** What is to come, for the ghosts of the picture: from the configuration, and from the metadata once it is known. */
import type { ClientConfig } from '../oauth/client-config.ts'
import type { ServerMetadata } from '../oauth/metadata.ts'
import { usesPar } from '../oauth/par.ts'
import type { Expectation } from '../sequence/message.ts'

const pathOf = (url: string): string => new URL(url).pathname

export function expectationOf(config: ClientConfig, metadata: ServerMetadata | null): Expectation {
  const profileUrl = config.profileUrl ?? metadata?.userinfo_endpoint ?? null
  return {
    issuer: config.issuer,
    clientId: config.clientId,
    scope: config.scope,
    appOrigin: location.origin,
    authorizationServerOrigin: new URL(metadata?.authorization_endpoint ?? config.issuer).origin,
    resourceServerOrigin: profileUrl === null ? null : new URL(profileUrl).origin,
    authorizationPath: metadata ? pathOf(metadata.authorization_endpoint) : '/authorize',
    tokenPath: metadata ? pathOf(metadata.token_endpoint) : '/token',
    profilePath: profileUrl === null ? null : pathOf(profileUrl),
    usesPar: metadata ? usesPar(config, metadata) === true : config.par === true,
    usesDpop: config.dpop,
    canRevoke: metadata ? metadata.revocation_endpoint !== undefined : true,
    canEndSession: metadata ? metadata.end_session_endpoint !== undefined : true,
  }
}
