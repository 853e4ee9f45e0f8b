/** `/provider?failed=<code>`: the doctor opens with a failure. Anybody can make such a link. */
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'

/**
 * Only a code of the catalogue counts: any other text would stand in an alert of this app as if the app said it.
 * @returns null when none is named
 */
export async function namedFailure(search: string): Promise<OAuthErrorDetails | null> {
  const code = new URLSearchParams(search).get('failed')
  if (!code) return null
  const { knownCodes } = await import('./error-texts.ts')
  return knownCodes.includes(code) ? { code } : null
}
