import type { Preset } from './preset.ts'

export const pingone: Preset = {
  id: 'pingone',
  name: 'PingOne',
  suitability: 'yes',
  issuerTemplate: 'https://auth.pingone.{region}/{environment}/as',
  blanks: [
    { name: 'region', label: 'Region', example: 'com' },
    { name: 'environment', label: 'Environment id', example: 'c2c2b4f8-c3da-4b23-abef-457ceaf25591' },
  ],
  issuerPattern: /^https:\/\/auth\.pingone\.[a-z.]+\/[^/]+\/as$/,
  documentMarks: [/"authorization_endpoint":"[^"]+\/as\/authorize"/, /"token_endpoint":"[^"]+\/as\/token"/],
  clientIdExample: 'b6b4a2b8-7d8f-4d21-9d0b-1a2b3c4d5e6f',
  scope: 'openid profile email',
  places: {
    redirect: {
      path: ['Applications', '{client_id}', 'Configuration', 'Redirect URIs'],
      wants: 'redirect_uri',
      mark: 'D',
    },
    origin: {
      path: ['Applications', '{client_id}', 'Configuration', 'CORS Settings'],
      wants: 'origin',
      note: 'PingOne lets every origin in by default. PingFederate has a list of its own: Allowed Origins.',
      mark: 'D',
    },
    logout: {
      path: ['Applications', '{client_id}', 'Configuration', 'Signoff URLs'],
      wants: 'logout_uri',
      mark: 'D',
    },
    publicClient: {
      path: ['Applications', '{client_id}', 'Configuration', 'Token Endpoint Authentication Method'],
      value: 'None',
      mark: 'D',
    },
    pkce: {
      path: ['Applications', '{client_id}', 'Configuration', 'PKCE Enforcement'],
      value: 'S256 Required',
      mark: 'D',
    },
    refresh: {
      path: ['Applications', '{client_id}', 'Configuration', 'Grant Type'],
      value: 'Refresh Token',
      mark: 'U',
    },
    rotation: null,
  },
  errors: [
    {
      code: 'Redirect URI mismatch',
      meaning: 'Shown on a page of PingOne: the redirect address is not on the list.',
      place: 'redirect',
      mark: 'U',
    },
  ],
  logout: {
    text: 'Called signoff (not verified).',
    parameters: ['id_token_hint', 'post_logout_redirect_uri'],
    mark: 'U',
  },
  refresh: { text: 'Set for each application (not verified).', offlineAccess: false, mark: 'U' },
  accessToken: { form: 'unknown', text: 'Treat it as opaque.', mark: 'U' },
  gotchas: [
    { text: 'The shape of the issuer is not verified: copy it from the Configuration tab.', mark: 'U' },
    {
      text: 'With PingFederate the list of origins covers token, revocation, userinfo, keys and discovery only.',
      mark: 'D',
    },
  ],
  verified: '2026-11',
}
