import type { Preset } from './preset.ts'

export const keycloak: Preset = {
  id: 'keycloak',
  name: 'Keycloak',
  suitability: 'yes',
  issuerTemplate: 'https://{host}/realms/{realm}',
  blanks: [
    { name: 'host', label: 'Host', example: 'id.example.com' },
    { name: 'realm', label: 'Realm', example: 'lens' },
  ],
  issuerPattern: /\/realms\/[^/]+$/,
  clientIdExample: 'pkce-lens',
  scope: 'openid profile email',
  places: {
    redirect: {
      path: ['Clients', '{client_id}', 'Settings', 'Valid redirect URIs'],
      wants: 'redirect_uri',
      note: 'Without a star: a wildcard lets a code go to any page that matches.',
      mark: 'R',
    },
    origin: {
      path: ['Clients', '{client_id}', 'Settings', 'Web origins'],
      wants: 'origin',
      note: 'The origin alone, without a path. One that is not listed got 403, in 26.7.3.',
      mark: 'R',
    },
    logout: {
      path: ['Clients', '{client_id}', 'Settings', 'Valid post logout redirect URIs'],
      wants: 'logout_uri',
      mark: 'R',
    },
    publicClient: {
      path: ['Clients', '{client_id}', 'Settings', 'Client authentication'],
      value: 'Off',
      note: 'Keep Standard flow on.',
      mark: 'R',
    },
    pkce: {
      path: ['Clients', '{client_id}', 'Settings', 'Capability config', 'Require PKCE'],
      value: 'On, with PKCE Method S256',
      note: 'Off, PKCE is optional for this client. Older versions: Advanced, Proof Key for Code Exchange Code Challenge Method.',
      mark: 'R',
    },
    refresh: null,
    rotation: {
      path: ['Realm settings', 'Tokens', 'Revoke Refresh Token'],
      value: 'On',
      mark: 'R',
    },
  },
  errors: [
    {
      code: 'Invalid client or Invalid client credentials',
      meaning: 'The client asks for a secret, or its id does not exist in this realm.',
      place: 'publicClient',
      mark: 'U',
    },
    {
      code: 'Invalid parameter: redirect_uri',
      meaning: 'Shown on a page of Keycloak: the redirect address is not on the list of this client.',
      place: 'redirect',
      mark: 'U',
    },
    {
      code: 'PKCE verification failed',
      meaning: 'The verifier does not fit the challenge of the sign-in.',
      place: null,
      mark: 'S',
    },
  ],
  logout: {
    text: 'From version 18 on, Keycloak returns only with id_token_hint or client_id beside the address.',
    parameters: ['id_token_hint or client_id', 'post_logout_redirect_uri'],
    mark: 'I',
  },
  refresh: {
    text: 'A refresh token comes without offline_access and ends with the session at Keycloak.',
    offlineAccess: false,
    mark: 'R',
  },
  accessToken: { form: 'jwt', text: 'A JWT. It is meant for APIs, so do not read it in the app.', mark: 'U' },
  gotchas: [
    {
      text: 'Old versions send no CORS headers with refusals, so the browser hides the reason.',
      mark: 'I',
    },
    { text: 'From 26.6.3 on, an origin that is not listed gets 403 before anything else.', mark: 'I' },
    { text: 'A code that is used twice detaches the session.', mark: 'S' },
  ],
  verified: '2026-11',
}
