/** UserInfo, a protected profile, revocation and the end of the session. */
import { judgeProof, nextResourceNonce } from './dpop-proof.ts'
import { type Answer, json, type LoggedRequest, page, redirect } from './http.ts'
import { compactJws } from './jws.ts'
import { signingKey } from './keys.ts'
import { clientId, type Issued, issuerOf, type State } from './state.ts'
import type { UserInfoSwitches } from './switches.ts'

function claimsOf(issued: Issued, lies: UserInfoSwitches): Record<string, unknown> {
  const { sub, name } = issued.grant.person
  const subjects = { 'append-invalid': `${sub}invalid`, missing: undefined, 'not-a-string': 7 }
  const subject = { sub: lies.sub === undefined ? sub : subjects[lies.sub] }
  if (lies.claims === 'sub-only') return subject
  return {
    ...subject,
    name,
    email: `${sub}@example.com`,
    email_verified: true,
    department: 'from-userinfo',
  }
}

function signedUserInfo(
  state: State,
  claims: Record<string, unknown>,
  format: UserInfoSwitches['format'],
): Answer {
  const about = {
    ...claims,
    iss: format === 'jwt-other-issuer' ? 'https://other.example' : issuerOf(state),
    aud: format === 'jwt-other-audience' ? 'another-client' : clientId,
  }
  const lies =
    format === 'jwt-unsigned'
      ? { alg: 'none' as const }
      : format === 'jwt-damaged'
        ? { signature: 'damaged' as const }
        : {}
  const body = compactJws(about, signingKey('RS256', state.signing), clientId, lies)
  return { status: 200, headers: { 'content-type': 'application/jwt' }, body }
}

const unauthorized = (scheme: string, error: string): Answer =>
  json(401, { error }, { 'www-authenticate': `${scheme} error="${error}"` })

/** Who is calling, by the access token and the proof; or the answer that refuses. */
async function caller(state: State, request: LoggedRequest): Promise<Issued | Answer> {
  const [, scheme = '', token = ''] = /^(\S+) (\S+)$/.exec(request.headers['authorization'] ?? '') ?? []
  const issued = state.accessTokens.get(token)
  if (!issued) return unauthorized('Bearer', 'invalid_token')
  if (issued.jkt === null)
    return scheme.toLowerCase() === 'bearer' ? issued : unauthorized('Bearer', 'invalid_token')
  const judged = await judgeProof(state, request, 'resource', token)
  if ('refusal' in judged) return judged.refusal
  const right = scheme.toLowerCase() === 'dpop' && judged.thumbprint === issued.jkt
  return right ? issued : unauthorized('DPoP', 'invalid_token')
}

export async function userinfo(state: State, request: LoggedRequest): Promise<Answer> {
  const known = await caller(state, request)
  if ('status' in known) return known
  const lies = state.switches.userinfo ?? {}
  const claims = claimsOf(known, lies)
  if (lies.format === 'array') return json(200, [claims])
  return lies.format === undefined
    ? json(200, claims, nextResourceNonce(state))
    : signedUserInfo(state, claims, lies.format)
}

/** `/user/profile`: what the access token was for. */
export async function profile(state: State, request: LoggedRequest): Promise<Answer> {
  const known = await caller(state, request)
  if ('status' in known) return known
  const { sub, name } = known.grant.person
  return json(
    200,
    { sub, name, email: `${sub}@example.com`, department: 'from-profile' },
    nextResourceNonce(state),
  )
}

export function revoke(state: State, request: LoggedRequest): Answer {
  const token = new URLSearchParams(request.body).get('token') ?? ''
  state.refreshTokens.delete(token)
  state.accessTokens.delete(token)
  return { status: 200, headers: {}, body: '' }
}

export function endSession(state: State, request: LoggedRequest): Answer {
  const parameters = new URLSearchParams(request.method === 'POST' ? request.body : request.search)
  const target = parameters.get('post_logout_redirect_uri')
  if (target === null || !target.startsWith(`${state.appOrigin}/`))
    return page(200, 'You are signed out here.')
  const back = new URL(target)
  const sent = parameters.get('state')
  const lie = state.switches.logout?.state
  if (sent !== null && lie !== 'missing') back.searchParams.set('state', lie === 'other' ? `${sent}1` : sent)
  return redirect(back.href)
}
