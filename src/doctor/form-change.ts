/** How presets and one-press fixes change the form. */
import { wireOfConfig } from '../choice/config-store.ts'
import { type FormValues, formOfConfig, splitScope } from '../choice/form-values.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Preset } from '../presets/preset.ts'
import { presetOfIssuer } from '../presets/presets.ts'
import type { Change } from './finding.ts'

/** The addresses of the app are left aside: they follow from where it runs. */
export const isSame = (a: ClientConfig, b: ClientConfig) =>
  JSON.stringify(wireOfConfig(a)) === JSON.stringify(wireOfConfig(b))

/** The console that is quoted: what the person chose, unless they chose none and the issuer gives it away. */
export const consoleOf = (preset: Preset, config: ClientConfig) =>
  preset.id === 'any' ? presetOfIssuer(config.issuer) : preset

/** A preset that is in use already keeps its values. */
export function valuesOfPreset(preset: Preset, inUse: ClientConfig): Partial<FormValues> {
  if (presetOfIssuer(inUse.issuer).id === preset.id) return formOfConfig(inUse, preset)
  return {
    presetId: preset.id,
    issuer: preset.blanks.length === 0 ? preset.issuerTemplate : '',
    clientId: preset.id === 'demo' ? preset.clientIdExample : '',
    scopes: splitScope(preset.scope),
  }
}

/** What the button of a finding does. */
export function applyChange(values: FormValues, { field, value }: Change): FormValues {
  switch (field) {
    case 'issuer':
      return { ...values, issuer: value }
    case 'scope':
      return { ...values, scopes: splitScope(value) }
    case 'dpop':
      return { ...values, dpop: value === 'true' }
    case 'par':
      return { ...values, par: value === 'auto' ? 'auto' : value === 'true' ? 'on' : 'off' }
    case 'restore':
      return { ...values, restore: value === 'redirect' ? 'redirect' : value === 'off' ? 'off' : 'frame' }
  }
}
