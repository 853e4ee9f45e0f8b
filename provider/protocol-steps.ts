/** Steps around the library that are no fault: log, CORS, page headers, forms by POST, metadata of the API. */
import { corsHeaders, preflightHeaders } from './cors.ts'
import { formOf, handOn, handOnForm, readForm, sentFormOf } from './form-body.ts'
import type { Middleware } from './oidc-provider.ts'
import type { IssuedSecrets, RequestLog } from './request-log.ts'
import { apiScopes } from './scopes.ts'
import type { Weaknesses } from './weaknesses.ts'

/** Endpoints that a page may read, with their methods. The authorization endpoint is not among them. */
const readable: Readonly<Record<string, string>> = {
  '/.well-known/openid-configuration': 'GET',
  '/.well-known/oauth-authorization-server': 'GET',
  '/jwks': 'GET',
  '/token': 'POST',
  '/userinfo': 'GET, POST',
  '/revoke': 'POST',
  '/par': 'POST',
}

/** Paths that are not protocol: files of the pages and the switchboard. */
const unlogged = /^\/(assets|demo)\//

/** Writes each request down with its answer. */
export function recordRequests(log: RequestLog, secrets: IssuedSecrets): Middleware {
  return async (ctx, next) => {
    const at = Date.now()
    const { method, path } = ctx
    const query = new URLSearchParams(ctx.querystring)
    const authorization = ctx.get('Authorization').split(' ')[0] || null
    try {
      await next()
    } finally {
      const { status } = ctx
      const form = sentFormOf(ctx)
      form.delete('password')
      if (!unlogged.test(path))
        log.add({
          at,
          server: 'authorization',
          method,
          path,
          query,
          form,
          origin: ctx.get('Origin') || null,
          authorization,
          status,
        })
      const location = ctx.response.get('Location')
      if (URL.canParse(location)) secrets.add(new URL(location).searchParams.get('code'))
      const body: unknown = ctx.body
      if (path === '/token' && typeof body === 'object' && body !== null)
        for (const [name, value] of Object.entries(body))
          if (/^(access|refresh|id)_token$/.test(name)) secrets.add(value)
    }
  }
}

/** The app's pages may read the endpoints made for them, and nobody else's pages may read anything. */
export function openForApp(origins: ReadonlySet<string>): Middleware {
  return async (ctx, next) => {
    const methods = readable[ctx.path]
    const origin = ctx.get('Origin') || undefined
    if (methods !== undefined && ctx.method === 'OPTIONS') {
      ctx.vary('Origin')
      ctx.set(preflightHeaders(origin, origins, methods))
      ctx.status = 204
      return
    }
    await next()
    if (methods === undefined) return
    for (const name of Object.keys(ctx.response.headers))
      if (name.startsWith('access-control-')) ctx.remove(name)
    ctx.vary('Origin')
    ctx.set(corsHeaders(origin, origins))
  }
}

/** Reads the form, for all steps that follow. */
export const readForms: Middleware = async (ctx, next) => {
  try {
    await readForm(ctx)
  } catch {
    // Or the sender went away, who reads no answer.
    ctx.status = 413
    ctx.body = { error: 'invalid_request', error_description: 'request entity too large' }
    return
  }
  await next()
}

/** Pages: no frame around them, no script of others, and forms may lead to the app only. */
export function protectPages(
  origins: ReadonlySet<string>,
  pictureOrigin: string,
  weaknesses: Weaknesses,
): Middleware {
  return async (ctx, next) => {
    const directives = [
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      "font-src 'self'",
      `img-src 'self' ${pictureOrigin}`,
      `form-action 'self' ${[...origins].join(' ')}`,
      "base-uri 'none'",
    ]
    if (!weaknesses.has('frameable_pages')) directives.push("frame-ancestors 'none'")
    // Set first: the library adds the hash of its own small script to it where it sends a form by itself.
    ctx.set('Content-Security-Policy', directives.join('; '))
    ctx.set('X-Content-Type-Options', 'nosniff')
    await next()
    if (ctx.response.is('html') === false) {
      ctx.remove('Content-Security-Policy')
      return
    }
    if (!weaknesses.has('frameable_pages')) ctx.set('X-Frame-Options', 'DENY')
    ctx.set('Referrer-Policy', 'same-origin')
  }
}

/**
 * `POST /authorize` and `POST /logout` mean the same as GET (OIDC Core §3.1.2.1, RP-Initiated Logout §2); a sign-out that
 * needs no question is confirmed by a redirect, where the library waits for a form.
 */
export const takeFormsAsQueries: Middleware = async (ctx, next) => {
  const form = formOf(ctx)
  if (ctx.method === 'POST' && (ctx.path === '/authorize' || ctx.path === '/logout') && form.size > 0) {
    ctx.method = 'GET'
    ctx.querystring = form.toString()
  } else if (ctx.method === 'GET' && ctx.path === '/logout/confirm')
    handOn(ctx, 'POST', ctx.path, ctx.querystring)
  else handOnForm(ctx)
  await next()
}

/** The metadata lists the scopes of the API too: clients look there. */
export const listApiScopes: Middleware = async (ctx, next) => {
  await next()
  const body: unknown = ctx.body
  if (!ctx.path.startsWith('/.well-known/') || typeof body !== 'object' || body === null) return
  if ('scopes_supported' in body && Array.isArray(body.scopes_supported))
    ctx.body = { ...body, scopes_supported: [...body.scopes_supported, ...apiScopes.map(each => each.scope)] }
}
