import type { Preset } from './preset.ts'

/** The provider that comes with this project and runs beside the app. */
export const demo: Preset = {
  id: 'demo',
  name: 'Demo',
  suitability: 'yes',
  issuerTemplate: 'http://localhost:9000',
  blanks: [],
  issuerPattern: /^http:\/\/localhost:9000$/,
  clientIdExample: 'pkce-lens',
  scope: 'openid profile email offline_access',
  places: {
    redirect: {
      path: ['provider', 'clients.ts', 'redirect_uris'],
      wants: 'redirect_uri',
      note: 'The demo registers the address of the app it was started with.',
      mark: 'S',
    },
    origin: { path: ['provider', 'cors.ts'], wants: 'origin', mark: 'S' },
    logout: { path: ['provider', 'clients.ts', 'post_logout_redirect_uris'], wants: 'logout_uri', mark: 'S' },
    publicClient: {
      path: ['provider', 'clients.ts', 'token_endpoint_auth_method'],
      value: 'none',
      mark: 'S',
    },
    pkce: { path: ['provider', 'provider-configuration.ts', 'pkce'], mark: 'S' },
    refresh: { path: ['provider', 'clients.ts', 'grant_types'], value: 'refresh_token', mark: 'S' },
    rotation: { path: ['provider', 'provider-configuration.ts', 'rotateRefreshToken'], mark: 'S' },
  },
  errors: [],
  logout: {
    text: 'The standard end_session_endpoint.',
    parameters: ['id_token_hint or client_id', 'post_logout_redirect_uri'],
    mark: 'S',
  },
  refresh: {
    text: 'A refresh token comes without being asked for, and rotates. With offline_access it outlives the session there.',
    offlineAccess: false,
    mark: 'S',
  },
  accessToken: { form: 'depends', text: 'Opaque, or a JWT for the API that was asked for.', mark: 'S' },
  gotchas: [{ text: 'Accounts alice and bob, password: password.', mark: 'S' }],
  verified: '2026-11',
}
