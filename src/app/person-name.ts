/** What to call the person: the name of the ID token, else the user name, the e-mail address, the identifier. */
export function nameOf(claims: Readonly<Record<string, unknown>> | null): string {
  for (const name of ['name', 'preferred_username', 'email', 'sub']) {
    const value = claims?.[name]
    if (typeof value === 'string' && value.trim() !== '') return value
  }
  return 'You'
}
