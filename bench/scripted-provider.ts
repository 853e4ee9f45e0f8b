/** A provider that says yes to everything at once, for measures of the client alone: thousands of real, signed answers. */
import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

const cors = { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' }

/** @returns what stops it */
export async function startScriptedProvider(port: number, clientId: string): Promise<() => Promise<void>> {
  const issuer = `http://localhost:${port}`
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES256', use: 'sig' }
  const nonces = new Map<string, string>()

  async function tokens(form: URLSearchParams) {
    const nonce = nonces.get(form.get('code') ?? '')
    const access = randomUUID() + randomUUID()
    const half = createHash('sha256').update(access).digest().subarray(0, 16).toString('base64url')
    const idToken = await new SignJWT({ at_hash: half, ...(nonce === undefined ? {} : { nonce }) })
      .setProtectedHeader({ alg: 'ES256', kid: 'bench' })
      .setIssuer(issuer)
      .setSubject('alice')
      .setAudience(clientId)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey)
    return {
      access_token: access,
      token_type: 'Bearer',
      expires_in: 60,
      refresh_token: randomUUID() + randomUUID(),
      id_token: idToken,
    }
  }

  const documents: Readonly<Record<string, (form: URLSearchParams) => unknown>> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none'],
    }),
    '/jwks': () => ({ keys: [jwk] }),
    '/token': tokens,
  }

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer)
    if (pathname === '/authorize') {
      const code = randomUUID()
      nonces.set(code, searchParams.get('nonce') ?? '')
      const back = new URL(searchParams.get('redirect_uri') ?? issuer)
      back.search = String(new URLSearchParams({ code, state: searchParams.get('state') ?? '', iss: issuer }))
      response.writeHead(302, { Location: back.href }).end()
      return
    }
    const answer = await documents[pathname]?.(new URLSearchParams(await text(request)))
    response.writeHead(answer === undefined ? 404 : 200, { ...cors, 'Content-Type': 'application/json' })
    response.end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return () =>
    new Promise(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}
