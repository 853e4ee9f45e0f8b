/** Authorization endpoint and PAR: checks the request as it should, then answers as the switches say. */
import { judgeProof } from './dpop-proof.ts'
import { type Answer, json, type LoggedRequest, page, redirect } from './http.ts'
import { idToken } from './id-token.ts'
import { bob, clientId, freshNonce, type Grant, issue, issuerOf, names, type State } from './state.ts'

/** `error` of RFC 6749 §4.1.2.1 for a request that breaks the rules; null when it keeps them. */
function requestError(parameters: URLSearchParams): string | null {
  const names = [...parameters.keys()].filter(name => name !== 'resource')
  if (new Set(names).size !== names.length) return 'invalid_request'
  if (parameters.get('response_type') !== 'code') return 'unsupported_response_type'
  if (parameters.get('code_challenge_method') !== 'S256') return 'invalid_request'
  if (!/^[\w-]{43}$/.test(parameters.get('code_challenge') ?? '')) return 'invalid_request'
  if (!(parameters.get('scope') ?? '').split(' ').includes('openid')) return 'invalid_scope'
  return null
}

const ownRedirect = (state: State, parameters: URLSearchParams): string | null => {
  const uri = parameters.get('redirect_uri')
  return parameters.get('client_id') === clientId && uri?.startsWith(`${state.appOrigin}/`) ? uri : null
}

function grantFor(state: State, parameters: URLSearchParams, redirectUri: string): Grant {
  const silentOther = parameters.get('prompt') === 'none' && state.switches.silent === 'other-subject'
  return {
    redirectUri,
    codeChallenge: parameters.get('code_challenge') ?? '',
    nonce: parameters.get('nonce'),
    scope: parameters.get('scope') ?? '',
    acr: parameters.get('acr_values')?.split(' ')[0] ?? null,
    wantsAuthTime: parameters.has('max_age'),
    authTime: Math.floor(Date.now() / 1000),
    person: silentOther ? bob : { sub: 'alice', name: names[state.switches.name ?? 'plain'] },
    dpopJkt: parameters.get('dpop_jkt'),
  }
}

type Pairs = [string, string][]

function stateParameter(state: State, sent: string | null): Pairs {
  if (sent === null) return []
  switch (state.switches.authorizationResponse?.state) {
    case undefined:
      return [['state', sent]]
    case 'append-1':
      return [['state', `${sent}1`]]
    case 'missing':
      return []
    case 'duplicate':
      return [
        ['state', sent],
        ['state', sent],
      ]
    case 'empty':
      return [['state', '']]
  }
}

function issParameter(state: State): Pairs {
  const issuer = issuerOf(state)
  switch (state.switches.authorizationResponse?.iss) {
    case undefined:
      return [['iss', issuer]]
    case 'other':
      return [['iss', 'https://other.example']]
    case 'append-slash':
      return [['iss', `${issuer}/`]]
    case 'missing':
      return []
    case 'duplicate':
      return [
        ['iss', issuer],
        ['iss', issuer],
      ]
  }
}

function codeParameter(state: State, grant: Grant): Pairs {
  const lie = state.switches.authorizationResponse?.code
  if (lie === 'missing') return []
  if (lie === 'empty') return [['code', '']]
  const code = issue(state, 'code')
  state.codes.set(code, grant)
  return lie === 'duplicate'
    ? [
        ['code', code],
        ['code', code],
      ]
    : [['code', code]]
}

function leakedTokens(state: State, grant: Grant): URLSearchParams {
  const accessToken = issue(state, 'access')
  state.accessTokens.set(accessToken, { grant, jkt: null })
  const about = {
    issuer: issuerOf(state),
    clientId,
    sub: grant.person.sub,
    name: grant.person.name,
    nonce: grant.nonce,
    refreshed: false,
    accessToken,
    authTime: grant.authTime,
    wantsAuthTime: false,
    acr: null,
  }
  return new URLSearchParams({
    access_token: accessToken,
    token_type: 'Bearer',
    id_token: String(idToken(about, {}, state.switches, state.signing)),
  })
}

