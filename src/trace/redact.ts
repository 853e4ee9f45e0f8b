/**
 * Finds the protocol values in a Step, and makes the copy that may be stored or exported. A secret text becomes
 * `redacted.<name>.<length>.<first 16 hex digits of its SHA-256>` in the same place, so equal values stay equal
 * to the eye. The challenge stays: it is the hash of the verifier and was public from the start.
 */
import type { HeldMessage, Step, ValueName } from '../oauth/step.ts'
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
const anyPlaceholder = /^redacted\.[a-z_]+\.\d+(\.[0-9a-f]{0,16})?$/
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
    if (text === '' || kind === 'code_challenge' || anyPlaceholder.test(text)) return text
    const hash = isValueName(kind) ? `.${fingerprintOf(text) ?? ''}` : ''
    return `redacted.${kind}.${text.length}${hash}`
  }
  const own = new Map<string, ValueName>()
  for (const { value, text } of secretsIn(step)) own.set(text, value)
  const known = (text: string) => own.get(text) ?? nameOf(text)
  const sweep = (text: string): string =>
    text.replace(/[\w.~+/%-]{8,}=*/g, found => {
      for (const whole of [found, decoded(found)]) {
        const name = known(whole)
        if (name !== null) return hide(name, whole)
      }
      return found.replace(/%[0-9a-f]{2}|[\w.~-]{8,}/gi, piece => {
        const text = piece.replace(/[.~-]+$/, '')
        const name = known(piece) ?? known(text)
        if (name !== null) return piece.replace(text, hide(name, text))
        return piece.replace(/eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, jwt => hide('secret', jwt))
      })
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

/** Told to or by an API, where a parameter may be called `code` for reasons of its own. */
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

/** What an API is told and says about a person: every text and number of the bodies. */
function personalIn(step: Step): Set<string> {
  const found = new Set<string>()
  if (step.kind === 'id_token_checked') {
    const claims = json(fromBase64url(step.idToken.split('.')[1] ?? ''))
    if (isRecord(claims) && typeof claims['sub'] === 'string') found.add(claims['sub'])
  }
  const body = personalBody(step.kind === 'held' ? step.message : step, isApi(step))
  if (body === null) return found
  const read = json(body)
  if (read === undefined) found.add(body)
  else
    JSON.stringify(read, (_, leaf: unknown) => {
      if (typeof leaf === 'string' || typeof leaf === 'number') found.add(String(leaf))
      return leaf
    })
  return found
}

/** A refusal says nothing about a person, but why. */
function personalBody(told: Step | HeldMessage, api: boolean): string | null {
  if (!api) return null
  if ('response' in told) return told.response.status < 400 ? told.response.body : null
  return 'request' in told ? told.request.body : null
}

function fromBase64url(text: string): string {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), sign =>
      sign.charCodeAt(0),
    )
    return new TextDecoder().decode(bytes)
  } catch {
    return ''
  }
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
