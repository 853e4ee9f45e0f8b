/** Faults of what the server publishes: metadata, keys, UserInfo. */
import { generateKeyPairSync } from 'node:crypto'
import type { JWK } from 'jose'
import type { Middleware, Provider } from '../oidc-provider.ts'
import type { Weaknesses } from '../weaknesses.ts'

/** A key of 1024 bits: short enough to be broken (RFC 7518 §3.3 wants 2048). Made when it is first asked for. */
let weakRsaKey: JWK | null = null
function weakKey(): JWK {
  weakRsaKey ??= {
    ...generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' }),
    kty: 'RSA',
    use: 'sig',
    alg: 'RS256',
    kid: 'demo-weak-rsa-1024',
  }
  return weakRsaKey
}

type Members = Record<string, unknown>

function isMembers(body: unknown): body is Members {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && !Buffer.isBuffer(body)
}

function weakenMetadata(body: Members, weaknesses: Weaknesses): void {
  if (weaknesses.has('wrong_metadata_issuer')) body['issuer'] = `${String(body['issuer'])}/`
  if (weaknesses.has('no_pkce_in_metadata')) delete body['code_challenge_methods_supported']
  if (weaknesses.has('no_iss')) delete body['authorization_response_iss_parameter_supported']
  if (weaknesses.has('metadata_lists_implicit')) {
    body['response_types_supported'] = ['code', 'token', 'id_token token']
    body['grant_types_supported'] = ['authorization_code', 'refresh_token', 'implicit', 'password']
  }
}

/** @returns a step for the metadata, `/jwks` and `/userinfo` */
export function weakenDocuments(provider: Provider, weaknesses: Weaknesses): Middleware {
  return async (ctx, next) => {
    await next()
    const body: unknown = ctx.body
    if (ctx.status !== 200 || !isMembers(body)) return
    if (ctx.path.startsWith('/.well-known/')) weakenMetadata(body, weaknesses)
    if (ctx.path === '/jwks' && weaknesses.has('weak_key') && Array.isArray(body['keys']))
      ctx.body = { keys: [...body['keys'], weakKey()] }
    if (ctx.path === '/userinfo' && weaknesses.has('userinfo_wrong_sub'))
      ctx.body = { ...body, sub: `${provider.issuer}#somebody-else` }
  }
}
