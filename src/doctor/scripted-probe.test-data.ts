/** For tests: ports whose network is a script. It behaves as a browser does with CORS, and counts every request. */
import type { ProbePorts } from './probe.ts'

/** `cors`: the server answers and the browser may not read it. `down`: nothing answers. `hang`: until given up. */
export type Answer = Response | 'cors' | 'down' | 'hang'
export type Route = (request: { method: string; url: string; headers: Headers; body: string }) => Answer

export const issuer = 'https://id.example.com/realms/lens'
const at = (path: string) => `${issuer}/${path}`

export const goodMetadata: Readonly<Record<string, unknown>> = {
  issuer,
  authorization_endpoint: at('auth'),
  token_endpoint: at('token'),
  jwks_uri: at('keys'),
  userinfo_endpoint: at('userinfo'),
  revocation_endpoint: at('revoke'),
  end_session_endpoint: at('logout'),
  pushed_authorization_request_endpoint: at('par'),
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
  scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
  id_token_signing_alg_values_supported: ['RS256', 'ES256'],
  dpop_signing_alg_values_supported: ['ES256'],
  authorization_response_iss_parameter_supported: true,
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

export const rsaKey = (bits: number, kid?: string) => ({
  kty: 'RSA',
  use: 'sig',
  alg: 'RS256',
  e: 'AQAB',
  n: 'x'.repeat(Math.ceil((bits / 8 / 3) * 4)),
  ...(kid === undefined ? {} : { kid }),
})

/** What the host of the app answers for its paths, and for the page where frames and popups end. */
export const appPage = '<!doctype html><title>PKCE Lens</title><div id="root"></div>'
export const silentPage = '<!doctype html><title>Signing in</title><script src="silent-callback.js"></script>'

export const appHost = (url: string) =>
  new Response(url.endsWith('/silent-callback.html') ? silentPage : appPage)

/** A provider with which everything is well. */
export const goodRoute: Route = ({ url }) => {
  const path = url.slice(issuer.length + 1)
  if (url.startsWith('https://app.example/')) return appHost(url)
  if (path === '.well-known/openid-configuration') return json(goodMetadata)
  if (path === 'keys') return json({ keys: [rsaKey(2048, 'a'), rsaKey(4096, 'b')] })
  if (path === 'token') return json({ error: 'invalid_request', error_description: 'code is missing' }, 400)
  if (path === 'userinfo') return json({}, 401, { 'www-authenticate': 'Bearer error="invalid_token"' })
  if (path === 'revoke') return new Response('', { status: 200 })
  if (path === 'par') return json({ error: 'invalid_request' }, 400)
  if (path === 'auth') return 'cors'
  return new Response('', { status: 404 })
}

/** The good provider with a few paths below the issuer answering otherwise. */
export const withPaths =
  (paths: Readonly<Record<string, Answer | (() => Answer)>>): Route =>
  request => {
    const answer = paths[request.url.slice(issuer.length + 1)]
    if (answer === undefined) return goodRoute(request)
    return typeof answer === 'function' ? answer() : answer instanceof Response ? answer.clone() : answer
  }

/** The good provider, and a host of the app that answers a few of its paths otherwise. */
export const withHost =
  (paths: Readonly<Record<string, () => Answer>>): Route =>
  request => {
    const { origin, pathname } = new URL(request.url)
    const answer = origin === 'https://app.example' ? paths[pathname] : undefined
    return answer ? answer() : goodRoute(request)
  }

export const withMetadata = (change: Readonly<Record<string, unknown>>): Route =>
  withPaths({ '.well-known/openid-configuration': () => json({ ...goodMetadata, ...change }) })

export interface Scripted extends ProbePorts {
  readonly requests: { readonly method: string; readonly url: string; readonly init: RequestInit }[]
}

export function scriptedProbe(route: Route = goodRoute, change: Partial<ProbePorts> = {}): Scripted {
  const requests: Scripted['requests'] = []
  let clock = 0
  return {
    requests,
    async fetch(url, init) {
      const method = init.method ?? 'GET'
      requests.push({ method, url, init })
      const answer = route({ method, url, headers: new Headers(init.headers), body: String(init.body ?? '') })
      if (answer === 'hang')
        return new Promise((_, reject) =>
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
        )
      if (answer === 'down') throw new TypeError('Failed to fetch')
      if (init.mode === 'no-cors') return new Response(null, { status: 200 })
      if (answer === 'cors') throw new TypeError('Failed to fetch')
      return answer
    },
    now: () => Date.parse('2026-11-24T12:00:00Z'),
    monotonic: () => {
      clock += 7
      return clock
    },
    isOnline: () => true,
    isBlockedByPolicy: async () => false,
    localNetworkPermission: async () => 'unknown',
    origin: 'https://app.example',
    isSecureContext: true,
    hasWebCrypto: true,
    hasSessionStorage: true,
    browser: { name: 'Chrome', frameCookies: 'allowed' },
    timeout: 20,
    ...change,
  }
}
