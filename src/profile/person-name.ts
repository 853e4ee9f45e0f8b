type Claims = Readonly<Record<string, unknown>>

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value : null

/** Some providers give the name in two parts only. */
const joined = ({ given_name, family_name }: Claims): string =>
  [given_name, family_name].flatMap(part => textOf(part) ?? []).join(' ')

/** What to call the person: the name, whole or in its parts, else the user name, the e-mail address, the identifier. */
export function nameOf(claims: Claims | null): string {
  const { name, preferred_username, email, sub } = claims ?? {}
  return [name, joined(claims ?? {}), preferred_username, email, sub].map(textOf).find(Boolean) ?? 'You'
}
