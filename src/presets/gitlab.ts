import type { Preset } from './preset.ts'

export const gitlab: Preset = {
  id: 'gitlab',
  name: 'GitLab',
  suitability: 'yes',
  issuerTemplate: 'https://{host}',
  blanks: [{ name: 'host', label: 'Host', example: 'gitlab.com' }],
  issuerPattern: /^https:\/\/([^/]*\.)?gitlab\.[^/]+$/,
  documentMarks: [/"https:\/\/gitlab\.org\/claims\//],
  clientIdExample: '5832fc6e14300a0d962240a8144466ee…',
  scope: 'openid profile email',
  places: {
    redirect: {
      path: ['Edit profile', 'Applications', 'Add new application', 'Redirect URI'],
      wants: 'redirect_uri',
      mark: 'D',
    },
    origin: {
      nothing: 'Nothing to set: GitLab has had CORS since 15.1; an older one needs an update.',
      mark: 'D',
    },
    logout: {
      nothing: 'Nothing to set: GitLab does not come back after a sign-out (not verified).',
      mark: 'U',
    },
    publicClient: {
      path: ['Edit profile', 'Applications', '{client_id}', 'Confidential'],
      value: 'Off',
      mark: 'D',
    },
    pkce: {
      nothing: 'Nothing to set: GitLab always takes PKCE, and has no setting that demands it (not verified).',
      mark: 'U',
    },
    refresh: {
      nothing: 'Nothing to set: GitLab gives a refresh token with every sign-in (not verified).',
      mark: 'U',
    },
    rotation: {
      nothing: 'Nothing to set: GitLab rotates refresh tokens by itself (not verified).',
      mark: 'U',
    },
  },
  errors: [
    {
      code: 'The redirect URI included is not valid',
      meaning: 'Shown on a page of GitLab: the redirect address is not on the list.',
      place: 'redirect',
      mark: 'U',
    },
    {
      code: 'Client authentication failed',
      meaning: 'Confidential is still on, or the application id is wrong.',
      place: 'publicClient',
      mark: 'U',
    },
  ],
  logout: { text: 'The session at GitLab stays; only this app signs out.', parameters: [], mark: 'U' },
  refresh: {
    text: 'A refresh token comes with every sign-in and rotates (not verified).',
    offlineAccess: false,
    mark: 'U',
  },
  accessToken: { form: 'opaque', text: 'Opaque: only GitLab reads it (not verified).', mark: 'U' },
  gotchas: [
    {
      text: 'The preflight allows simple headers and Authorization only. DPoP needs one more, so leave it off.',
      mark: 'D',
    },
    { text: 'Tick the scopes openid, profile and email in the application too.', mark: 'D' },
  ],
  verified: '2026-11',
}
