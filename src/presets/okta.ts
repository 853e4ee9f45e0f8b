import type { Preset } from './preset.ts'

export const okta: Preset = {
  id: 'okta',
  name: 'Okta',
  suitability: 'yes',
  issuerTemplate: 'https://{org}.okta.com/oauth2/default',
  blanks: [{ name: 'org', label: 'Organization', example: 'dev-12345' }],
  issuerPattern: /^https:\/\/[^/]+\.(okta|oktapreview|okta-emea)\.com(\/oauth2\/[^/]+)?$/,
  documentMarks: [
    /"authorization_endpoint":"[^"]+\/oauth2\/([^"/]+\/)?v1\/authorize"/,
    /"jwks_uri":"[^"]+\/oauth2\/([^"/]+\/)?v1\/keys"/,
  ],
  clientIdExample: '0oa1abcdefGHIJKLM5d7',
  scope: 'openid profile email offline_access',
  places: {
    redirect: {
      path: ['Applications', '{client_id}', 'General', 'Sign-in redirect URIs'],
      wants: 'redirect_uri',
      mark: 'D',
    },
    origin: {
      path: ['Security', 'API', 'Trusted Origins', 'Add Origin'],
      wants: 'origin',
      note: 'Choose the type CORS. A new single-page app adds its own origin.',
      mark: 'D',
    },
    logout: {
      path: ['Applications', '{client_id}', 'General', 'Sign-out redirect URIs'],
      wants: 'logout_uri',
      mark: 'D',
    },
    publicClient: {
      path: ['Applications', 'Create App Integration', 'OIDC', 'Single-Page Application'],
      note: 'The type cannot be changed later: make a new app.',
      mark: 'D',
    },
    pkce: {
      path: ['Applications', '{client_id}', 'General', 'Client Credentials', 'Proof Key for Code Exchange'],
      value: 'Require PKCE as additional verification',
      mark: 'U',
    },
    refresh: {
      path: ['Applications', '{client_id}', 'General', 'Grant type'],
      value: 'Refresh Token',
      mark: 'D',
    },
    rotation: null,
  },
  errors: [
    {
      code: 'PKCE verification failed',
      meaning: 'The verifier does not fit the challenge of the sign-in.',
      place: null,
      mark: 'U',
    },
    {
      code: 'Client authentication failed',
      meaning: 'The app asks for a secret, or the client id belongs to another organization.',
      place: 'publicClient',
      mark: 'U',
    },
    {
      code: 'no_matching_policy',
      meaning: 'The authorization server has no access policy for this client.',
      place: null,
      mark: 'U',
    },
  ],
  logout: {
    text: '/v1/logout wants id_token_hint (not verified).',
    parameters: ['id_token_hint', 'post_logout_redirect_uri'],
    mark: 'U',
  },
  refresh: {
    text: 'The Refresh Token grant has to be on; rotation is the default then.',
    offlineAccess: true,
    mark: 'D',
  },
  accessToken: {
    form: 'depends',
    text: 'A JWT from a custom authorization server. Tokens of the organization server are for Okta only (not verified).',
    mark: 'U',
  },
  gotchas: [
    { text: 'The organization server has had trouble with CORS on its discovery document.', mark: 'I' },
    {
      text: 'The console of a developer organization has -admin in its address; the issuer does not.',
      mark: 'U',
    },
  ],
  verified: '2026-11',
}
