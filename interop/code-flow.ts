/**
 * A plain oauth4webapi client without a browser: the control run. When it succeeds, the provider is set up rightly,
 * and whatever fails later in the browser is ours.
 */
import * as oauth from 'oauth4webapi'
import type { RunningProvider } from './provider.ts'

const insecure = { [oauth.allowInsecureRequests]: true }

export interface SignedIn {
  readonly server: oauth.AuthorizationServer
  readonly client: oauth.Client
  readonly tokens: oauth.TokenEndpointResponse
  readonly claims: oauth.IDToken
  /** Whether the answer named its issuer (RFC 9207). */
  readonly answeredWithIssuer: boolean
}

/** Reads and checks the discovery document of the provider (OIDC Discovery §4). */
export async function discover(issuer: string): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer)
  const response = await oauth.discoveryRequest(url, { algorithm: 'oidc', ...insecure })
  return oauth.processDiscoveryResponse(url, response)
}

/** Authorization code flow with PKCE from discovery to a verified ID token (OIDC Core §3.1). */
export async function signIn(
  provider: RunningProvider,
  clientId: string,
  redirectUri: string,
): Promise<SignedIn> {
  const server = await discover(provider.issuer)
  const client: oauth.Client = { client_id: clientId }
  if (server.authorization_endpoint === undefined)
    throw new Error('no authorization_endpoint in the metadata')
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const nonce = oauth.generateRandomNonce()
  const request = new URL(server.authorization_endpoint)
  request.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: provider.scope,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString()
  const callback = await provider.signInByHttp(request, redirectUri)
  const parameters = oauth.validateAuthResponse(server, client, callback, state)
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    redirectUri,
    verifier,
    insecure,
  )
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: nonce,
    requireIdToken: true,
  })
  await oauth.validateApplicationLevelSignature(server, response, insecure)
  const claims = oauth.getValidatedIdTokenClaims(tokens)
  if (claims === undefined) throw new Error('no ID token in the token response')
  return { server, client, tokens, claims, answeredWithIssuer: callback.searchParams.has('iss') }
}

/** The profile (OIDC Core §5.3), its `sub` compared with the ID token's. */
export async function userInfo(session: SignedIn): Promise<oauth.UserInfoResponse> {
  const { server, client, tokens, claims } = session
  const response = await oauth.userInfoRequest(server, client, tokens.access_token, insecure)
  return oauth.processUserInfoResponse(server, client, claims.sub, response)
}

/** One refresh (RFC 6749 §6) with the refresh token of the session. */
export async function refresh(session: SignedIn): Promise<oauth.TokenEndpointResponse> {
  const { server, client, tokens } = session
  if (tokens.refresh_token === undefined) throw new Error('no refresh token was given')
  const response = await oauth.refreshTokenGrantRequest(
    server,
    client,
    oauth.None(),
    tokens.refresh_token,
    insecure,
  )
  return oauth.processRefreshTokenResponse(server, client, response)
}

/** The answer to an authorization request without `code_challenge`: the `error` it came back with, or null. */
export async function withoutPkce(
  provider: RunningProvider,
  issuer: string,
  clientId: string,
  redirectUri: string,
): Promise<string | null> {
  const server = await discover(issuer)
  if (server.authorization_endpoint === undefined)
    throw new Error('no authorization_endpoint in the metadata')
  const request = new URL(server.authorization_endpoint)
  request.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: provider.scope,
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
  }).toString()
  const callback = await provider.signInByHttp(request, redirectUri)
  return callback.searchParams.get('error')
}
