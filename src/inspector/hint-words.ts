/** The facts that an error carries beside its code, in sentences. */
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'

const sentences: readonly (readonly [RegExp, string])[] = [
  [/^seconds_away:(\d+)$/, 'The tab was away for $1 s.'],
  [/^clock_skew:unknown$/, 'The token does not say when it was issued.'],
  [/^clock_skew:-(\d+)$/, 'By the clock of this device the token is issued in $1 s.'],
  [/^clock_skew:(\d+)$/, 'By the clock of this device the token was issued $1 s ago.'],
  [/^cors_blocked$/, 'The server can be reached; its answer does not allow this page to read it.'],
  [
    /^cors_header_not_exposed$/,
    'No WWW-Authenticate header could be read: none was sent, or pages may not see it.',
  ],
  [/^acr_values:(.+)$/, 'It asks for a sign-in with acr $1.'],
  [/^max_age:(\d+)$/, 'It asks for a sign-in that is at most $1 s old.'],
  [/^refresh_rejected$/, 'The provider refused the refresh token.'],
]

/** @returns a sentence; a hint that is a code of the catalogue stays as it is */
export function hintInWords(hint: string): string {
  const found = sentences.find(([pattern]) => pattern.test(hint))
  return found ? hint.replace(...found) : hint
}

/** `The server agreed: 200` is a check and what it wanted: `the server agreed (200)`, to go on in a sentence. */
export function expectationOf(expected: string): string {
  const [, name, wanted] = /^([^:]+): (.+)$/s.exec(expected) ?? []
  if (name === undefined || wanted === undefined) return expected
  return `${name.replace(/^The /, 'the ')} (${wanted})`
}

/** The server's own words, without its error code once more; null when nothing is left. */
export function descriptionOf({
  protocolError = '',
  protocolDescription = '',
}: Pick<OAuthErrorDetails, 'protocolError' | 'protocolDescription'>): string | null {
  const repeated = [`: ${protocolError}`, ` (${protocolError})`].find(end =>
    protocolDescription.endsWith(end),
  )
  const words = repeated ? protocolDescription.slice(0, -repeated.length) : protocolDescription
  return words === '' || words === protocolError ? null : words
}
