/**
 * A provider for tests: it keeps its promises (one code once, PKCE, rotation with reuse detection, signed ID tokens)
 * until a test tells it to break one. The tokens are real, the keys are real.
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  calculateJwkThumbprint,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  SignJWT,
} from 'jose'
import { document, issuer } from '../oauth/client.test-data.ts'
import type { HttpRequest } from '../oauth/step.ts'
import type { Server } from './fake-ports.test-data.ts'

export type Path =
  | 'discovery'
  | 'jwks'
  | 'token'
  | 'refresh'
  | 'userinfo'
  | 'revoke'
  | 'par'
  | 'api'
  | 'other'

type Answering = (request: HttpRequest) => Promise<Response> | Response

/** What a test may change while it runs. */
export interface Behaviour {
  /** Seconds; null: not said. */
  expiresIn: number | null
  /** No refresh token at all, the same one for ever, or a new one each time. */
  refreshToken: 'none' | 'same' | 'rotated'
  refreshIdToken: boolean
  /** Laid over the claims of every ID token; undefined leaves one out. */
  claims: Record<string, unknown>
  /** Laid over every token response. */
  tokens: Record<string, unknown>
  metadata: Record<string, unknown>
  /** Who is signed in at the provider. */
  person: string | null
  /** The nonce that DPoP proofs must carry, by path. */
  nonces: Partial<Record<Path, string>>
}

export interface Provider {
  readonly behaviour: Behaviour
  readonly serve: Server
  readonly asked: {
    readonly path: Path
    readonly request: HttpRequest
    readonly cache: RequestCache | undefined
  }[]
  count(path: Path): number
  /** The form that the latest request to this path carried. */
  form(path: Path): Record<string, string>
  /** The next request there is answered so; one call, one request. */
  once(path: Path, answer: Answering): void
  /** Every request there is answered so, until told otherwise with null. */
  always(path: Path, answer: Answering | null): void
  /** As the provider means it, for an answer that is lost on its way. */
  answer(request: HttpRequest): Promise<Response>
  /** The query of the callback that this address leads to; a person who is signed in has agreed. */
  authorize(url: string): string
  /** The signing key is another one from now on. */
  rotateKey(): Promise<void>
  isAlive(accessToken: string): boolean
}

interface Grant {
  readonly person: string
  readonly nonce: string | null
  readonly challenge: string
  readonly scope: string
  readonly jkt: string | null
  family: string
}

const random = (bytes = 12) => randomBytes(bytes).toString('base64url')
export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
export const offline: Answering = () => Promise.reject(new TypeError('Failed to fetch'))
export const silence: Answering = () => new Promise<Response>(() => {})

const makeKey = async (kid: string) => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } }
}

