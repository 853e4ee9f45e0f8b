/** The person's claims side by side: what the ID token says, what the API or UserInfo says, and whether they agree. */
import { isObject } from '../oauth/check.ts'

export type ClaimSource = 'id_token' | 'profile' | 'userinfo'

export interface ClaimRow {
  readonly name: string
  readonly value: unknown
  readonly sources: readonly ClaimSource[]
  /** Both sources have the claim and say different things; then `other` is what the second one says. */
  readonly differs: boolean
  readonly other?: unknown
}

/** Claims of the protocol itself: they say something about the token, not about the person. */
const protocolClaims = new Set([
  'iss',
  'aud',
  'azp',
  'exp',
  'iat',
  'nbf',
  'jti',
  'nonce',
  'at_hash',
  'c_hash',
  's_hash',
  'sid',
  'amr',
])

const first = [
  'sub',
  'name',
  'email',
  'email_verified',
  'preferred_username',
  'given_name',
  'family_name',
  'picture',
  'locale',
]

type Claims = Readonly<Record<string, unknown>>

export function claimRows(
  idToken: Claims,
  profile: Claims | null,
  source: 'profile' | 'userinfo',
): ClaimRow[] {
  const names = [
    ...new Set([
      ...Object.keys(idToken).filter(name => !protocolClaims.has(name)),
      ...Object.keys(profile ?? {}),
    ]),
  ]
  const place = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length)
  return names
    .sort((one, other) => place(one) - place(other))
    .map(name => {
      const inToken = Object.hasOwn(idToken, name) && !protocolClaims.has(name)
      const inProfile = profile !== null && Object.hasOwn(profile, name)
      const differs = inToken && inProfile && ordered(idToken[name]) !== ordered(profile[name])
      return {
        name,
        value: inToken ? idToken[name] : profile?.[name],
        sources: [...(inToken ? (['id_token'] as const) : []), ...(inProfile ? [source] : [])],
        differs,
        ...(differs ? { other: profile[name] } : {}),
      }
    })
}

/** As JSON; the order in which the members of an object came says nothing. */
const ordered = (value: unknown) =>
  JSON.stringify(value, (_, each: unknown) =>
    isObject(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  )

/** A page of text at most: more of it would only make the page slow. */
const longest = 2000

/** A claim as a person reads it. Times are seconds since the epoch. */
export function claimText(name: string, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'number' && (name === 'auth_time' || name === 'updated_at')) {
    const at = new Date(value * 1000)
    if (!Number.isNaN(at.getTime())) return momentText(at)
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text
}

/** Date and time; the time stays in one piece, its `PM` too. */
function momentText(at: Date): string {
  return `${at.toLocaleDateString()}, ${at.toLocaleTimeString().replaceAll(/\s/g, '\u00a0')}`
}
