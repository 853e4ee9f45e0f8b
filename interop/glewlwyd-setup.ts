/** Configures a fresh Glewlwyd through its administration API: two issuers, a public client, a person. */
import { generateKeyPairSync } from 'node:crypto'
import type { CookieJar } from './cookie-jar.ts'
import type { Person } from './provider.ts'

export interface Setup {
  /** Address of the API, without a slash at the end. */
  readonly api: string
  readonly clientId: string
  readonly appOrigin: string
  readonly person: Person
  readonly email: string
}

/** Sends JSON to the API. @throws Error with the API's own words when it says no */
export async function tellApi(
  jar: CookieJar,
  method: 'POST' | 'PUT',
  address: string,
  body: unknown,
): Promise<void> {
  const response = await jar.send(new URL(address), {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok)
    throw new Error(
      `${method} ${new URL(address).pathname}: ${response.status} ${(await response.text()).slice(0, 300)}`,
    )
}

/** An instance of the OpenID Connect plugin is an issuer of its own; its name is the last part of the issuer. */
function plugin(setup: Setup, name: string, pkceRequired: boolean) {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  return {
    module: 'oidc',
    name,
    display_name: name,
    enabled: true,
    parameters: {
      iss: `${setup.api}/${name}`,
      'jwt-type': 'rsa',
      'jwt-key-size': '256',
      key: keys.privateKey,
      cert: keys.publicKey,
      'jwks-show': true,
      'subject-type': 'public',
      'access-token-duration': 300,
      'refresh-token-duration': 86_400,
      'refresh-token-rolling': false,
      'refresh-token-one-use': 'always',
      'code-duration': 60,
      'auth-type-code-enabled': true,
      'auth-type-code-revoke-replayed': true,
      'auth-type-id-token-enabled': true,
      'auth-type-refresh-enabled': true,
      'auth-type-token-enabled': false,
      'auth-type-none-enabled': false,
      'auth-type-password-enabled': false,
      'auth-type-client-enabled': false,
      'auth-type-device-enabled': false,
      'allow-non-oidc': false,
      'allowed-scope': ['openid', 'profile', 'email'],
      'name-claim': 'mandatory',
      'email-claim': 'mandatory',
      'scope-claim': 'no',
      'pkce-allowed': true,
      'pkce-method-plain-allowed': false,
      'pkce-required': pkceRequired,
      'session-management-allowed': true,
      // Without this the sign-out page fails with 400, even when no client uses front-channel logout.
      'front-channel-logout-allowed': true,
      'session-cookie-name': `GLEWLWYD_${name.toUpperCase()}`,
      'session-cookie-expiration': 86_400,
      'oauth-as-iss-id': true,
      'oauth-dpop-allowed': true,
      'oauth-dpop-iat-duration': 60,
      'introspection-revocation-allowed': false,
    },
  }
}

/**
 * The client backend drops every client property that its data format does not name, and the packaged format has
 * `post_logout_redirect_uri` while the plugin reads the list `post_logout_redirect_uris`.
 */
const clientBackend = {
  module: 'database',
  name: 'database',
  display_name: 'Database backend',
  order_rank: 0,
  readonly: false,
  enabled: true,
  parameters: {
    'use-glewlwyd-connection': true,
    'data-format': Object.fromEntries(
      ['redirect_uri', 'authorization_type', 'token_endpoint_auth_method', 'post_logout_redirect_uris'].map(
        name => [name, { multiple: true, read: true, write: true }],
      ),
    ),
  },
}

/** Sets everything up as the administrator of the fresh database. The issuers are `<api>/oidc` and `<api>/loose`. */
export async function configure(admin: CookieJar, setup: Setup): Promise<void> {
  const { api, appOrigin, person } = setup
  await tellApi(admin, 'POST', `${api}/auth/`, { username: 'admin', password: 'password' })
  await tellApi(admin, 'PUT', `${api}/mod/client/database`, clientBackend)
  await tellApi(admin, 'PUT', `${api}/mod/client/database/reset`, {})
  await tellApi(admin, 'POST', `${api}/mod/plugin/`, plugin(setup, 'oidc', true))
  await tellApi(admin, 'POST', `${api}/mod/plugin/`, plugin(setup, 'loose', false))
  for (const scope of ['profile', 'email'])
    await tellApi(admin, 'POST', `${api}/scope/`, {
      name: scope,
      display_name: scope,
      description: `The ${scope} claims`,
      password_required: true,
      password_max_age: 0,
      scheme: {},
    })
  await tellApi(admin, 'POST', `${api}/client/`, {
    client_id: setup.clientId,
    name: 'PKCE Lens',
    enabled: true,
    confidential: false,
    token_endpoint_auth_method: ['none'],
    authorization_type: ['code', 'refresh_token'],
    redirect_uri: [`${appOrigin}/callback`, `${appOrigin}/silent-callback.html`],
    post_logout_redirect_uris: [`${appOrigin}/`],
    scope: [],
  })
  await tellApi(admin, 'POST', `${api}/user/`, {
    username: person.login,
    name: person.name,
    email: setup.email,
    password: person.password,
    enabled: true,
    scope: ['openid', 'profile', 'email'],
  })
}
