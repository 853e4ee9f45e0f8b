/** Keeps the chosen provider in `localStorage`: configuration only, never a secret or a token. */
import { isObject, textOf } from '../oauth/check.ts'
import { type ClientConfig, parseClientConfig } from '../oauth/client-config.ts'
import { presetById, presetOfIssuer } from '../presets/presets.ts'
import { type AppPlace, splitWords, unusualAddresses } from './form-values.ts'

export const storedKey = 'pkce-lens.provider'

/** The part of `Storage` that is used; to open it throws where site data is blocked. */
export type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export interface StoredChoice {
  readonly config: ClientConfig
  readonly presetId: string
}

/** Writes a configuration with the names of `config.json`; the addresses are left out, they belong to the app. */
export function wireOfConfig(config: ClientConfig): Record<string, unknown> {
  const {
    resource,
    audience,
    profileUrl,
    trustedAudiences: trusted,
    extraAuthorizationParams: extra,
  } = config
  return {
    issuer: config.issuer,
    client_id: config.clientId,
    scope: splitWords(config.scope).join(' '),
    ...(resource === null ? {} : { resource }),
    ...(audience === null ? {} : { audience }),
    ...(profileUrl === null ? {} : { profile_url: profileUrl }),
    ...(trusted.length === 0 ? {} : { trusted_audiences: [...trusted] }),
    ...(Object.keys(extra).length === 0 ? {} : { extra_authorization_params: { ...extra } }),
    dpop: config.dpop,
    par: config.par,
    restore: config.restore,
    end_session_method: config.endSessionMethod,
  }
}

/**
 * Usual addresses are left out, so that an app that moved does not carry the old ones.
 * @returns false when the browser refused to store
 */
export function storeChoice(store: () => TextStore, choice: StoredChoice, place: AppPlace): boolean {
  try {
    store().setItem(
      storedKey,
      JSON.stringify({
        ...wireOfConfig(choice.config),
        ...unusualAddresses(choice.config, place),
        preset: choice.presetId,
      }),
    )
    return true
  } catch {
    return false
  }
}

/** What was chosen here before; null when nothing was, or when what is there is not a configuration. */
export function readChoice(store: () => TextStore, place: AppPlace): StoredChoice | null {
  try {
    const stored: unknown = JSON.parse(store().getItem(storedKey) ?? 'null')
    if (!isObject(stored)) return null
    const config = parseClientConfig(stored, place.origin, place.basePath)
    const named = textOf(stored['preset'])
    const preset = named === undefined ? presetOfIssuer(config.issuer) : presetById(named)
    return { config, presetId: preset.id }
  } catch {
    return null
  }
}

/** Back to `config.json`. */
export function forgetChoice(store: () => TextStore): void {
  try {
    store().removeItem(storedKey)
  } catch {
    // A browser that refuses storage has nothing to forget.
  }
}
