/** Recognises a pasted secret by its shape, so that it is refused before it is kept or sent anywhere. */

export interface SecretShape {
  /** False: it might also be an id with an odd shape, so the person is asked to look again. */
  readonly sure: boolean
  readonly looksLike: string
}

const shapes: readonly (readonly [RegExp, string])[] = [
  [/^GOCSPX-/, 'a Google client secret'],
  [/^gloas-/, 'a GitLab application secret'],
  [/^gh[opsu]_\w{20}/, 'a GitHub token'],
  [/^[\w~.-]{3}8Q~[\w~.-]{30,36}$/, 'an Entra client secret'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/^eyJ[\w-]+\.[\w-]+\.[\w-]*$/, 'a token'],
  [
    /(^|[?&\s"'{,])(client_?secret|client_assertion|password|secret)["']?\s*[=:]/i,
    'a line with a secret in it',
  ],
]

/**
 * @returns null when nothing about the text looks secret. Hexadecimal ids and UUIDs of any length are ids:
 *   GitLab and Entra use them so.
 */
export function secretShape(text: string): SecretShape | null {
  const trimmed = text.trim()
  for (const [shape, looksLike] of shapes) if (shape.test(trimmed)) return { sure: true, looksLike }
  const dense =
    /^[\w~.+/=-]{40,}$/.test(trimmed) && !/^[0-9a-f-]+$/i.test(trimmed) && !trimmed.includes('.apps.')
  const mixed = /[a-z]/.test(trimmed) && /[A-Z]/.test(trimmed) && /\d/.test(trimmed)
  return dense && mixed ? { sure: false, looksLike: 'a client secret' } : null
}

/** Why a secret is refused, in words for the page. */
export function secretRefusal(shape: SecretShape): string {
  return shape.sure
    ? `This is ${shape.looksLike}. Everybody who opens the page could read it, so this app takes none. Use a public client, and treat this value as leaked if it was real.`
    : `This looks like ${shape.looksLike}. A client id is shorter as a rule. If it is a secret, take it out: a page cannot keep one.`
}
