/** Where protocol values stand in a Step: its fields, addresses, forms, JSON, headers. */
import type { Step, ValueName } from '../oauth/step.ts'
import { isRecord } from './guard.ts'
import { inJson } from './json-places.ts'

/** What a text is; the last three have no thread: a personal text is too easy to guess to show its hash. */
export type Kind = ValueName | 'personal' | 'secret' | 'proof'
export type Change = (kind: Kind, text: string) => string

const tokens = new Map<string, Kind>([
  ['access_token', 'access_token'],
  ['refresh_token', 'refresh_token'],
  ['id_token', 'id_token'],
  ['id_token_hint', 'id_token'],
  ['code_verifier', 'code_verifier'],
  ['client_secret', 'secret'],
  ['client_assertion', 'secret'],
  ['password', 'secret'],
  ['login_hint', 'personal'],
  ['logout_hint', 'personal'],
])
/** Names that mean a protocol value only at the provider; an API may use `code` or `state` for its own ends. */
const atTheProvider = new Map<string, Kind>([
  ...tokens,
  ['code', 'code'],
  ['state', 'state'],
  ['nonce', 'nonce'],
  ['code_challenge', 'code_challenge'],
])
const fields = new Map<string, Kind>([
  ['codeVerifier', 'code_verifier'],
  ['codeChallenge', 'code_challenge'],
  ['idToken', 'id_token'],
  ['state', 'state'],
  ['nonce', 'nonce'],
])
const values: Readonly<Record<ValueName, true>> = {
  code_verifier: true,
  code_challenge: true,
  state: true,
  nonce: true,
  code: true,
  access_token: true,
  refresh_token: true,
  id_token: true,
}
const structure = new Set(
  'kind flow flowType exchange during outcome requirement via method type purpose value status codeChallengeMethod code'.split(
    ' ',
  ),
)
/** Words of this app, and names of the parties: they tell nothing about a person. */
const impersonal = new Set(['clause', 'issuer', 'clientId', 'redirectUri', 'scope', 'alg', 'thumbprint'])

/** Hides what is known in a text of no known kind; a text that is `impersonal` has no person in it. */
export type Sweep = (text: string, impersonal: boolean) => string

export function isValueName(name: unknown): name is ValueName {
  return typeof name === 'string' && Object.hasOwn(values, name)
}

/** A JSON copy of `step`: `change` gets every protocol value, and every text in `personal`; `sweep` every other text. */
export function walk(
  step: Step,
  change: Change,
  sweep: Sweep = text => text,
  personal: ReadonlySet<string> = new Set(),
): unknown {
  const names = isApi(step) ? tokens : atTheProvider
  return JSON.parse(JSON.stringify(step), function (this: unknown, key: string, value: unknown): unknown {
    if (typeof value !== 'string') return value
    const name = key.toLowerCase()
    const holder = isRecord(this) ? this : {}
    if (name === 'authorization') return sweep(inAuthorization(value, change), false)
    if (name === 'dpop') return change('proof', value)
    if (key === 'text' && isValueName(holder['value'])) return change(holder['value'], value)
    const field = fields.get(key)
    if (field !== undefined) return change(field, value)
    if (key === 'body') {
      const body = inBody(value, names, change, personal)
      const isUnread = 'status' in holder && isTokenAnswer(step) && !isRecord(json(value))
      return isUnread ? change('secret', value) : sweep(body, false)
    }
    if (name === 'url' || name === 'location' || name === 'referer')
      return sweep(inQuery(value, names, change), false)
    if (personal.has(value) && (key === 'expected' || key === 'received')) return change('personal', value)
    if (structure.has(key)) return value
    return sweep(value, impersonal.has(key) || (key === 'name' && 'requirement' in holder))
  })
}

/** Told to or by an API, where a parameter may be called `code` for reasons of its own. */
export function isApi(step: Step): boolean {
  return /^(userinfo|profile|api)/.test(purposeOf(step))
}

/** What answers with tokens; when it cannot be read, they may stand anywhere in it. */
export function isTokenAnswer(step: Step): boolean {
  return (
    /^(token|refresh)(_response)?$/.test(purposeOf(step)) &&
    (step.kind !== 'held' || step.message.type === 'response')
  )
}

function purposeOf(step: Step): string {
  return step.kind === 'held' && 'purpose' in step.message ? step.message.purpose : step.kind
}

function inAuthorization(header: string, change: Change): string {
  const [, scheme, gap, token] = /^(\S+)(\s+)(.+)$/s.exec(header) ?? []
  if (scheme === undefined || token === undefined) return change('secret', header)
  return `${scheme}${gap}${change(/^(bearer|dpop)$/i.test(scheme) ? 'access_token' : 'secret', token)}`
}

function inQuery(url: string, names: ReadonlyMap<string, Kind>, change: Change): string {
  const hint = /[?&#]token_type_hint=access_token\b/.test(url)
  return url.replace(/([?&#])([^=&#?]*)=([^&#]*)/g, (all, mark: string, name: string, value: string) => {
    const plain = decoded(name)
    const kind =
      plain === 'token' && names === atTheProvider
        ? hint
          ? 'access_token'
          : 'refresh_token'
        : names.get(plain)
    if (kind === undefined) return all
    const text = decoded(value)
    const changed = change(kind, text)
    return changed === text ? all : `${mark}${name}=${changed}`
  })
}

function inBody(
  body: string,
  names: ReadonlyMap<string, Kind>,
  change: Change,
  personal: ReadonlySet<string>,
): string {
  if (personal.has(body)) return change('personal', body)
  if (!/^\s*["[{]/.test(body)) return inJson(inQuery(`&${body}`, names, change).slice(1), tokens, change)
  const read = body.includes('\\u') || personal.size > 0 ? json(body) : undefined
  const plain =
    read === undefined
      ? body
      : JSON.stringify(read, (_, leaf: unknown) =>
          typeof leaf !== 'object' && personal.has(String(leaf)) ? change('personal', String(leaf)) : leaf,
        )
  return inJson(plain, tokens, change)
}

/** Undefined when it is no JSON. */
export function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** As a query or form means it; the text itself when it cannot be decoded. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
