import type { SessionState } from '../session/store.ts'

type Claims = Readonly<Record<string, unknown>>

/** What is known of the person: the verified ID token, completed by the API. A text gives way to a text only. */
export const claimsOf = ({ claims, profile }: Pick<SessionState, 'claims' | 'profile'>): Claims => ({
  ...claims,
  ...Object.fromEntries(
    Object.entries(profile.claims ?? {}).filter(
      ([name, value]) => textOf(value) !== null || textOf(claims?.[name]) === null,
    ),
  ),
})

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value : null

/** Some providers give the name in two parts only. */
const joined = ({ given_name, family_name }: Claims): string =>
  [given_name, family_name].flatMap(part => textOf(part) ?? []).join(' ')

/** What to call the person: the name, whole or in its parts, else the user name, the e-mail address, the identifier. */
export function nameOf(claims: Claims): string {
  const { name, preferred_username, email, sub } = claims
  return [name, joined(claims), preferred_username, email, sub].map(textOf).find(Boolean) ?? 'You'
}
