/** Where protocol values stand in a Step: its fields, addresses, forms, JSON, headers. */
import type { Step, ValueName } from '../oauth/step.ts'
import { isRecord } from './guard.ts'
import { inJson } from './json-places.ts'
import { isHarmlessParameter, tokenAnswer, withoutOddHeaders, withoutOddNames } from './unknown-places.ts'

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
  ['assertion', 'secret'],
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
export const valueNames: Readonly<Record<ValueName, true>> = {
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
  return typeof name === 'string' && Object.hasOwn(valueNames, name)
}

interface Hiding {
  readonly sweep: Sweep
  /** Texts that tell of a person, wherever they stand as a whole. */
  readonly personal: ReadonlySet<string>
}

/**
 * A JSON copy of `step`: `change` gets every protocol value. With `hiding` also every personal text and what stands
 * under names that nobody knows; `sweep` gets every other text.
 */
export function walk(step: Step, change: Change, hiding: Hiding | null = null): unknown {
  const { sweep, personal } = hiding ?? reading
  const ofApi = isApi(step)
  const ofTokens = isTokenAnswer(step)
  const names = ofApi ? tokens : atTheProvider
  return JSON.parse(JSON.stringify(step), function (this: unknown, key: string, value: unknown): unknown {
    const holder = isRecord(this) ? this : {}
    const inAnswer = 'status' in holder
    if (key === 'headers' && inAnswer && (ofApi || ofTokens) && isRecord(value))
      return withoutOddHeaders(value, change)
    if (typeof value !== 'string') return value
    const name = key.toLowerCase()
    if (name === 'authorization') return sweep(inAuthorization(value, change), false)
    if (name === 'dpop') return change('proof', value)
    if (key === 'text' && isValueName(holder['value'])) return change(holder['value'], value)
    const field = fields.get(key)
    if (field !== undefined) return change(field, value)
    if (key === 'body') {
      if (!(inAnswer && ofTokens))
        return sweep(inBody(value, names, change, personal, ofApi && hiding !== null), false)
      const answer = json(value)
      if (!isRecord(answer)) {
        // What can be found in it is hidden elsewhere too.
        inBody(value, names, change, personal)
        return change('secret', value)
      }
      return sweep(inBody(tokenAnswer(answer, tokens, change), names, change, personal), false)
    }
    if (name === 'url' || name === 'location' || name === 'referer') {
      const swept = sweep(inQuery(value, kindIn(value, names), change), false)
      // Last, so that a value which is known keeps its own name.
      return isCallback(step) ? inQuery(swept, unknownParameter, change) : swept
    }
    if (personal.has(value) && (key === 'expected' || key === 'received')) return change('personal', value)
    if (structure.has(key)) return value
    return sweep(value, impersonal.has(key) || (key === 'name' && 'requirement' in holder))
  })
}

const reading: Hiding = { sweep: text => text, personal: new Set() }

const isCallback = (step: Step) =>
  step.kind === 'authorization_response' || (step.kind === 'held' && step.message.type === 'callback')

const unknownParameter = (name: string): Kind | undefined =>
  isHarmlessParameter(name) ? undefined : 'secret'

/** What stands under a name; null: nothing that is known by its name. */
export const kindOfName = (name: string, whose: 'provider' | 'api' = 'provider'): Kind | null =>
  (whose === 'api' ? tokens : atTheProvider).get(name) ?? null

export const isApi = (step: Step): boolean => isOfApi(purposeOf(step))

/** Told to or by an API, where a parameter may be called `code` for reasons of its own; by kind or by purpose. */
export const isOfApi = (what: string): boolean => /^(userinfo|profile|api)(_|$)/.test(what)

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

/** What the parameters of an address or a form mean. */
function kindIn(url: string, names: ReadonlyMap<string, Kind>): (name: string) => Kind | undefined {
  if (names !== atTheProvider) return name => names.get(name)
  const token = /[?&#]token_type_hint=access_token\b/.test(url) ? 'access_token' : 'refresh_token'
  return name => (name === 'token' ? token : names.get(name))
}

function inQuery(url: string, kindOf: (name: string) => Kind | undefined, change: Change): string {
  return url.replace(/([?&#])([^=&#?]*)=([^&#]*)/g, (all, mark: string, name: string, value: string) => {
    const kind = kindOf(decoded(name))
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
  hasOddNames = false,
): string {
  if (personal.has(body)) return change('personal', body)
  if (!/^\s*["[{]/.test(body)) {
    const form = `&${body}`
    return inJson(inQuery(form, kindIn(form, names), change).slice(1), tokens, change)
  }
  const read = hasOddNames || body.includes('\\u') || personal.size > 0 ? json(body) : undefined
  const plain =
    read === undefined
      ? body
      : JSON.stringify(hasOddNames ? withoutOddNames(read, change) : read, (_, leaf: unknown) =>
          typeof leaf !== 'object' && personal.has(String(leaf)) ? change('personal', String(leaf)) : leaf,
        )
  return inJson(plain, tokens, change)
}

/** Undefined when it is no JSON, or nested so deep that nothing walks through it. */
export function json(text: string): unknown {
  if (/[[{]/.test(text) && nesting(text) > deepest) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const deepest = 500

function nesting(text: string): number {
  let depth = 0
  let most = 0
  for (const [sign] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}]/gs)) {
    if (sign === '[' || sign === '{') most = Math.max(most, ++depth)
    else if (sign === ']' || sign === '}') depth--
  }
  return most
}

/** As a query or form means it; the text itself when it cannot be decoded. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
