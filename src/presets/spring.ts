import type { Preset } from './preset.ts'

export const spring: Preset = {
  id: 'spring',
  name: 'Spring Authorization Server',
  suitability: 'after_setup',
  issuerTemplate: 'https://{host}',
  blanks: [{ name: 'host', label: 'Host', example: 'id.example.com' }],
  documentMarks: [
    /"end_session_endpoint":"[^"]+\/connect\/logout"/,
    /"jwks_uri":"[^"]+\/oauth2\/jwks"/,
    /"token_endpoint":"[^"]+\/oauth2\/token"/,
  ],
  clientIdExample: 'pkce-lens',
  scope: 'openid profile email',
  places: {
    redirect: { path: ['RegisteredClient', 'redirectUri'], wants: 'redirect_uri', mark: 'R' },
    origin: {
      path: ['CorsConfigurationSource', 'setAllowedOrigins'],
      wants: 'origin',
      note: 'With .cors(Customizer.withDefaults()) on every SecurityFilterChain, and the methods GET and POST.',
      mark: 'R',
    },
    logout: { path: ['RegisteredClient', 'postLogoutRedirectUri'], wants: 'logout_uri', mark: 'R' },
    publicClient: {
      path: ['RegisteredClient', 'clientAuthenticationMethod'],
      value: 'ClientAuthenticationMethod.NONE',
      mark: 'R',
    },
    pkce: {
      path: ['RegisteredClient', 'clientSettings', 'requireProofKey'],
      value: 'true',
      note: 'With false a sign-in without PKCE gets a code, and the token endpoint refuses it all the same.',
      mark: 'R',
    },
    refresh: {
      path: ['OAuth2TokenGenerator'],
      note: 'The one of Spring gives none to a public client: OAuth2RefreshTokenGenerator.',
      mark: 'S',
    },
    rotation: null,
  },
  errors: [
    {
      code: 'Invalid CORS request',
      meaning:
        'Shown on a page of Spring: the origin is not among setAllowedOrigins. It is looked at on every request.',
      place: 'origin',
      mark: 'R',
    },
  ],
  logout: {
    text: 'The standard end_session_endpoint.',
    parameters: ['id_token_hint', 'post_logout_redirect_uri'],
    mark: 'R',
  },
  refresh: {
    text: 'Spring gives a public client no refresh token, whatever its grant types say.',
    offlineAccess: false,
    mark: 'R',
  },
  accessToken: { form: 'jwt', text: 'A JWT, with the scopes as a list.', mark: 'R' },
  gotchas: [
    {
      text: 'Its CORS filter looks at every request with an Origin, the sign-out form too.',
      mark: 'R',
    },
    { text: 'Public clients cannot revoke: the endpoint leads to the sign-in page.', mark: 'R' },
    { text: 'prompt=none is understood, so a hidden frame renews where it sees the cookie.', mark: 'R' },
  ],
  verified: '2026-11',
}
