import type { Preset } from './preset.ts'

/** Any other provider, in the words of the specifications: consoles differ, these names are on most of them. */
export const anyIssuer: Preset = {
  id: 'any',
  name: 'Another issuer',
  suitability: 'yes',
  issuerTemplate: '',
  blanks: [],
  clientIdExample: 'pkce-lens',
  scope: 'openid profile email',
  places: {
    redirect: { path: ['The client at your provider', 'Redirect URIs'], wants: 'redirect_uri', mark: 'U' },
    origin: {
      path: ['The client at your provider', 'Allowed origins (CORS)'],
      wants: 'origin',
      note: 'Also called web origins or trusted origins. Some servers set it for all clients at once.',
      mark: 'U',
    },
    logout: {
      path: ['The client at your provider', 'Post logout redirect URIs'],
      wants: 'logout_uri',
      mark: 'U',
    },
    publicClient: {
      path: ['The client at your provider', 'Client type'],
      value: 'Public',
      note: 'Also called single-page app, user agent, or token_endpoint_auth_method none.',
      mark: 'U',
    },
    pkce: { path: ['The client at your provider', 'PKCE'], value: 'S256', mark: 'U' },
    refresh: { path: ['The client at your provider', 'Grant types'], value: 'refresh_token', mark: 'U' },
    rotation: null,
  },
  errors: [],
  logout: {
    text: 'The standard end_session_endpoint, where there is one.',
    parameters: ['id_token_hint or client_id', 'post_logout_redirect_uri'],
    mark: 'U',
  },
  refresh: { text: 'Usually offline_access, sometimes with prompt=consent.', offlineAccess: true, mark: 'U' },
  accessToken: {
    form: 'unknown',
    text: 'Treat it as opaque: it is for the API, not for the app.',
    mark: 'U',
  },
  gotchas: [],
  verified: '2026-11',
}
