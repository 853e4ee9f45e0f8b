import type { Preset } from './preset.ts'

export const auth0: Preset = {
  id: 'auth0',
  name: 'Auth0',
  suitability: 'yes',
  issuerTemplate: 'https://{tenant}.{region}.auth0.com/',
  blanks: [
    { name: 'tenant', label: 'Tenant', example: 'dev-abc123' },
    { name: 'region', label: 'Region', example: 'eu' },
  ],
  issuerPattern: /^https:\/\/[^/]+\.auth0\.com\/?$/,
  documentMarks: [/"mfa_challenge_endpoint":"[^"]+\/mfa\/challenge"/, /"[^"]+\/oauth\/device\/code"/],
  clientIdExample: 'Qx7rB2Lr0sYk3mZtUe9nW4cV8aHd1PgJ',
  scope: 'openid profile email offline_access',
  places: {
    redirect: {
      path: ['Applications', '{client_id}', 'Settings', 'Allowed Callback URLs'],
      wants: 'redirect_uri',
      mark: 'D',
    },
    origin: {
      path: ['Applications', '{client_id}', 'Settings', 'Allowed Origins (CORS)'],
      wants: 'origin',
      note: 'The origins of Allowed Callback URLs count already. Allowed Web Origins is for the silent sign-in.',
      mark: 'D',
    },
    logout: {
      path: ['Applications', '{client_id}', 'Settings', 'Allowed Logout URLs'],
      wants: 'logout_uri',
      mark: 'D',
    },
    publicClient: {
      path: ['Applications', '{client_id}', 'Settings', 'Application Type'],
      value: 'Single Page Application',
      note: 'Token Endpoint Authentication Method is None then.',
      mark: 'D',
    },
    pkce: {
      path: ['Applications', '{client_id}', 'Settings', 'Advanced Settings', 'Grant Types'],
      value: 'Authorization Code',
      mark: 'U',
    },
    refresh: {
      path: ['Applications', '{client_id}', 'Settings', 'Refresh Token Rotation'],
      value: 'On',
      note: 'The API needs Allow Offline Access as well (not verified).',
      mark: 'D',
    },
    rotation: {
      path: ['Applications', '{client_id}', 'Settings', 'Refresh Token Rotation'],
      value: 'On',
      mark: 'D',
    },
  },
  errors: [
    {
      code: 'Callback URL mismatch',
      meaning: 'Shown on a page of Auth0: the redirect address is not on the list.',
      place: 'redirect',
      mark: 'U',
    },
    {
      code: 'Failed to verify code verifier',
      meaning: 'The verifier does not fit the challenge of the sign-in.',
      place: null,
      mark: 'U',
    },
    {
      code: 'Unauthorized',
      meaning: 'access_denied with status 401: the application asks for a secret.',
      place: 'publicClient',
      mark: 'U',
    },
  ],
  logout: {
    text: 'Two ways: /oidc/logout follows the standard; the older /v2/logout wants returnTo and client_id.',
    parameters: ['id_token_hint', 'post_logout_redirect_uri (or returnTo at /v2/logout)'],
    mark: 'D',
  },
  refresh: {
    text: 'Only with rotation turned on and offline_access asked for.',
    offlineAccess: true,
    mark: 'D',
  },
  accessToken: {
    form: 'depends',
    text: 'Opaque unless an API is named in audience. Then it is a JWT for that API.',
    mark: 'D',
  },
  gotchas: [{ text: 'The issuer ends with a slash, and the slash counts.', mark: 'D' }],
  verified: '2026-11',
}
