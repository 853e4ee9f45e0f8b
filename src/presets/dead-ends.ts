/** Providers that people ask for and that refuse a browser-only client: what exactly, and what to do instead. */
import { anyIssuer } from './any-issuer.ts'
import type { DeadEnd, ErrorMeaning, Fact, Preset } from './preset.ts'

function deadEnd(
  own: Pick<Preset, 'id' | 'name' | 'issuerTemplate' | 'issuerPattern' | 'clientIdExample'> & {
    readonly suitability: 'no' | 'maybe'
    readonly scope?: string
    readonly errors?: readonly ErrorMeaning[]
    readonly gotchas?: readonly Fact[]
    readonly deadEnd: DeadEnd
  },
): Preset {
  return {
    ...anyIssuer,
    blanks: [],
    refresh: { text: 'Not for a client without a secret.', offlineAccess: false, mark: 'U' },
    logout: { text: 'No standard sign-out (not verified).', parameters: [], mark: 'U' },
    ...own,
  }
}

const broker =
  'Put a provider of your own in between (Keycloak, Auth0, ZITADEL and others do this). It keeps the secret, and this app signs in at it with PKCE.'
const backend = 'Or let a small server of yours redeem the code: a backend for frontend.'

export const google = deadEnd({
  id: 'google',
  name: 'Google',
  suitability: 'no',
  issuerTemplate: 'https://accounts.google.com',
  issuerPattern: /^https:\/\/accounts\.google\.com\/?$/,
  clientIdExample: '1234567890-abc.apps.googleusercontent.com',
  errors: [
    {
      code: 'client_secret is missing',
      meaning: 'Google asks its web clients for a secret even with PKCE. Nothing in your code is wrong.',
      place: null,
      mark: 'I',
    },
    {
      code: 'redirect_uri_mismatch',
      meaning: 'Shown on a page of Google: the redirect address is not on the list.',
      place: null,
      mark: 'U',
    },
  ],
  gotchas: [
    { text: 'A desktop client asks for a secret too.', mark: 'I' },
    {
      text: 'A web client’s secret in a page is public. If you try it anyway, use a project that you throw away.',
      mark: 'I',
    },
  ],
  deadEnd: {
    refusal:
      'Google’s token endpoint answers "client_secret is missing". It accepts PKCE and still wants a secret from web clients, and a page cannot keep one. The sign-in page and the code work; the exchange does not.',
    instead: [
      'For who the person is, use Google Identity Services, Google’s own way for pages. It hands over an ID token.',
      broker,
      backend,
    ],
    evidence:
      'Issues 812 of angular-oauth2-oidc, 91 of AppAuth-JS and 1008 of google_workspace_mcp; developers.google.com',
  },
})

export const github = deadEnd({
  id: 'github',
  name: 'GitHub',
  suitability: 'no',
  issuerTemplate: 'https://github.com',
  issuerPattern: /^https:\/\/github\.com(\/.*)?$/,
  clientIdExample: 'Iv1.8a61f9b3a7aba766',
  scope: 'read:user user:email',
  errors: [
    {
      code: 'bad_verification_code',
      meaning: 'The code is wrong or spent. GitHub says so with status 200.',
      place: null,
      mark: 'I',
    },
    {
      code: 'incorrect_client_credentials',
      meaning: 'The secret is missing or wrong. GitHub wants one even with PKCE.',
      place: null,
      mark: 'U',
    },
  ],
  gotchas: [
    { text: 'A type for single-page apps is on GitHub’s roadmap (item 1153).', mark: 'I' },
    { text: 'PKCE with S256 is accepted since July 2025.', mark: 'D' },
  ],
  deadEnd: {
    refusal:
      'GitHub’s token endpoint sends no CORS headers, so a page cannot read its answer, and it wants the client secret even with PKCE. It is no OpenID provider for people either: there is no ID token.',
    instead: [
      broker,
      backend,
      'The REST API itself can be read from a page once a server has got the token.',
    ],
    evidence: 'github.blog of 2025-07-14; issue 877 of foundation50/classroom50 (September 2026)',
  },
})

export const apple = deadEnd({
  id: 'apple',
  name: 'Apple',
  suitability: 'no',
  issuerTemplate: 'https://appleid.apple.com',
  issuerPattern: /^https:\/\/(appleid|account)\.apple\.com\/?$/,
  clientIdExample: 'com.example.web',
  deadEnd: {
    refusal:
      'Apple wants a client secret that is a JWT signed with your private key. Redirect addresses must be https on a real host name, never localhost, and with scopes the answer comes as a form POST that only a server can take (the last is not verified).',
    instead: [broker, backend],
    evidence: 'developer.apple.com: generate and validate tokens',
  },
})

export const linkedin = deadEnd({
  id: 'linkedin',
  name: 'LinkedIn',
  suitability: 'no',
  issuerTemplate: 'https://www.linkedin.com/oauth',
  issuerPattern: /^https:\/\/www\.linkedin\.com(\/.*)?$/,
  clientIdExample: '86abc1de2fghij',
  deadEnd: {
    refusal:
      'LinkedIn wants a client secret from web apps. PKCE without one is for native apps, is switched on by LinkedIn on request, and takes loopback addresses only. Whether its token endpoint can be read from a page is not verified.',
    instead: [broker, backend],
    evidence: 'learn.microsoft.com: LinkedIn, authorization code flow for native clients',
  },
})

export const facebook = deadEnd({
  id: 'facebook',
  name: 'Facebook',
  suitability: 'maybe',
  issuerTemplate: 'https://www.facebook.com',
  issuerPattern: /^https:\/\/(www|limited)\.facebook\.com\/?$/,
  clientIdExample: '1234567890123456',
  scope: 'openid public_profile email',
  gotchas: [{ text: 'There is no refresh token; there is a long-lived token instead.', mark: 'D' }],
  deadEnd: {
    refusal:
      'Facebook’s own samples exchange the code with a verifier and no secret. But its documents call this still in testing, the exchange is a GET, the discovery document is at an unusual place, and nobody here has seen it work from a page.',
    instead: [
      broker,
      'Or use Facebook Login for the web, Facebook’s own script.',
      'Or try it with a client id of yours: the issuer is filled in already. The doctor says what this browser may read, and a sign-in shows the rest.',
    ],
    evidence: 'developers.facebook.com, OIDC token (July 2023); issue 235 of pilcrowonpaper/arctic',
  },
})

export const deadEnds: readonly Preset[] = [google, github, apple, linkedin, facebook]
