import type { Preset } from './preset.ts'

export const fusionauth: Preset = {
  id: 'fusionauth',
  name: 'FusionAuth',
  suitability: 'after_setup',
  issuerTemplate: 'https://{host}',
  blanks: [{ name: 'host', label: 'Host', example: 'acme.fusionauth.io' }],
  issuerPattern: /^https:\/\/[^/]+\.fusionauth\.(io|com)$/,
  documentMarks: [/"[^"]+\/oauth2\/device_authorize"/, /"end_session_endpoint":"[^"]+\/oauth2\/logout"/],
  clientIdExample: '3c219e58-ed0e-4b18-ad48-f4f92793ae32',
  scope: 'openid profile email offline_access',
  places: {
    redirect: {
      path: ['Applications', '{client_id}', 'OAuth', 'Authorized redirect URLs'],
      wants: 'redirect_uri',
      mark: 'D',
    },
    origin: {
      path: ['Settings', 'System', 'CORS', 'Allowed origins'],
      wants: 'origin',
      note: 'The CORS filter is off at first. Turn it on, and allow GET and POST.',
      mark: 'D',
    },
    logout: { path: ['Applications', '{client_id}', 'OAuth', 'Logout URL'], wants: 'logout_uri', mark: 'D' },
    publicClient: {
      path: ['Applications', '{client_id}', 'OAuth', 'Client Authentication'],
      value: 'Not required when using PKCE',
      mark: 'D',
    },
    pkce: { path: ['Applications', '{client_id}', 'OAuth', 'PKCE'], value: 'Required', mark: 'D' },
    refresh: {
      path: ['Applications', '{client_id}', 'OAuth', 'Generate refresh tokens'],
      value: 'On',
      mark: 'D',
    },
    rotation: null,
  },
  errors: [
    {
      code: 'invalid_client',
      meaning: 'Client authentication is still required.',
      place: 'publicClient',
      mark: 'U',
    },
    {
      code: 'invalid_redirect_uri',
      meaning: 'Shown on a page of FusionAuth: the redirect address is not on the list.',
      place: 'redirect',
      mark: 'U',
    },
  ],
  logout: {
    text: 'Returns to the Logout URL of the application.',
    parameters: ['client_id', 'post_logout_redirect_uri'],
    mark: 'D',
  },
  refresh: {
    text: 'Turn on Generate refresh tokens, and ask for offline_access.',
    offlineAccess: true,
    mark: 'D',
  },
  accessToken: { form: 'jwt', text: 'A JWT (not verified).', mark: 'U' },
  gotchas: [
    {
      text: 'The issuer is a text of the tenant and need not be its address. Set it to the address.',
      mark: 'U',
    },
    { text: 'Some paths stay outside the CORS filter whatever it says.', mark: 'D' },
  ],
  verified: '2026-11',
}
