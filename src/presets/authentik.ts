import type { Preset } from './preset.ts'

export const authentik: Preset = {
  id: 'authentik',
  name: 'authentik',
  suitability: 'yes',
  issuerTemplate: 'https://{host}/application/o/{slug}/',
  blanks: [
    { name: 'host', label: 'Host', example: 'auth.example.com' },
    { name: 'slug', label: 'Application slug', example: 'pkce-lens' },
  ],
  issuerPattern: /\/application\/o\/[^/]+\/?$/,
  documentMarks: [/"authorization_endpoint":"[^"]+\/application\/o\/authorize\/"/],
  clientIdExample: 'pkce-lens',
  scope: 'openid profile email offline_access',
  places: {
    redirect: {
      path: ['Applications', 'Providers', 'your provider', 'Edit', 'Redirect URIs/Origins'],
      wants: 'redirect_uri',
      note: 'Choose Strict, or write a regular expression with every dot escaped.',
      mark: 'D',
    },
    origin: {
      path: ['Applications', 'Providers', 'your provider', 'Edit', 'Redirect URIs/Origins'],
      wants: 'redirect_uri',
      note: 'The origin of a redirect address is allowed; there is no other list.',
      mark: 'S',
    },
    logout: {
      path: ['Applications', 'Providers', 'your provider', 'Edit', 'Redirect URIs/Origins'],
      wants: 'logout_uri',
      mark: 'U',
    },
    publicClient: {
      path: ['Applications', 'Providers', 'your provider', 'Edit', 'Client type'],
      value: 'Public',
      mark: 'D',
    },
    pkce: {
      nothing: 'Nothing to set: authentik always takes PKCE, and refuses a verifier without a challenge.',
      mark: 'S',
    },
    refresh: {
      path: ['Applications', 'Providers', 'your provider', 'Edit', 'Advanced protocol settings', 'Scopes'],
      value: 'offline_access',
      note: 'An authorization flow with implicit consent has given no refresh token.',
      mark: 'I',
    },
    rotation: null,
  },
  errors: [
    {
      code: 'Redirect URI Error',
      meaning: 'Shown on a page of authentik: the redirect address is not on the list.',
      place: 'redirect',
      mark: 'U',
    },
  ],
  logout: {
    text: 'end-session below the application; it ends the session there.',
    parameters: ['id_token_hint', 'post_logout_redirect_uri'],
    mark: 'S',
  },
  refresh: { text: 'Ask for offline_access, and add its scope mapping.', offlineAccess: true, mark: 'I' },
  accessToken: { form: 'jwt', text: 'A JWT (not verified).', mark: 'U' },
  gotchas: [{ text: 'The issuer ends with a slash, and the slash counts.', mark: 'S' }],
  verified: '2026-11',
}
