/** What may be asked for, and how the consent page says it. */

export interface ScopeInWords {
  readonly scope: string
  readonly title: string
  readonly detail: string
}

/** Scopes about the person, answered by the ID token and UserInfo (OIDC Core §5.4). */
export const identityScopes: readonly ScopeInWords[] = [
  {
    scope: 'openid',
    title: 'Know who you are',
    detail: 'A name that only this provider uses for you, always the same for this app.',
  },
  { scope: 'profile', title: 'See your name and picture', detail: 'Name, picture, language and time zone.' },
  { scope: 'email', title: 'See your e-mail address', detail: 'And whether it was confirmed.' },
  {
    scope: 'offline_access',
    title: 'Stay signed in when you are away',
    detail: 'The app may renew its access after you sign out here.',
  },
]

/** Scopes of the demo API, carried by access tokens made for it. */
export const apiScopes: readonly ScopeInWords[] = [
  {
    scope: 'read_profile',
    title: 'Read your profile at the demo API',
    detail: 'Only reading, nothing is changed.',
  },
  {
    scope: 'read_orders',
    title: 'Read your orders at the demo API',
    detail: 'What you ordered, when, and the price.',
  },
]

/** Claims that each identity scope opens, in the spelling of OIDC Core §5.4. */
export const claimsByScope = {
  openid: ['sub', 'auth_time', 'acr', 'amr'],
  profile: [
    'name',
    'given_name',
    'family_name',
    'preferred_username',
    'picture',
    'locale',
    'zoneinfo',
    'birthdate',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
}

/** True when one of the space-separated scopes belongs to the demo API. */
export function asksForApi(scope: string | undefined): boolean {
  const asked = new Set((scope ?? '').split(' '))
  return apiScopes.some(each => asked.has(each.scope))
}

/** The words for a scope; an unknown one speaks for itself. */
export function inWords(scope: string): ScopeInWords {
  const known = [...identityScopes, ...apiScopes].find(each => each.scope === scope)
  return known ?? { scope, title: scope, detail: 'This server has no words for this scope.' }
}
