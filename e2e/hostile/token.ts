/** Token endpoint: honest about the code, the verifier and the key; the answer is as the switches say. */
import { createHash } from 'node:crypto'
import { base64url } from 'jose'
import { judgeProof } from './dpop-proof.ts'
import { type Answer, json, type LoggedRequest } from './http.ts'
import { idToken, idTokenAlg } from './id-token.ts'
import { compactJws } from './jws.ts'
import { signingKey } from './keys.ts'
import { clientId, freshNonce, type Grant, issue, issuerOf, type State } from './state.ts'
import type { TokenSwitches } from './switches.ts'

const challengeOf = (verifier: string): string =>
  base64url.encode(createHash('sha256').update(verifier).digest())

function accessToken(state: State, lies: TokenSwitches): string {
  if (lies.accessToken !== 'jwt-expired') return issue(state, 'access')
  const claims = {
    iss: issuerOf(state),
    sub: 'alice',
    aud: 'api',
    exp: 1,
    iat: 0,
    jti: freshNonce(),
  }
  const token = compactJws(claims, signingKey('RS256', state.signing), clientId, { typ: 'at+jwt' })
  state.secrets.push(token)
  return token
}

function typeMember(lies: TokenSwitches, jkt: string | null): unknown {
  switch (lies.type) {
    case undefined:
      return jkt === null ? 'Bearer' : 'DPoP'
    case 'flipped-case':
      return jkt === null ? 'bEARER' : 'dpOp'
    case 'missing':
      return undefined
    case 'not-a-string':
      return ['Bearer']
    case 'mac':
    case 'Bearer':
      return lies.type
  }
}

function expiryMember(lie: TokenSwitches['expiresIn']): unknown {
  if (typeof lie === 'number') return lie
  if (lie === 'missing') return undefined
  return lie === 'text' ? 'one hour' : lie === 'negative' ? -1 : 3600
}

function scopeMember(lie: TokenSwitches['scope'], asked: string): unknown {
  if (lie === 'missing') return undefined
  return lie === 'reduced' ? 'openid' : lie === 'not-a-string' ? ['openid'] : asked
}

function refreshMember(
  state: State,
  lies: TokenSwitches,
  grant: Grant,
  jkt: string | null,
  used: string | null,
): string | undefined {
  if (lies.refreshToken === 'missing') return undefined
  if (lies.refreshToken === 'same' && used !== null) return used
  const token = issue(state, 'refresh')
  state.refreshTokens.set(token, { grant, jkt })
  return token
}

/** @param used the refresh token that was spent, or null after a code */
function tokenResponse(state: State, grant: Grant, jkt: string | null, used: string | null): Answer {
  const lies = (used === null ? state.switches.token : state.switches.refresh) ?? {}
  const token = accessToken(state, lies)
  state.accessTokens.set(token, { grant, jkt })
  const about = {
    issuer: issuerOf(state),
    clientId,
    sub: grant.person.sub,
    name: grant.person.name,
    nonce: grant.nonce,
    refreshed: used !== null,
    accessToken: token,
    authTime: grant.authTime,
    wantsAuthTime: grant.wantsAuthTime,
    acr: grant.acr,
  }
  const rotate = state.switches.jwks?.rotate
  if (rotate === 'before-signing' || rotate === 'never-published') state.signing += 1
  const idTokenLies = { ...(used === null ? {} : { alg: publishedAlg(state) }), ...lies.idToken }
  const signed = idToken(about, idTokenLies, state.switches, state.signing)
  if (rotate === 'before-signing') state.published = state.signing
  if (typeof signed === 'string') state.secrets.push(signed)
  const tokenMember = { missing: undefined, empty: '', 'not-a-string': 42, 'jwt-expired': token }
  return json(200, {
    access_token: lies.accessToken === undefined ? token : tokenMember[lies.accessToken],
    token_type: typeMember(lies, jkt),
    expires_in: expiryMember(lies.expiresIn),
    refresh_token: refreshMember(state, lies, grant, jkt, used),
    scope: scopeMember(lies.scope, grant.scope),
    id_token: signed,
    ...lies.extra,
  })
}

function codeExchange(state: State, form: URLSearchParams, jkt: string | null): Answer {
  const code = form.get('code') ?? ''
  const grant = state.codes.get(code)
  state.codes.delete(code)
  const right =
    grant?.redirectUri === form.get('redirect_uri') &&
    grant.codeChallenge === challengeOf(form.get('code_verifier') ?? '') &&
    (grant.dpopJkt === null || grant.dpopJkt === jkt)
  return grant && right ? tokenResponse(state, grant, jkt, null) : json(400, { error: 'invalid_grant' })
}

function refreshExchange(state: State, form: URLSearchParams, jkt: string | null): Answer {
  const token = form.get('refresh_token') ?? ''
  const known = state.refreshTokens.get(token)
  if (!known || known.jkt !== jkt) return json(400, { error: 'invalid_grant' })
  const kept = state.switches.refresh?.refreshToken
  if (kept !== 'missing' && kept !== 'same') state.refreshTokens.delete(token)
  return tokenResponse(state, known.grant, jkt, token)
}

export async function token(state: State, request: LoggedRequest): Promise<Answer> {
  if (!/^application\/x-www-form-urlencoded\b/.test(request.headers['content-type'] ?? ''))
    return json(400, { error: 'invalid_request' })
  const form = new URLSearchParams(request.body)
  if (form.get('client_id') !== clientId) return json(401, { error: 'invalid_client' })
  const judged = await judgeProof(state, request, 'server', null)
  if ('refusal' in judged) return judged.refusal
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return codeExchange(state, form, judged.thumbprint)
    case 'refresh_token':
      return refreshExchange(state, form, judged.thumbprint)
    default:
      return json(400, { error: 'unsupported_grant_type' })
  }
}

/** The algorithm of the keys that are published. */
export const publishedAlg = (state: State) => idTokenAlg(state.switches.token?.idToken)
