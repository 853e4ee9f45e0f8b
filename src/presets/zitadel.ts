import type { Preset } from './preset.ts'

export const zitadel: Preset = {
  id: 'zitadel',
  name: 'ZITADEL',
  suitability: 'yes',
  issuerTemplate: 'https://{instance}',
  blanks: [{ name: 'instance', label: 'Instance', example: 'acme-x1y2z3.zitadel.cloud' }],
  issuerPattern: /^https:\/\/[^/]+\.zitadel\.(cloud|ch)$/,
  documentMarks: [/"authorization_endpoint":"[^"]+\/oauth\/v2\/authorize"/, /"[^"]+\/oidc\/v1\/userinfo"/],
  clientIdExample: '277600000000000000',
  scope: 'openid profile email offline_access',
  places: {
    redirect: {
      path: ['Projects', 'your project', '{client_id}', 'Redirect Settings', 'Redirect URIs'],
      wants: 'redirect_uri',
      note: 'Development Mode has to be on for http addresses.',
      mark: 'D',
    },
    origin: {
      path: ['Projects', 'your project', '{client_id}', 'Additional Origins'],
      wants: 'origin',
      note: 'The origins of the redirect URIs are allowed already.',
      mark: 'D',
    },
    logout: {
      path: ['Projects', 'your project', '{client_id}', 'Redirect Settings', 'Post Logout URIs'],
      wants: 'logout_uri',
      mark: 'D',
    },
    publicClient: {
      path: ['Projects', 'your project', 'New', 'User Agent', 'PKCE'],
      note: 'The type User Agent is the one for browsers.',
      mark: 'D',
    },
    pkce: {
      path: ['Projects', 'your project', '{client_id}', 'OIDC Configuration', 'Authentication Method'],
      value: 'None',
      mark: 'U',
    },
    refresh: {
      path: ['Projects', 'your project', '{client_id}', 'OIDC Configuration', 'Grant Types'],
      value: 'Refresh Token',
      mark: 'U',
    },
    rotation: null,
  },
  errors: [
    {
      code: 'invalid_client',
      meaning: 'The application is of type Web and asks for a secret.',
      place: 'publicClient',
      mark: 'U',
    },
  ],
  logout: {
    text: 'The standard end_session_endpoint.',
    parameters: ['id_token_hint or client_id', 'post_logout_redirect_uri'],
    mark: 'D',
  },
  refresh: {
    text: 'Ask for offline_access, and tick Refresh Token (not verified).',
    offlineAccess: true,
    mark: 'U',
  },
  accessToken: {
    form: 'depends',
    text: 'Opaque, unless the application is set to JWT under Token Settings (not verified).',
    mark: 'U',
  },
  gotchas: [
    {
      text: 'An ID token names the project and its other applications beside the client. A first sign-in stops at that, and its diagnosis offers to trust them.',
      mark: 'I',
    },
    { text: 'Old releases allowed every origin.', mark: 'S' },
  ],
  verified: '2026-11',
}
