/**
 * Finds the protocol values in a Step, and makes the copy that may be stored or exported. A secret text becomes
 * `redacted.<name>.<length>.<first 16 hex digits of its SHA-256>` in the same place, so equal values stay equal
 * to the eye. The challenge stays: it is the hash of the verifier and was public from the start.
 */
import type { Step, ValueName } from '../oauth/step.ts'
import { isRecord, parse } from './guard.ts'
import { step as stepGuard } from './step-guard.ts'

export interface Secret {
  readonly value: ValueName
  readonly text: string
}

export interface Redacted {
  readonly value: ValueName
  /** Characters of the text that was here. */
  readonly length: number
  /** Null when the hash could not be computed. */
  readonly fingerprint: string | null
}

/** What a text is; the last three have no thread: a personal text is too easy to guess to show its hash. */
type Kind = ValueName | 'personal' | 'secret' | 'proof'
type Change = (kind: Kind, text: string) => string

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
const placeholder = /^redacted\.([a-z_]+)\.(\d+)\.([0-9a-f]{16})?$/

function isValueName(name: unknown): name is ValueName {
  return typeof name === 'string' && Object.hasOwn(values, name)
}

/** Reads a placeholder back; null when `text` is none. */
export function parseRedacted(text: string): Redacted | null {
  const [, value, length, fingerprint] = placeholder.exec(text) ?? []
  return isValueName(value) ? { value, length: Number(length), fingerprint: fingerprint ?? null } : null
}

/** Every protocol value in `step`, in the order of the text, repetitions included. */
export function secretsIn(step: Step): Secret[] {
  const found: Secret[] = []
  walk(step, (kind, text) => {
    if (isValueName(kind) && text !== '') found.push({ value: kind, text })
    return text
  })
  return found
}

/**
 * A copy of `step` without secrets.
 * @param fingerprintOf first 16 hexadecimal digits of the SHA-256 of a text; null when unknown
 * @param nameOf recognises a secret that stands where no parameter name tells, for example in an error text
 */
export function redactStep(
  step: Step,
  fingerprintOf: (text: string) => string | null,
  nameOf: (text: string) => ValueName | null = () => null,
): Step {
  const hide: Change = (kind, text) => {
    if (text === '' || kind === 'code_challenge' || text.startsWith('redacted.')) return text
    const hash = isValueName(kind) ? `.${fingerprintOf(text) ?? ''}` : ''
    return `redacted.${kind}.${text.length}${hash}`
  }
  const own = new Map<string, ValueName>()
  for (const { value, text } of secretsIn(step)) own.set(text, value)
  const sweep = (text: string): string =>
    text.replace(/[\w.~+/%-]{8,}=*/g, found => {
      for (const piece of [found, decoded(found), found.replace(/[.~-]+$/, '')]) {
        const name = own.get(piece) ?? nameOf(piece)
        if (name !== null) return found.replace(piece === decoded(found) ? found : piece, hide(name, piece))
      }
      return found.replace(/eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, jwt => hide('secret', jwt))
    })
  return parse(stepGuard, walk(step, hide, sweep, personalIn(step)), 'step')
}

/** Copies `step`; `change` gets every protocol value, `sweep` every other text. */
function walk(
  step: Step,
  change: Change,
  sweep: (text: string) => string = text => text,
  personal: ReadonlySet<string> = new Set(),
): unknown {
  const names = isApi(step) ? tokens : atTheProvider
  return JSON.parse(JSON.stringify(step), function (this: unknown, key: string, value: unknown): unknown {
    if (typeof value !== 'string') return value
    const name = key.toLowerCase()
    const holder = isRecord(this) ? this : {}
    if (name === 'authorization') return sweep(inAuthorization(value, change))
    if (name === 'dpop') return change('proof', value)
    if (key === 'text' && isValueName(holder['value'])) return change(holder['value'], value)
    const field = fields.get(key)
    if (field !== undefined) return change(field, value)
    if (key === 'body') return sweep(inBody(value, names, change, personal))
    if (name === 'url' || name === 'location' || name === 'referer')
      return sweep(inQuery(value, names, change))
    if (personal.has(value) && (key === 'expected' || key === 'received')) return change('personal', value)
    return structure.has(key) ? value : sweep(value)
  })
}

function isApi(step: Step): boolean {
  const purpose = step.kind === 'held' && 'purpose' in step.message ? step.message.purpose : step.kind
  return /^(userinfo|profile|api)/.test(purpose)
}

function inAuthorization(header: string, change: Change): string {
  const [, scheme, gap, token] = /^(\S+)(\s+)(.+)$/.exec(header) ?? []
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
  if (!/^\s*["[{]/.test(body)) {
    if (personal.has(body)) return change('personal', body)
    return inQuery(`&${body}`, names, change).slice(1)
  }
  const read = body.includes('\\u') || personal.size > 0 ? json(body) : undefined
  const plain =
    read === undefined
      ? body
      : JSON.stringify(read, (_, leaf: unknown) =>
          personal.has(String(leaf)) && typeof leaf !== 'object' ? change('personal', String(leaf)) : leaf,
        )
  return plain.replace(
    /"(\w+)"(\s*:\s*)"((?:[^"\\]|\\.)*)"/g,
    (all, name: string, colon: string, raw: string) => {
      const kind = tokens.get(name)
      if (kind === undefined) return all
      const read = json(`"${raw}"`)
      const text = typeof read === 'string' ? read : raw
      const changed = change(kind, text)
      return changed === text ? all : `"${name}"${colon}"${changed}"`
    },
  )
}

/** What the answer of an API says about a person: every text and number in it. */
function personalIn(step: Step): Set<string> {
  const found = new Set<string>()
  const response =
    step.kind === 'userinfo_response' || step.kind === 'profile_response' || step.kind === 'api_response'
      ? step.response
      : step.kind === 'held' && step.message.type === 'response' && isApi(step)
        ? step.message.response
        : null
  if (response === null || response.status >= 400) return found
  const read = json(response.body)
  if (read === undefined && response.body !== '') found.add(response.body)
  else
    JSON.stringify(read, (_, leaf: unknown) => {
      if (typeof leaf === 'string' || typeof leaf === 'number') found.add(String(leaf))
      return leaf
    })
  return found
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
