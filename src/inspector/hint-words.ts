/** The facts that an error carries beside its code, in sentences. */
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