export async function createProvider(now: () => number): Promise<Provider> {
  let key = await makeKey('k1')
  const codes = new Map<string, Grant>()
  const pushed = new Map<string, URLSearchParams>()
  const refreshTokens = new Map<string, { readonly grant: Grant; used: boolean }>()
  const accessTokens = new Map<string, { readonly grant: Grant; readonly expiresAt: number }>()
  const revokedFamilies = new Set<string>()
  const once = new Map<Path, Answering[]>()
  const always = new Map<Path, Answering>()
  const behaviour: Behaviour = {
    expiresIn: 300,
    refreshToken: 'rotated',
    refreshIdToken: true,
    claims: {},
    tokens: {},
    metadata: {},
    person: 'alice',
    nonces: {},
  }

  const isAlive = (token: string) => {
    const known = accessTokens.get(token)
    return known !== undefined && known.expiresAt > now() && !revokedFamilies.has(known.grant.family)
  }

  async function tokensFor(grant: Grant, withIdToken: boolean, renewed: string | null): Promise<Response> {
    const accessToken = `at-${random()}`
    accessTokens.set(accessToken, { grant, expiresAt: now() + (behaviour.expiresIn ?? 3600) * 1000 })
    const seconds = Math.floor(now() / 1000)
    const claims = {
      iss: issuer,
      aud: 'this-app',
      sub: grant.person,
      name: grant.person,
      iat: seconds,
      exp: seconds + 600,
      at_hash: createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
      ...(grant.nonce === null ? {} : { nonce: grant.nonce }),
      ...behaviour.claims,
    }
    const kept = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
    const idToken = new SignJWT(kept).setProtectedHeader({ alg: 'ES256', kid: key.kid }).sign(key.privateKey)
    const refreshToken = behaviour.refreshToken === 'same' && renewed !== null ? renewed : `rt-${random()}`
    const gives =
      behaviour.refreshToken !== 'none' && !(behaviour.refreshToken === 'same' && renewed !== null)
    if (gives) refreshTokens.set(refreshToken, { grant, used: false })
    return json({
      access_token: accessToken,
      token_type: grant.jkt === null ? 'Bearer' : 'DPoP',
      scope: grant.scope,
      ...(behaviour.expiresIn === null ? {} : { expires_in: behaviour.expiresIn }),
      ...(gives ? { refresh_token: refreshToken } : {}),
      ...(withIdToken ? { id_token: await idToken } : {}),
      ...behaviour.tokens,
    })
  }

  /** Refuses a proof without the nonce that is wanted; null when it is good. */
  function nonceRefusal(path: Path, request: HttpRequest): Response | null {
    const wanted = behaviour.nonces[path]
    const proof = request.headers['dpop']
    if (wanted === undefined || proof === undefined || decodeJwt(proof)['nonce'] === wanted) return null
    const headers = { 'dpop-nonce': wanted, 'www-authenticate': 'DPoP error="use_dpop_nonce"' }
    return json({ error: 'use_dpop_nonce' }, path === 'token' || path === 'refresh' ? 400 : 401, headers)
  }

  const thumbprintOf = async (request: HttpRequest): Promise<string | null> => {
    const proof = request.headers['dpop']
    return proof === undefined ? null : calculateJwkThumbprint(decodeProtectedHeader(proof).jwk ?? {})
  }

  async function redeem(request: HttpRequest, form: URLSearchParams): Promise<Response> {
    const grant = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (!grant || challenge !== grant.challenge) return json({ error: 'invalid_grant' }, 400)
    const jkt = await thumbprintOf(request)
    if (grant.jkt !== null && grant.jkt !== jkt) return json({ error: 'invalid_dpop_proof' }, 400)
    return tokensFor({ ...grant, jkt, family: random() }, true, null)
  }

  async function renew(request: HttpRequest, form: URLSearchParams): Promise<Response> {
    const sent = form.get('refresh_token') ?? ''
    const known = refreshTokens.get(sent)
    if (known?.used) revokedFamilies.add(known.grant.family)
    if (!known || known.used || revokedFamilies.has(known.grant.family))
      return json({ error: 'invalid_grant' }, 400)
    if (known.grant.jkt !== null && known.grant.jkt !== (await thumbprintOf(request)))
      return json({ error: 'invalid_dpop_proof' }, 400)
    known.used = behaviour.refreshToken === 'rotated'
    // A nonce belongs to the authentication; a refresh may leave it out (OpenID Connect Core §12.2).
    return tokensFor({ ...known.grant, nonce: null }, behaviour.refreshIdToken, sent)
  }

  function person(request: HttpRequest): Response {
    const token = request.headers['authorization']?.split(' ')[1] ?? ''
    const known = accessTokens.get(token)
    if (!known || !isAlive(token))
      return json({}, 401, { 'www-authenticate': 'Bearer error="invalid_token"' })
    return json({
      sub: known.grant.person,
      name: known.grant.person,
      email: `${known.grant.person}@op.example`,
    })
  }

  async function answer(request: HttpRequest): Promise<Response> {
    const form = new URLSearchParams(request.body ?? '')
    const path = pathOf(request)
    const refusal = nonceRefusal(path, request)
    if (refusal) return refusal
    switch (path) {
      case 'discovery':
        return json({ ...document, ...behaviour.metadata })
      case 'jwks':
        return json({ keys: [key.jwk] })
      case 'token':
        return redeem(request, form)
      case 'refresh':
        return renew(request, form)
      case 'par': {
        const uri = `urn:ietf:params:oauth:request_uri:${random()}`
        pushed.set(uri, form)
        return json({ request_uri: uri, expires_in: 60 }, 201)
      }
      case 'revoke': {
        const token = form.get('token') ?? ''
        const family = (refreshTokens.get(token) ?? accessTokens.get(token))?.grant.family
        if (family !== undefined) revokedFamilies.add(family)
        return new Response('')
      }
      case 'userinfo':
      case 'api':
        return person(request)
      case 'other':
        return json({}, 404)
    }
  }

  const provider: Provider = {
    behaviour,
    asked: [],
    count: path => provider.asked.filter(each => each.path === path).length,
    form: path => {
      const latest = provider.asked.filter(each => each.path === path).at(-1)
      return Object.fromEntries(new URLSearchParams(latest?.request.body ?? ''))
    },
    serve: async (request, cache) => {
      const path = pathOf(request)
      provider.asked.push({ path, request, cache })
      const scripted = once.get(path)?.shift() ?? always.get(path)
      return (scripted ?? answer)(request)
    },
    once: (path, respond) => void once.set(path, [...(once.get(path) ?? []), respond]),
    always: (path, respond) => void (respond ? always.set(path, respond) : always.delete(path)),
    answer,
    authorize: url => {
      const front = new URL(url).searchParams
      const asked = pushed.get(front.get('request_uri') ?? '') ?? front
      const callback = new URLSearchParams({ state: asked.get('state') ?? '', iss: issuer })
      if (behaviour.person === null && asked.get('prompt') === 'none') callback.set('error', 'login_required')
      else {
        const code = `code-${random()}`
        codes.set(code, {
          person: behaviour.person ?? 'alice',
          nonce: asked.get('nonce'),
          challenge: asked.get('code_challenge') ?? '',
          scope: asked.get('scope') ?? '',
          jkt: asked.get('dpop_jkt'),
          family: '',
        })
        callback.set('code', code)
      }
      return `?${callback}`
    },
    rotateKey: async () => {
      key = await makeKey(`k${random(4)}`)
    },
    isAlive,
  }
  return provider
}

function pathOf({ url, body }: HttpRequest): Path {
  const { pathname, host } = new URL(url)
  if (host === 'api.example') return 'api'
  if (pathname.endsWith('/.well-known/openid-configuration')) return 'discovery'
  if (pathname === '/token') return body?.includes('grant_type=refresh_token') ? 'refresh' : 'token'
  const known = new Map<string, Path>([
    ['/jwks', 'jwks'],
    ['/userinfo', 'userinfo'],
    ['/revoke', 'revoke'],
    ['/par', 'par'],
  ])
  return known.get(pathname) ?? 'other'
}
