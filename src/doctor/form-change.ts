/** How presets and one-press fixes change the form. */
import { readChoice, wireOfConfig } from '../choice/config-store.ts'
import { type AppPlace, type FormValues, formOfConfig, splitWords } from '../choice/form-values.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { anyIssuer } from '../presets/any-issuer.ts'
import { demo as demoPreset } from '../presets/demo.ts'
import type { Preset } from '../presets/preset.ts'
import { presetById } from '../presets/presets.ts'
import { parseUrl } from './address.ts'
import { presetLike } from './demo-config.ts'
import type { Change } from './finding.ts'

/** The addresses of the app are left aside: they belong to the app and not to the provider. */
export const isSame = (a: ClientConfig | null, b: ClientConfig | null) =>
  a !== null && b !== null && JSON.stringify(wireOfConfig(a)) === JSON.stringify(wireOfConfig(b))

/** The console that is quoted: what the person chose, unless they chose none and the issuer gives it away. */
export const consoleOf = (preset: Preset, config: ClientConfig | null, demo: ClientConfig | null) =>
  preset.id === 'any' && config ? presetLike(config, demo) : preset

/**
 * A preset that is in use already keeps its values; the demo is taken as it was started. An issuer that no other
 * provider's address gives away stays: most providers run on a domain of one's own.
 */
export function valuesOfPreset(
  preset: Preset,
  typed: FormValues,
  inUse: ClientConfig | null,
  demo: ClientConfig | null,
): FormValues {
  if (inUse && presetLike(inUse, demo).id === preset.id) return formOfConfig(inUse, preset)
  if (preset.id === 'demo' && demo) return formOfConfig(demo, preset)
  const isOwnDomain = [anyIssuer.id, preset.id].includes(presetLike(typed, demo).id)
  const takesAny = preset.id === anyIssuer.id || preset.blanks.length > 0
  if (isOwnDomain && typed.issuer !== '' && takesAny) return { ...typed, presetId: preset.id }
  return {
    ...emptyForm,
    presetId: preset.id,
    issuer: preset.blanks.length === 0 ? preset.issuerTemplate : '',
    clientId: preset.id === 'demo' ? preset.clientIdExample : '',
    scopes: splitWords(preset.scope),
  }
}

/** The demo is chosen as long as the issuer is the demo's; what else is typed there is another issuer. */
export function withFittingPreset(values: FormValues, demo: ClientConfig | null): FormValues {
  const isDemo = values.issuer === (demo?.issuer ?? demoPreset.issuerTemplate)
  if (values.presetId === demoPreset.id && !isDemo) return { ...values, presetId: anyIssuer.id }
  if (values.presetId === anyIssuer.id && isDemo) return { ...values, presetId: demoPreset.id }
  return values
}

/** A profile address of one provider is not left standing beside another: the token would go to the wrong server. */
export function withoutForeignProfile(values: FormValues, inUse: ClientConfig | null): FormValues {
  const foreign =
    inUse !== null &&
    values.profileUrl !== '' &&
    values.profileUrl === inUse.profileUrl &&
    parseUrl(values.issuer)?.origin !== parseUrl(inUse.issuer)?.origin
  return foreign ? { ...values, profileUrl: '' } : values
}

/** The app's place with the addresses that are in use. */
export function placeOfApp(place: AppPlace, inUse: ClientConfig | null): Required<AppPlace> {
  const home = place.origin + place.basePath
  return {
    ...place,
    redirectUri: inUse?.redirectUri ?? `${home}callback`,
    postLogoutRedirectUri: inUse?.postLogoutRedirectUri ?? home,
  }
}

/** The preset that was stored with the choice in use, else the one that the issuer looks like. */
export function presetInUse(
  config: ClientConfig,
  stored: boolean,
  place: AppPlace,
  demo: ClientConfig | null,
): Preset {
  const choice = stored ? readChoice(() => localStorage, place) : null
  return choice && isSame(choice.config, config) ? presetById(choice.presetId) : presetLike(config, demo)
}

/** What the form holds while no provider is configured at all. */
export const emptyForm: FormValues = {
  presetId: 'any',
  issuer: '',
  namedIssuer: '',
  clientId: '',
  scopes: splitWords(anyIssuer.scope),
  resource: '',
  audience: '',
  profileUrl: '',
  trustedAudiences: '',
  extra: '',
  dpop: false,
  par: 'auto',
  restore: 'frame',
  endSessionMethod: 'post',
}

/** What the button of a finding does. */
export function applyChange(values: FormValues, { field, value }: Change): FormValues {
  switch (field) {
    case 'issuer':
      return { ...values, issuer: value, namedIssuer: value }
    case 'add_scopes': {
      const scopes = splitWords([...values.scopes, value].join(' '))
      // Where everybody looks for it.
      return {
        ...values,
        scopes: [...scopes].sort((a, b) => Number(b === 'openid') - Number(a === 'openid')),
      }
    }
    case 'remove_scopes':
      return { ...values, scopes: values.scopes.filter(each => !splitWords(value).includes(each)) }
    case 'trusted_audiences':
      return { ...values, trustedAudiences: splitWords(`${values.trustedAudiences} ${value}`).join(' ') }
    case 'dpop':
      return { ...values, dpop: value === 'true' }
    case 'par':
      return { ...values, par: value === 'auto' ? 'auto' : value === 'true' ? 'on' : 'off' }
    case 'end_session_method':
      return { ...values, endSessionMethod: value === 'get' ? 'get' : 'post' }
    case 'restore':
      return { ...values, restore: value === 'redirect' ? 'redirect' : value === 'off' ? 'off' : 'frame' }
  }
}
