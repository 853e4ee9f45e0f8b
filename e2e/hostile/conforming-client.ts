/** A strict client without a browser, made of `oauth4webapi`: it shows that the provider is honest when told nothing. */
import { createHash } from 'node:crypto'
import * as oauth from 'oauth4webapi'
import type { HostileProvider } from './provider.ts'
import { clientId } from './state.ts'

const options = { [oauth.allowInsecureRequests]: true } as const
const client: oauth.Client = { client_id: clientId, [oauth.clockTolerance]: 0 }

export async function discover(issuer: string): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer)
  return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options))
}

export interface Attempt {
  readonly redirectUri: string
  readonly verifier: string
  readonly state: string
  readonly nonce: string
  readonly parameters: URLSearchParams
}

/** The parameters of one honest authorization request. */
export async function attempt(appOrigin: string, extra: Record<string, string> = {}): Promise<Attempt> {
  const redirectUri = `${appOrigin}/callback`
  const [verifier, state, nonce] = [
    oauth.generateRandomCodeVerifier(),
    oauth.generateRandomState(),
    oauth.generateRandomNonce(),
  ]
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...extra,
  })
  return { redirectUri, verifier, state, nonce, parameters }
}

/** Follows the authorization request as a browser would. @returns where the provider sends the browser back to */
export async function visit(provider: HostileProvider, parameters: URLSearchParams): Promise<URL> {
  const endpoint = new URL('/authorize', provider.issuer)
  endpoint.search = parameters.toString()
  const response = await fetch(endpoint, { redirect: 'manual' })
  return new URL(response.headers.get('location') ?? 'about:no-redirect')
}

export interface SignedIn {
  readonly as: oauth.AuthorizationServer
  readonly client: oauth.Client
  readonly tokens: oauth.TokenEndpointResponse
  readonly claims: oauth.IDToken
  readonly nonce: string
}

/** A whole sign-in, every check made. @throws what `oauth4webapi` finds wrong */
export async function signIn(
  provider: HostileProvider,
  appOrigin: string,
  more: { dpop?: oauth.DPoPHandle; par?: boolean; alg?: string } = {},
): Promise<SignedIn> {
  const as = await discover(provider.issuer)
  const dpop = more.dpop ? { DPoP: more.dpop } : {}
  const mine: oauth.Client = { ...client, id_token_signed_response_alg: more.alg ?? 'RS256' }
  const { parameters, redirectUri, verifier, state, nonce } = await attempt(appOrigin)
  const front = more.par
    ? await oauth
        .pushedAuthorizationRequest(as, mine, oauth.None(), parameters, { ...options, ...dpop })
        .then(response => oauth.processPushedAuthorizationResponse(as, mine, response))
        .then(pushed => new URLSearchParams({ client_id: clientId, request_uri: pushed.request_uri }))
    : parameters
  const callback = oauth.validateAuthResponse(as, mine, await visit(provider, front), state)
  const exchange = () =>
    oauth.authorizationCodeGrantRequest(as, mine, oauth.None(), callback, redirectUri, verifier, {
      ...options,
      ...dpop,
    })
  const judge = async () => {
    const response = await exchange()
    const tokens = await oauth.processAuthorizationCodeResponse(as, mine, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    })
    await oauth.validateApplicationLevelSignature(as, response, options)
    return tokens
  }
  const tokens = await judge().catch(error => {
    if (oauth.isDPoPNonceError(error)) return judge()
    throw error
  })
  const claims = oauth.getValidatedIdTokenClaims(tokens)
  if (!claims) throw new Error('the token response holds no ID token')
  return { as, client: mine, tokens, claims, nonce }
}

/** Spends the refresh token. */
export async function refresh(
  signedIn: SignedIn,
  refreshToken: string,
): Promise<oauth.TokenEndpointResponse> {
  const response = await oauth.refreshTokenGrantRequest(
    signedIn.as,
    client,
    oauth.None(),
    refreshToken,
    options,
  )
  return oauth.processRefreshTokenResponse(signedIn.as, signedIn.client, response)
}

/** Asks for the claims of the person. */
export async function userInfo(signedIn: SignedIn, dpop?: oauth.DPoPHandle): Promise<oauth.UserInfoResponse> {
  const ask = () =>
    oauth.userInfoRequest(signedIn.as, signedIn.client, signedIn.tokens.access_token, {
      ...options,
      ...(dpop ? { DPoP: dpop } : {}),
    })
  const judge = async () =>
    oauth.processUserInfoResponse(signedIn.as, signedIn.client, signedIn.claims.sub, await ask())
  return judge().catch(error => {
    if (dpop && oauth.isDPoPNonceError(error)) return judge()
    throw error
  })
}

/** The raw answer of the token endpoint to a code that was fetched honestly. */
export async function rawTokenResponse(
  provider: HostileProvider,
  appOrigin: string,
  extra: Record<string, string> = {},
  change: (form: URLSearchParams) => void = () => undefined,
): Promise<{ response: Response; nonce: string }> {
  const { parameters, redirectUri, verifier, nonce } = await attempt(appOrigin, extra)
  const code = (await visit(provider, parameters)).searchParams.get('code') ?? ''
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    client_id: clientId,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
  change(form)
  const response = await fetch(new URL('/token', provider.issuer), {
    method: 'POST',
    body: form,
    redirect: 'manual',
  })
  return { response, nonce }
}

/** `at_hash` for RS256. */
export const atHash = (accessToken: string): string =>
  createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url')