function successResponse(state: State, parameters: URLSearchParams, redirectUri: string): Answer {
  const lies = state.switches.authorizationResponse ?? {}
  const grant = grantFor(state, parameters, redirectUri)
  const pairs: Pairs = [
    ...(lies.error === undefined || lies.errorWithCode ? codeParameter(state, grant) : []),
    ...(lies.error === undefined ? [] : ([['error', lies.error]] satisfies Pairs)),
    ...(lies.errorDescription === undefined
      ? []
      : ([['error_description', lies.errorDescription]] satisfies Pairs)),
    ...(lies.errorUri === undefined ? [] : ([['error_uri', lies.errorUri]] satisfies Pairs)),
    ...stateParameter(state, parameters.get('state')),
    ...issParameter(state),
    ...Object.entries(lies.extra ?? {}),
    ...(lies.tokens === 'query' ? leakedTokens(state, grant) : []),
  ]
  const fragment = lies.tokens === 'fragment' ? `#${leakedTokens(state, grant)}` : ''
  const target = `${redirectUri}?${new URLSearchParams(pairs)}${fragment}`
  return lies.by === 'link' ? page(200, 'You are signed in here.', target) : redirect(target)
}

function errorResponse(
  state: State,
  parameters: URLSearchParams,
  redirectUri: string,
  error: string,
): Answer {
  const pairs: Pairs = [
    ['error', error],
    ...stateParameter(state, parameters.get('state')),
    ...issParameter(state),
  ]
  return redirect(`${redirectUri}?${new URLSearchParams(pairs)}`)
}

export function authorize(state: State, request: LoggedRequest): Answer {
  const front = new URLSearchParams(request.method === 'POST' ? request.body : request.search)
  const requestUri = front.get('request_uri')
  const pushed = requestUri === null ? undefined : state.pushed.get(requestUri)
  if (requestUri !== null) state.pushed.delete(requestUri)
  if (requestUri !== null && (!pushed || front.get('client_id') !== clientId))
    return page(400, 'This request is unknown or was used before.')
  const parameters = pushed ?? front
  const redirectUri = ownRedirect(state, parameters)
  if (redirectUri === null) return page(400, 'This client or its redirect address is not registered.')
  const error = state.switches.metadata?.requirePar && !pushed ? 'invalid_request' : requestError(parameters)
  if (error !== null) return errorResponse(state, parameters, redirectUri, error)
  const silent = parameters.get('prompt') === 'none' ? state.switches.silent : undefined
  if (silent === 'stays') return page(200, 'Nothing more happens here.')
  if (silent !== undefined && silent !== 'other-subject')
    return errorResponse(state, parameters, redirectUri, silent)
  if (state.switches.jwks?.rotate === 'between-sign-ins') {
    state.signing += 1
    state.published = state.signing
  }
  return successResponse(state, parameters, redirectUri)
}

/** Pushed authorization request (RFC 9126 §2). */
export async function push(state: State, request: LoggedRequest): Promise<Answer> {
  const parameters = new URLSearchParams(request.body)
  const judged = await judgeProof(state, request, 'server', null)
  if ('refusal' in judged) return judged.refusal
  if (parameters.has('request_uri') || ownRedirect(state, parameters) === null)
    return json(400, { error: 'invalid_request' })
  const error = requestError(parameters)
  if (error !== null) return json(400, { error })
  if (judged.thumbprint !== null) {
    if (parameters.has('dpop_jkt') && parameters.get('dpop_jkt') !== judged.thumbprint)
      return json(400, { error: 'invalid_request' })
    parameters.set('dpop_jkt', judged.thumbprint)
  }
  const lies = state.switches.par ?? {}
  const requestUri = `urn:ietf:params:oauth:request_uri:${freshNonce()}`
  state.pushed.set(requestUri, parameters)
  return json(lies.status ?? 201, {
    ...(lies.requestUri === 'missing'
      ? {}
      : { request_uri: lies.requestUri === 'not-a-string' ? 7 : requestUri }),
    ...(lies.expiresIn === 'missing' ? {} : { expires_in: lies.expiresIn === 'zero' ? 0 : 60 }),
  })
}
