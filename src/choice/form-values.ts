/** What the provider form holds, and how a checked configuration is made of it. */
import {
  type ClientConfig,
  type EndSessionMethod,
  parseClientConfig,
  type RestoreMode,
} from '../oauth/client-config.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { Preset } from '../presets/preset.ts'
import { presetOfIssuer } from '../presets/presets.ts'
import { readIssuerInput } from './issuer-input.ts'
import { secretRefusal, secretShape } from './secret-shape.ts'

export interface FormValues {
  readonly presetId: string
  readonly issuer: string
  /** The issuer as a configuration or a document named it: not taken for an endpoint, whatever it looks like. */
  readonly namedIssuer: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly resource: string
  readonly audience: string
  readonly profileUrl: string
  /** Words with spaces between them. */
  readonly trustedAudiences: string
  /** Lines of `name=value`. */
  readonly extra: string
  readonly dpop: boolean
  readonly par: 'auto' | 'on' | 'off'
  readonly restore: RestoreMode
  readonly endSessionMethod: EndSessionMethod
}

/** What is wrong, by the field that it stands in; `form`: in none of them. */
export type Problems = Readonly<Partial<Record<keyof FormValues | 'form', string>>>

export interface FormResult {
  readonly config: ClientConfig | null
  readonly problems: Problems
}

/** Where the app runs; the addresses follow from it. */
export interface AppPlace {
  readonly origin: string
  /** With both slashes. */
  readonly basePath: string
  /** Set when `config.json` names another address than the usual one. */
  readonly redirectUri?: string
  readonly postLogoutRedirectUri?: string
}

/** Members of `config.json` for addresses that are not the usual ones of this place. */
export function unusualAddresses(
  config: Pick<ClientConfig, 'redirectUri' | 'postLogoutRedirectUri'>,
  place: AppPlace,
) {
  const home = place.origin + place.basePath
  return {
    ...(config.redirectUri === `${home}callback` ? {} : { redirect_uri: config.redirectUri }),
    ...(config.postLogoutRedirectUri === home
      ? {}
      : { post_logout_redirect_uri: config.postLogoutRedirectUri }),
  }
}

/** Each once, in order. */
export const splitWords = (text: string): string[] => [...new Set(text.split(/\s+/).filter(Boolean))]

export function formOfConfig(
  config: ClientConfig,
  preset: Preset = presetOfIssuer(config.issuer),
): FormValues {
  return {
    presetId: preset.id,
    issuer: config.issuer,
    namedIssuer: config.issuer,
    clientId: config.clientId,
    scopes: splitWords(config.scope),
    resource: config.resource ?? '',
    audience: config.audience ?? '',
    profileUrl: config.profileUrl ?? '',
    trustedAudiences: config.trustedAudiences.join(' '),
    extra: Object.entries(config.extraAuthorizationParams)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n'),
    dpop: config.dpop,
    par: config.par === 'auto' ? 'auto' : config.par ? 'on' : 'off',
    restore: config.restore,
    endSessionMethod: config.endSessionMethod,
  }
}

/** What the issuer field is understood as. */
export const readIssuer = ({ issuer, namedIssuer }: Pick<FormValues, 'issuer' | 'namedIssuer'>) =>
  readIssuerInput(issuer, issuer !== namedIssuer)

/** The members of `config.json` that the form stands for; the addresses are left to their defaults. */
export function wireOfForm(values: FormValues): Record<string, unknown> {
  const read = readIssuer(values)
  const some = (name: string, value: string) => (value.trim() === '' ? {} : { [name]: value.trim() })
  const extra = parseExtra(values.extra)
  const trusted = splitWords(values.trustedAudiences)
  return {
    issuer: read.kind === 'issuer' ? read.issuer : values.issuer,
    client_id: values.clientId.trim(),
    scope: values.scopes.join(' ') || 'openid',
    ...some('resource', values.resource),
    ...some('audience', values.audience),
    ...some('profile_url', values.profileUrl),
    ...(trusted.length > 0 ? { trusted_audiences: trusted } : {}),
    ...(extra && Object.keys(extra).length > 0 ? { extra_authorization_params: extra } : {}),
    dpop: values.dpop,
    par: values.par === 'auto' ? 'auto' : values.par === 'on',
    restore: values.restore,
    end_session_method: values.endSessionMethod,
  }
}

/** Judges every field; `problems` is worded for the person and empty when `config` is there. */
export function configOfForm(values: FormValues, place: AppPlace): FormResult {
  const problems: Partial<Record<keyof Problems, string>> = {}
  const read = readIssuer(values)
  if (read.kind === 'empty') problems.issuer = 'Type the issuer, or paste any address of the provider.'
  if (read.kind === 'refused') problems.issuer = read.reason
  const clientId = values.clientId.trim()
  const secret = secretShape(clientId)
  if (!clientId) problems.clientId = 'Type the client id that the provider gave you.'
  // RFC 6749 §A.1 knows no other.
  else if (/[^\S ]/.test(clientId)) problems.clientId = 'Only plain spaces may stand in a client id.'
  else if (secret?.sure) problems.clientId = secretRefusal(secret)
  for (const name of ['resource', 'audience', 'extra', 'profileUrl', 'trustedAudiences'] as const) {
    const shape = secretShape(values[name])
    if (shape?.sure) problems[name] = secretRefusal(shape)
  }
  if (parseExtra(values.extra) === null) problems.extra = 'One parameter a line, written name=value.'
  if (Object.keys(problems).length > 0) return { config: null, problems }
  try {
    const addresses = {
      ...(place.redirectUri === undefined ? {} : { redirect_uri: place.redirectUri }),
      ...(place.postLogoutRedirectUri === undefined
        ? {}
        : { post_logout_redirect_uri: place.postLogoutRedirectUri }),
    }
    return {
      config: parseClientConfig({ ...wireOfForm(values), ...addresses }, place.origin, place.basePath),
      problems,
    }
  } catch (error) {
    const expected = error instanceof OAuthError ? (error.details.expected ?? '') : ''
    const field = fieldOf(expected)
    return { config: null, problems: { [field ?? 'form']: sentence(expected, field) } }
  }
}

/** A hint that does not stop anybody: the client id has the shape of a secret. */
export function clientIdDoubt(clientId: string): string | null {
  const shape = secretShape(clientId)
  return shape && !shape.sure ? secretRefusal(shape) : null
}

/** Lines of `name=value`; null when a line is none. */
export function parseExtra(text: string): Record<string, string> | null {
  const extra: Record<string, string> = {}
  for (const line of text
    .split('\n')
    .map(each => each.trim())
    .filter(Boolean)) {
    const at = line.indexOf('=')
    const name = line.slice(0, at).trim()
    const value = line.slice(at + 1).trim()
    if (at < 1 || /\s/.test(name)) return null
    extra[name] = value
  }
  return extra
}

const wireNames: readonly (readonly [string, keyof FormValues])[] = [
  ['client_id', 'clientId'],
  ['resource', 'resource'],
  ['profile_url', 'profileUrl'],
  ['audience', 'audience'],
  ['issuer', 'issuer'],
  ['extra_authorization_params', 'extra'],
]

const fieldOf = (expected: string) => wireNames.find(([name]) => expected.startsWith(`${name}:`))?.[1]

/** Beside a field its name would be said twice. */
const sentence = (expected: string, field: string | undefined) =>
  `Expected ${field === undefined ? expected : expected.replace(/^\w+: /, '')}.`
