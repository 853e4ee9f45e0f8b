/** A link that carries a configuration: written without anything secret, read with distrust. */
import { type ClientConfig, parseClientConfig } from '../oauth/client-config.ts'
import { asOAuthError } from '../oauth/oauth-error.ts'
import { wireOfConfig } from './config-store.ts'
import { foreignSigns } from './foreign-signs.ts'
import { type AppPlace, splitWords } from './form-values.ts'
import { readIssuerInput } from './issuer-input.ts'
import { secretShape } from './secret-shape.ts'

/** Names that a link may carry: those of `config.json` without the addresses, which follow the app. */
const texts = [
  'issuer',
  'client_id',
  'scope',
  'resource',
  'audience',
  'profile_url',
  'restore',
  'end_session_method',
] as const
const extraPrefix = 'param.'
/** Whoever wrote the link chose the names, and they are shown: nothing that reads as words of this page. */
const plainName = /^[\w.:[\]-]+$/
/** What a link need not say. */
const usual: Readonly<Record<string, unknown>> = {
  dpop: false,
  par: 'auto',
  restore: 'frame',
  end_session_method: 'post',
}

export interface Ignored {
  readonly name: string
  readonly reason: 'secret' | 'unknown' | 'twice' | 'invalid'
}

export interface SharedChoice {
  /** Null when the link names no usable provider. */
  readonly config: ClientConfig | null
  readonly ignored: readonly Ignored[]
  /** Why there is no configuration, with the code of the catalogue. */
  readonly problem: { readonly code: string; readonly text: string } | null
}

/**
 * @param page address of the provider page, without query
 * @returns the link; secrets cannot be in it, because a configuration has none
 */
export function shareLink(page: string, config: ClientConfig): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(wireOfConfig(config))) {
    if (name === 'extra_authorization_params' || usual[name] === value) continue
    query.set(name, Array.isArray(value) ? value.join(' ') : String(value))
  }
  for (const [name, value] of Object.entries(config.extraAuthorizationParams))
    query.set(extraPrefix + name, value)
  return `${page}?${query}`
}

/** Reads the query of `/provider`; null when it carries nothing of the kind. */
export function readShareLink(search: string, place: AppPlace): SharedChoice | null {
  const query = new URLSearchParams(search)
  if (!query.has('issuer') && !query.has('client_id')) return null
  const ignored: Ignored[] = []
  const ignore = (name: string, reason: Ignored['reason']) =>
    ignored.push({ name: plainName.test(name) ? name : 'a strange name', reason })
  const wire: Record<string, unknown> = {}
  const extra: Record<string, string> = {}
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name)
    const value = values[0] ?? ''
    if (/secret|password|assertion|token|^code$|verifier/i.test(name) || secretShape(value)?.sure)
      ignore(name, 'secret')
    else if (!plainName.test(name)) ignore(name, 'unknown')
    else if (values.length > 1) ignore(name, 'twice')
    // The issuer says by itself what is wrong with it.
    else if (name !== 'issuer' && !(name.startsWith(extraPrefix) ? isPlainText(value) : isOneLine(value)))
      ignore(name, 'invalid')
    else if (texts.some(each => each === name)) wire[name] = value
    else if (name === 'trusted_audiences') wire[name] = splitWords(value)
    else if (name === 'dpop') wire['dpop'] = value === 'true'
    else if (name === 'par') wire['par'] = value === 'true' ? true : value === 'false' ? false : value
    else if (name.startsWith(extraPrefix) && name.length > extraPrefix.length)
      extra[name.slice(extraPrefix.length)] = value
    else ignore(name, 'unknown')
  }
  if (Object.keys(extra).length > 0) wire['extra_authorization_params'] = extra
  const issuer = readIssuerInput(String(wire['issuer'] ?? ''), false)
  if (issuer.kind === 'refused')
    return { config: null, ignored, problem: { code: issuer.code, text: issuer.reason } }
  if (issuer.kind === 'issuer') wire['issuer'] = issuer.issuer
  try {
    return { config: parseClientConfig(wire, place.origin, place.basePath), ignored, problem: null }
  } catch (error) {
    const { code, details } = asOAuthError(error)
    return {
      config: null,
      ignored,
      problem: { code, text: `Expected ${details.expected ?? 'a configuration'}.` },
    }
  }
}

/** Other signs can hide or turn around what is shown, and a form of lines would take a second line for more of them. */
const isOneLine = (value: string) => foreignSigns(value).length === 0 && !/[^\S ]/.test(value)

/**
 * A parameter may be a name of a person or a place, in letters of any script. Control signs, line breaks, signs that
 * turn text around and signs that nobody sees stay out.
 */
const isPlainText = (value: string) =>
  !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(value)

/** What was left out of a link, in a sentence; null when nothing was. */
export function ignoredSentence(ignored: readonly Ignored[]): string | null {
  if (ignored.length === 0) return null
  const secrets = ignored.filter(each => each.reason === 'secret').map(each => each.name)
  const foreign = ignored.filter(each => each.reason === 'invalid').map(each => each.name)
  const others = ignored
    .filter(each => each.reason === 'unknown' || each.reason === 'twice')
    .map(each => each.name)
  return [
    secrets.length > 0 && `Left out because a page must not take secrets: ${secrets.join(', ')}.`,
    foreign.length > 0 && `Left out because of signs that do not belong there: ${foreign.join(', ')}.`,
    others.length > 0 && `Not understood and left out: ${others.join(', ')}.`,
  ]
    .filter(Boolean)
    .join(' ')
}
