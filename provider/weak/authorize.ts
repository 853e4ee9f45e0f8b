/** Faults of the authorization endpoint: edits of the request before the library sees it, and of the redirect after. */
import { createHash } from 'node:crypto'
import type { Client } from 'oidc-provider'
import type { Context, Middleware, Provider } from '../oidc-provider.ts'
import type { Weaknesses } from '../weaknesses.ts'

/** Parameters that the server knows (RFC 6749, 7636, 8707, 9126, 9449; OIDC Core §3.1.2.1). */
const knownParameters = new Set([
  'response_type',
  'response_mode',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'prompt',
  'max_age',
  'ui_locales',
  'id_token_hint',
  'login_hint',
  'acr_values',
  'display',
  'claims_locales',
  'resource',
  'dpop_jkt',
  'request',
  'request_uri',
  'registration',
])

const withoutQuery = (uri: string): string => uri.split('?')[0] ?? uri
const originOf = (uri: string): string | null => (URL.canParse(uri) ? new URL(uri).origin : null)

/** Replaces the exact comparison of redirect URIs by a loose one. */
export function loosenClient(client: Client, weaknesses: Weaknesses): void {
  const registered = client.redirectUris ?? []
  const looseQuery = weaknesses.has('loose_redirect_query') || weaknesses.has('code_pollution')
  const loosePath = weaknesses.has('loose_redirect_path')
  if (looseQuery || loosePath)
    client.redirectUriAllowed = uri =>
      registered.includes(uri) ||
      (looseQuery && registered.includes(withoutQuery(uri))) ||
      (loosePath && !uri.includes('?') && registered.some(each => originOf(each) === originOf(uri)))
  if (weaknesses.has('loose_logout_redirect')) client.postLogoutRedirectUriAllowed = () => true
}

/** The request as the faulty server reads it. */
async function editRequest(
  provider: Provider,
  weaknesses: Weaknesses,
  query: URLSearchParams,
): Promise<void> {
  if (weaknesses.has('duplicate_params_allowed'))
    for (const name of new Set(query.keys())) query.set(name, query.getAll(name).at(-1) ?? '')

  const challenge = query.get('code_challenge')
  const method = query.get('code_challenge_method')
  const plain =
    (method === 'plain' && weaknesses.has('plain_allowed')) ||
    (method === null && weaknesses.has('method_defaults_to_plain'))
  if (challenge !== null && plain) {
    // A verifier that equals the challenge now passes, and no other one: what plain means (RFC 7636 §4.6).
    query.set('code_challenge', createHash('sha256').update(challenge).digest('base64url'))
    query.set('code_challenge_method', 'S256')
  }
  if (weaknesses.has('redirect_uri_optional') && !query.has('redirect_uri') && !query.has('request_uri')) {
    const client = await provider.Client.find(query.get('client_id') ?? '')
    const first = client?.redirectUris?.[0]
    if (first !== undefined) query.set('redirect_uri', first)
  }
  if (weaknesses.has('implicit_allowed') && query.get('response_type') === 'token') {
    query.set('response_type', 'id_token token')
    if (!query.has('nonce')) query.set('nonce', 'none-was-sent')
  }
  if (weaknesses.has('par_reusable')) {
    const id = query.get('request_uri')?.split(':').at(-1) ?? ''
    const pushed = await provider.PushedAuthorizationRequest.find(id, { ignoreExpiration: true })
    if (pushed?.consumed !== undefined && pushed.exp !== undefined) {
      pushed.consumed = undefined
      await pushed.save(pushed.remainingTTL)
    }
  }
}

/** The redirect as the faulty server sends it. */
function editAnswer(
  weaknesses: Weaknesses,
  issuer: string,
  location: URL,
  asked: URLSearchParams | null,
): void {
  const answer = location.searchParams
  if (weaknesses.has('no_iss')) answer.delete('iss')
  if (weaknesses.has('wrong_iss')) answer.set('iss', `${issuer}/attacker`)
  if (weaknesses.has('state_cut')) {
    const state = answer.get('state')
    if (state !== null) answer.set('state', state.slice(0, 64))
  }
  if (weaknesses.has('code_pollution')) {
    const sent = asked?.get('redirect_uri') ?? ''
    const earlier = URL.canParse(sent) ? new URL(sent).searchParams.get('code') : null
    if (earlier !== null) answer.append('code', earlier)
  }
  if (weaknesses.has('implicit_allowed') && location.hash.includes('access_token=')) {
    const fragment = new URLSearchParams(location.hash.slice(1))
    fragment.delete('id_token')
    location.hash = fragment.toString()
  }
}

/** Answers a request that has an unknown parameter, the way a strict server would wrongly do. */
async function refuseUnknown(ctx: Context, provider: Provider, query: URLSearchParams): Promise<boolean> {
  const client = await provider.Client.find(query.get('client_id') ?? '')
  const redirectUri = query.get('redirect_uri') ?? ''
  const unknown = [...query.keys()].find(name => !knownParameters.has(name))
  if (unknown === undefined || !client?.redirectUriAllowed(redirectUri)) return false
  const location = new URL(redirectUri)
  location.searchParams.set('error', 'invalid_request')
  location.searchParams.set('error_description', `unknown parameter ${unknown}`)
  location.searchParams.set('state', query.get('state') ?? '')
  location.searchParams.set('iss', provider.issuer)
  ctx.status = 303
  ctx.redirect(location.href)
  return true
}

/** @returns a step for `/authorize` and its continuation `/authorize/<id>` */
export function weakenAuthorize(provider: Provider, weaknesses: Weaknesses): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/authorize' && !ctx.path.startsWith('/authorize/')) {
      await next()
      return
    }
    if (weaknesses.has('cors_on_authorize') && ctx.get('Origin') !== '')
      ctx.set('Access-Control-Allow-Origin', ctx.get('Origin'))
    if (ctx.path === '/authorize') {
      const query = new URLSearchParams(ctx.querystring)
      if (weaknesses.has('unknown_params_refused') && (await refuseUnknown(ctx, provider, query))) return
      const before = query.toString()
      await editRequest(provider, weaknesses, query)
      if (weaknesses.has('prompt_none_shows_page') && query.get('prompt') === 'none') {
        const session = await provider.Session.get(ctx)
        if (session.accountId === undefined) query.delete('prompt')
      }
      if (query.toString() !== before) ctx.querystring = query.toString()
    }
    await next()
    const location = ctx.response.get('Location')
    if (!URL.canParse(location) || new URL(location).origin === provider.issuer) return
    const target = new URL(location)
    const asked = ctx.oidc?.params?.['redirect_uri']
    editAnswer(
      weaknesses,
      provider.issuer,
      target,
      typeof asked === 'string' ? new URLSearchParams({ redirect_uri: asked }) : null,
    )
    if (target.href !== new URL(location).href) ctx.set('Location', target.href)
  }
}
