import type { Preset } from './preset.ts'

export const logto: Preset = {
  id: 'logto',
  name: 'Logto',
  suitability: 'yes',
  issuerTemplate: 'https://{tenant}.logto.app/oidc',
  blanks: [{ name: 'tenant', label: 'Tenant id', example: 'abc123' }],
  issuerPattern: /^https:\/\/[^/]+\.logto\.app\/oidc$/,
  documentMarks: [/"urn:logto:scope:/],
  clientIdExample: 'foo9kbkj2fz9q3c4a1b2c',
  scope: 'openid profile email offline_access',
  places: {
    redirect: {
      path: ['Applications', '{client_id}', 'Settings', 'Redirect URIs'],
      wants: 'redirect_uri',
      mark: 'D',
    },
    origin: {
      path: ['Applications', '{client_id}', 'Settings', 'CORS allowed origins'],
      wants: 'origin',
      note: 'The origins of the redirect URIs are allowed already.',
      mark: 'S',
    },
    logout: {
      path: ['Applications', '{client_id}', 'Settings', 'Post sign-out redirect URIs'],
      wants: 'logout_uri',
      mark: 'D',
    },
    publicClient: {
      path: ['Applications', 'Create application', 'Single page app'],
      note: 'The type cannot be changed later: make a new application.',
      mark: 'U',
    },
    pkce: { nothing: 'Nothing to set: Logto demands PKCE, with S256 only.', mark: 'S' },
    refresh: null,
    rotation: {
      path: ['Applications', '{client_id}', 'Settings', 'Rotate refresh token'],
      value: 'On',
      note: 'On by default.',
      mark: 'S',
    },
  },
  errors: [
    {
      code: 'oidc.invalid_redirect_uri',
      meaning: 'Shown on a page of Logto: the redirect address is not on the list.',
      place: 'redirect',
      mark: 'U',
    },
  ],
  logout: {
    text: 'The standard end_session_endpoint.',
    parameters: ['id_token_hint or client_id', 'post_logout_redirect_uri'],
    mark: 'S',
  },
  refresh: { text: 'Ask for offline_access; it rotates by default.', offlineAccess: true, mark: 'S' },
  accessToken: {
    form: 'depends',
    text: 'Opaque unless a resource is asked for (not verified).',
    mark: 'U',
  },
  gotchas: [],
  verified: '2026-11',
}
