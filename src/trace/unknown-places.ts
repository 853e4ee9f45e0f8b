/**
 * What others say under names that nobody knows may open an account or tell of a person: of token answers, callbacks,
 * headers and what APIs say, only what is listed here stays. The rest keeps its place and its length.
 */
import { isRecord } from './guard.ts'
import type { Change, Kind } from './secret-places.ts'

/** Members of a token answer that are no secret (RFC 6749 §5.1, RFC 8693 §2.2.1, OpenID Connect Session Management). */
const harmlessMembers = new Set('token_type scope issued_token_type session_state'.split(' '))
/** How long something lasts: a number, or its digits as some servers send them. */
const timeMember = /^((\w{1,30}_)?expires_(in|at|on)|not[-_]before(-policy)?|(created|issued)_at)$/
/** What says why there are no tokens (RFC 6749 §5.2). */
const errorMember = /^error(_\w{1,30})?$/

/**
 * The text of a token answer: what a provider gives with its tokens may be a secret too, like `device_secret`.
 * @param kinds what is hidden where its name is found, so here only where it is no text
 */
export function tokenAnswer(
  answer: Readonly<Record<string, unknown>>,
  kinds: ReadonlyMap<string, Kind>,
  change: Change,
): string {
  const refuses = typeof answer['error'] === 'string' && answer['error'] !== ''
  return JSON.stringify(answer, function (this: unknown, name: string, leaf: unknown): unknown {
    if (typeof leaf !== 'string' && typeof leaf !== 'number') return leaf
    const text = String(leaf)
    if (this === answer) {
      if (timeMember.test(name) && /^\d{1,13}$/.test(text)) return leaf
      if (typeof leaf === 'string' && harmlessMembers.has(name)) return leaf
      if (refuses && errorMember.test(name)) return leaf
    }
    const kind = kinds.get(name)
    if (typeof leaf === 'string') return kind === undefined ? change('secret', leaf) : leaf
    const changed = change(kind ?? 'secret', text)
    return changed === text ? leaf : changed
  })
}

/** A word of a program, or one with the space it is from (`https://app.example/roles`, `custom:team`): no number of anybody. */
const isWord = (name: string) =>
  /^([a-z_]\w{0,39}|(@|[a-z]{2,12}:)[a-z/][a-z_.:/-]{0,80})$/i.test(name) && !/(\d\D*){4}/.test(name)
/** Members that were called by texts of equal length are told apart by a number. */
const hiddenName = /^redacted\.personal\.\d{1,7}( \d{1,6})?$/

/** A copy of what an API says or is told in which nothing is called by what may name an account or a person. */
export function withoutOddNames(value: unknown, change: Change): unknown {
  if (Array.isArray(value)) return value.map(each => withoutOddNames(each, change))
  if (!isRecord(value)) return value
  const used = new Map<string, number>()
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const inside = withoutOddNames(member, change)
      if (isWord(name) || hiddenName.test(name)) return [name, inside]
      const put = change('personal', name)
      const uses = (used.get(put) ?? 0) + 1
      used.set(put, uses)
      return [uses === 1 ? put : `${put} ${uses}`, inside]
    }),
  )
}

const harmlessHeaders = new Set(
  'age allow cache-control content-encoding content-language content-length content-type date dpop-nonce expires last-modified pragma retry-after vary www-authenticate'.split(
    ' ',
  ),
)

/** A server that exposes a header of its own may give a token in it, or say who asked. */
export function withoutOddHeaders(
  headers: Readonly<Record<string, unknown>>,
  change: Change,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value !== 'string' || harmlessHeaders.has(name.toLowerCase()) ? value : change('secret', value),
    ]),
  )
}

/** What an authorization answer says in words (RFC 6749 §4.1.2.1, RFC 9207 §2). */
const harmlessParameters = new Set('error error_description error_uri iss scope session_state'.split(' '))

/** Whether a parameter of a callback, like `client_info` or `user_email`, stays as it is. */
export const isHarmlessParameter = (name: string): boolean => harmlessParameters.has(name)
