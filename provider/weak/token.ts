/** Faults of the token and the revocation endpoint: the request is bent before the library sees it. */
import { createHash, randomBytes } from 'node:crypto'
import { formOf, handOn, readForm } from '../form-body.ts'
import type { Context, Middleware, Provider } from '../oidc-provider.ts'
import { apiScopes, identityScopes } from '../scopes.ts'
import type { Weaknesses } from '../weaknesses.ts'

const s256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

function refuse(ctx: Context, status: number, error: string, description: string): void {
  ctx.status = status
  ctx.set('Cache-Control', 'no-store')
  ctx.body = { error, error_description: description }
}

/** Bends the exchange of a code. @returns true when it was answered here */
async function bendCode(ctx: Context, provider: Provider, weaknesses: Weaknesses): Promise<boolean> {
  const form = formOf(ctx)
  const code = await provider.AuthorizationCode.find(form.get('code') ?? '', { ignoreExpiration: true })
  if (!code || code.isExpired) return false
  const consumed = 'consumed' in code && code.consumed !== undefined

  if (consumed && weaknesses.has('code_replay_keeps_tokens')) {
    refuse(ctx, 400, 'invalid_grant', 'authorization code already consumed')
    return true
  }
  if (weaknesses.has('redirect_uri_ignored_at_token') && code.redirectUri !== undefined)
    form.set('redirect_uri', code.redirectUri)
  if (weaknesses.has('code_not_bound_to_client') && code.clientId !== undefined)
    form.set('client_id', code.clientId)

  const verifier = form.get('code_verifier')
  const challenge = code.codeChallenge
  const hashed = verifier === null ? null : s256(verifier)
  const accept =
    challenge === undefined
      ? verifier !== null && weaknesses.has('pkce_downgrade_accepted')
      : verifier === null
        ? weaknesses.has('missing_verifier_accepted')
        : (verifier === challenge && weaknesses.has('challenge_as_verifier_accepted')) ||
          (verifier !== challenge && hashed !== challenge && weaknesses.has('wrong_verifier_accepted')) ||
          (hashed === challenge && verifier.length < 43 && weaknesses.has('short_verifier_accepted'))
  if (!accept && !(consumed && weaknesses.has('code_replay_allowed'))) return false
  // The library compares; so it gets a pair that fits.
  if (accept) {
    const fitting = randomBytes(32).toString('base64url')
    form.set('code_verifier', fitting)
    code.codeChallenge = s256(fitting)
    code.codeChallengeMethod = 'S256'
  }
  if (weaknesses.has('code_replay_allowed')) Object.assign(code, { consumed: undefined })
  await code.save()
  return false
}

/** Bends a refresh. @returns true when it was answered here */
async function bendRefresh(ctx: Context, provider: Provider, weaknesses: Weaknesses): Promise<boolean> {
  const form = formOf(ctx)
  const token = await provider.RefreshToken.find(form.get('refresh_token') ?? '', { ignoreExpiration: true })
  if (!token || token.isExpired) return false
  if (token.consumed !== undefined) {
    if (weaknesses.has('refresh_family_survives')) {
      refuse(ctx, 400, 'invalid_grant', 'refresh token already used')
      return true
    }
    if (weaknesses.has('refresh_reuse_accepted')) {
      token.consumed = undefined
      await token.save()
    }
  }
  const scope = form.get('scope')
  if (scope !== null && weaknesses.has('wide_scope_on_refresh'))
    await widen(provider, token, scope.split(' '))
  return false
}

/** Writes scopes into a refresh token and its grant that nobody agreed to. */
async function widen(
  provider: Provider,
  token: InstanceType<Provider['RefreshToken']>,
  asked: readonly string[],
): Promise<void> {
  const grant = await provider.Grant.find(token.grantId ?? '')
  if (!grant) return
  const offered = (list: readonly { scope: string }[]) =>
    asked.filter(each => list.some(({ scope }) => scope === each))
  grant.addOIDCScope(offered(identityScopes))
  for (const resource of [token.resource ?? []].flat()) grant.addResourceScope(resource, offered(apiScopes))
  await grant.save()
  token.scope = [...new Set([...token.scopes, ...offered(identityScopes), ...offered(apiScopes)])].join(' ')
  await token.save()
}

/** @returns a step for `/token` and `/revoke` */
export function weakenToken(provider: Provider, weaknesses: Weaknesses): Middleware {
  return async (ctx, next) => {
    if (ctx.path === '/revoke' && ctx.method === 'POST' && weaknesses.has('revocation_ignored')) {
      ctx.status = 200
      ctx.body = ''
      return
    }
    if (ctx.path !== '/token') {
      await next()
      return
    }
    if (ctx.method === 'GET' && weaknesses.has('token_get_allowed')) {
      handOn(ctx, 'POST', '/token', ctx.querystring)
      await readForm(ctx)
    }
    if (ctx.method !== 'POST') {
      ctx.set('Allow', 'POST')
      refuse(ctx, 405, 'invalid_request', 'the token endpoint takes POST only (RFC 6749 §3.2)')
      return
    }
    if (weaknesses.has('too_many_requests')) {
      ctx.set('Retry-After', '2')
      refuse(ctx, 429, 'temporarily_unavailable', 'too many requests')
      return
    }
    if (weaknesses.has('token_endpoint_down')) {
      refuse(ctx, 503, 'temporarily_unavailable', 'the token endpoint is down')
      return
    }
    const form = formOf(ctx)
    if (weaknesses.has('duplicate_token_params_allowed'))
      for (const name of new Set(form.keys())) form.set(name, form.getAll(name).at(-1) ?? '')
    const grantType = form.get('grant_type')
    if (grantType === 'authorization_code' && (await bendCode(ctx, provider, weaknesses))) return
    if (grantType === 'refresh_token' && (await bendRefresh(ctx, provider, weaknesses))) return
    await next()
    if (weaknesses.has('no_cache_control')) ctx.remove('Cache-Control')
  }
}
