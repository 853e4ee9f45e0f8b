import type { Preset } from './preset.ts'

export const entra: Preset = {
  id: 'entra',
  name: 'Entra ID',
  suitability: 'yes',
  issuerTemplate: 'https://login.microsoftonline.com/{tenant}/v2.0',
  blanks: [{ name: 'tenant', label: 'Tenant id', example: '8f4c1e2a-0b7d-4c55-9d3e-2f6a1b0c9e77' }],
  issuerPattern: /^https:\/\/(login\.microsoftonline\.(com|us)|sts\.windows\.net)\//,
  documentMarks: [/"authorization_endpoint":"[^"]+\/oauth2\/v2\.0\/authorize"/, /"msgraph_host":/],
  clientIdExample: '00001111-aaaa-2222-bbbb-3333cccc4444',
  scope: 'openid profile email offline_access',
  places: {
    redirect: {
      path: [
        'App registrations',
        '{client_id}',
        'Authentication',
        'Add a platform',
        'Single-page application',
      ],
      wants: 'redirect_uri',
      note: 'Not under Web: the platform decides whether a browser may redeem the code.',
      mark: 'D',
    },
    origin: {
      path: [
        'App registrations',
        '{client_id}',
        'Authentication',
        'Single-page application',
        'Redirect URIs',
      ],
      wants: 'redirect_uri',
      note: 'There is no list of origins. CORS is on for redirect addresses of this platform, and for no others.',
      mark: 'D',
    },
    logout: {
      path: [
        'App registrations',
        '{client_id}',
        'Authentication',
        'Single-page application',
        'Redirect URIs',
      ],
      wants: 'logout_uri',
      mark: 'U',
    },
    publicClient: {
      path: ['App registrations', '{client_id}', 'Authentication', 'Single-page application'],
      wants: 'redirect_uri',
      note: 'A secret is refused for this platform.',
      mark: 'D',
    },
    pkce: {
      path: ['App registrations', '{client_id}', 'Authentication', 'Single-page application'],
      note: 'PKCE belongs to this platform.',
      mark: 'D',
    },
    refresh: {
      path: ['App registrations', '{client_id}', 'API permissions', 'Microsoft Graph', 'offline_access'],
      mark: 'U',
    },
    rotation: null,
  },
  errors: [
    {
      code: 'AADSTS9002326',
      meaning: 'The redirect address is registered under Web, and a browser redeemed the code.',
      place: 'publicClient',
      mark: 'D',
    },
    {
      code: 'AADSTS9002327',
      meaning: 'The address is registered as a single-page application, and the request carried no Origin.',
      place: null,
      mark: 'D',
    },
    { code: 'AADSTS50011', meaning: 'The redirect address is not registered.', place: 'redirect', mark: 'T' },
    {
      code: 'AADSTS90094',
      meaning:
        'Only an administrator may consent. With offline_access this app asks for consent each time: prompt=select_account under Extra parameters asks no more.',
      place: null,
      mark: 'I',
    },
    { code: 'AADSTS7000218', meaning: 'A secret is asked for.', place: 'publicClient', mark: 'U' },
    { code: 'AADSTS700016', meaning: 'This tenant does not know the client id.', place: null, mark: 'U' },
  ],
  logout: {
    text: 'The standard parameters; the address has to be one of the redirect URIs (not verified).',
    parameters: ['post_logout_redirect_uri', 'id_token_hint'],
    mark: 'U',
  },
  refresh: {
    text: 'Yes, and every refresh token ends 24 hours after the sign-in. Renewing does not move that end.',
    offlineAccess: true,
    mark: 'D',
  },
  accessToken: {
    form: 'depends',
    text: 'Without a scope of your own API it is a token for Microsoft Graph. Only Graph can verify that.',
    mark: 'I',
  },
  gotchas: [
    {
      text: '/common and /organizations describe many tenants: their issuer is a pattern with {tenantid}.',
      mark: 'I',
    },
    { text: 'The userinfo endpoint is at graph.microsoft.com (not verified).', mark: 'U' },
  ],
  verified: '2026-11',
}
