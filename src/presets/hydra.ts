import type { Preset } from './preset.ts'

export const hydra: Preset = {
  id: 'hydra',
  name: 'Ory Hydra',
  suitability: 'after_setup',
  issuerTemplate: 'https://{host}',
  blanks: [{ name: 'host', label: 'Host', example: 'hydra.example.com' }],
  issuerPattern: /^https:\/\/([^/]+\.projects\.oryapis\.com|hydra\.[^/]+)\/?$/,
  documentMarks: [/"end_session_endpoint":"[^"]+\/oauth2\/sessions\/logout"/],
  clientIdExample: '4b5c6d7e-8f90-4a1b-9c2d-3e4f5a6b7c8d',
  scope: 'openid profile email offline_access',
  places: {
    redirect: {
      path: ['hydra update oauth2-client {client_id}', '--redirect-uri'],
      wants: 'redirect_uri',
      mark: 'D',
    },
    origin: {
      path: ['hydra.yml', 'serve.public.cors', 'allowed_origins'],
      wants: 'origin',
      note: 'With enabled: true. The origins of a single client are not enough: the metadata and the keys are asked for without its id.',
      mark: 'R',
    },
    logout: {
      path: ['hydra update oauth2-client {client_id}', '--post-logout-callback'],
      wants: 'logout_uri',
      mark: 'D',
    },
    publicClient: {
      path: ['hydra update oauth2-client {client_id}', '--token-endpoint-auth-method'],
      value: 'none',
      mark: 'D',
    },
    pkce: { path: ['hydra.yml', 'oauth2.pkce', 'enforced_for_public_clients'], value: 'true', mark: 'R' },
    refresh: {
      path: ['hydra update oauth2-client {client_id}', '--grant-type'],
      value: 'authorization_code,refresh_token',
      note: 'Your consent app must grant offline_access.',
      mark: 'R',
    },
    rotation: { nothing: 'Nothing to set: Hydra rotated refresh tokens by itself, in 2.3.0.', mark: 'R' },
  },
  errors: [
    {
      code: 'Client authentication failed',
      meaning:
        'The client is registered with another authentication method than none, or its id does not exist.',
      place: 'publicClient',
      mark: 'R',
    },
  ],
  logout: {
    text: 'The standard end_session_endpoint.',
    parameters: ['id_token_hint', 'post_logout_redirect_uri'],
    mark: 'R',
  },
  refresh: { text: 'offline_access, granted by your consent app.', offlineAccess: true, mark: 'R' },
  accessToken: {
    form: 'depends',
    text: 'Opaque unless strategies.access_token is jwt.',
    mark: 'S',
  },
  gotchas: [
    { text: 'Hydra has no accounts: sign-in and consent are pages of your own.', mark: 'R' },
    {
      text: 'prompt=none passes through those pages too: a policy that is pinned to one issuer must name their origin.',
      mark: 'R',
    },
  ],
  verified: '2026-11',
}
