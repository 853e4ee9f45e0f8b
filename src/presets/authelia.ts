import type { Preset } from './preset.ts'

export const authelia: Preset = {
  id: 'authelia',
  name: 'Authelia',
  suitability: 'after_setup',
  issuerTemplate: 'https://{host}',
  blanks: [{ name: 'host', label: 'Host', example: 'authelia.example.com' }],
  issuerPattern: /^https:\/\/authelia\.[^/]+$/,
  documentMarks: [/"authorization_endpoint":"[^"]+\/api\/oidc\/authorization"/],
  clientIdExample: 'pkce-lens',
  scope: 'openid profile email offline_access',
  places: {
    redirect: {
      path: ['configuration.yml', 'identity_providers.oidc.clients', '{client_id}', 'redirect_uris'],
      wants: 'redirect_uri',
      mark: 'D',
    },
    origin: {
      path: ['configuration.yml', 'identity_providers.oidc.cors', 'allowed_origins'],
      wants: 'origin',
      note: 'List token and userinfo under endpoints too. Without a list every https origin may read; http://localhost must be listed by hand, the automatic option skips it.',
      mark: 'D',
    },
    logout: {
      nothing: 'Nothing to set: Authelia does not come back after a sign-out (not verified).',
      mark: 'U',
    },
    publicClient: {
      path: ['configuration.yml', 'identity_providers.oidc.clients', '{client_id}', 'public'],
      value: 'true',
      mark: 'D',
    },
    pkce: {
      path: ['configuration.yml', 'identity_providers.oidc.clients', '{client_id}', 'pkce_challenge_method'],
      value: 'S256',
      mark: 'D',
    },
    refresh: {
      path: ['configuration.yml', 'identity_providers.oidc.clients', '{client_id}', 'grant_types'],
      value: 'refresh_token',
      mark: 'U',
    },
    rotation: null,
  },
  errors: [
    {
      code: 'Client authentication failed',
      meaning: 'The client is not marked public, or its id is unknown.',
      place: 'publicClient',
      mark: 'U',
    },
  ],
  logout: {
    text: 'No standard sign-out; only this app signs out (not verified).',
    parameters: [],
    mark: 'U',
  },
  refresh: { text: 'offline_access (not verified).', offlineAccess: true, mark: 'U' },
  accessToken: { form: 'opaque', text: 'Opaque by default (not verified).', mark: 'U' },
  gotchas: [{ text: 'A code lives one minute.', mark: 'D' }],
  verified: '2026-11',
}
