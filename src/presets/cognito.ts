import type { Preset } from './preset.ts'

export const cognito: Preset = {
  id: 'cognito',
  name: 'Cognito',
  suitability: 'likely',
  issuerTemplate: 'https://cognito-idp.{region}.amazonaws.com/{pool}',
  blanks: [
    { name: 'region', label: 'Region', example: 'eu-central-1' },
    { name: 'pool', label: 'User pool id', example: 'eu-central-1_AbCdEfGhI' },
  ],
  issuerPattern: /^https:\/\/cognito-idp\.[^/]+\.amazonaws\.com(\.cn)?\/[^/]+$/,
  clientIdExample: '1example23456789',
  scope: 'openid profile email',
  places: {
    redirect: {
      path: ['User pools', 'your pool', 'App clients', '{client_id}', 'Login pages', 'Allowed callback URLs'],
      wants: 'redirect_uri',
      mark: 'D',
    },
    origin: { nothing: 'Nothing to set: Cognito has no list of origins (not verified).', mark: 'U' },
    logout: {
      path: ['User pools', 'your pool', 'App clients', '{client_id}', 'Login pages', 'Allowed sign-out URLs'],
      wants: 'logout_uri',
      mark: 'D',
    },
    publicClient: {
      path: ['User pools', 'your pool', 'App clients', 'Create app client', 'Public client'],
      note: 'A client that has a secret keeps it: make a new one.',
      mark: 'D',
    },
    pkce: {
      nothing:
        'Nothing to set: Cognito always takes PKCE, and has no setting that demands it (not verified).',
      mark: 'U',
    },
    refresh: null,
    rotation: {
      path: ['User pools', 'your pool', 'App clients', '{client_id}', 'Refresh token rotation'],
      mark: 'U',
    },
  },
  errors: [
    {
      code: 'redirect_mismatch',
      meaning: 'Shown on a page of Cognito: the redirect address is not on the list.',
      place: 'redirect',
      mark: 'U',
    },
  ],
  logout: {
    text: 'Not the standard: /logout wants client_id and logout_uri. A standard request does not come back.',
    parameters: ['client_id', 'logout_uri'],
    ownWay: true,
    mark: 'D',
  },
  refresh: {
    text: 'A refresh token comes without offline_access (not verified).',
    offlineAccess: false,
    mark: 'U',
  },
  accessToken: { form: 'jwt', text: 'A JWT without an audience (not verified).', mark: 'U' },
  gotchas: [
    { text: 'The pages are on another host than the issuer: the pool needs a domain.', mark: 'I' },
    { text: 'A sign-in in a popup loses its opener.', mark: 'I' },
    { text: 'offline_access is not among its scopes, and asking for it gives invalid_scope.', mark: 'U' },
  ],
  verified: '2026-11',
}
