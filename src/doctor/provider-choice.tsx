import type { ReactNode } from 'react'
import { DeadEnd } from '../choice/dead-end.tsx'
import type { AppPlace } from '../choice/form-values.ts'
import { PresetPicker } from '../choice/preset-picker.tsx'
import { ProviderForm } from '../choice/provider-form.tsx'
import { silentAddress } from '../presets/place.ts'
import { presetById } from '../presets/presets.ts'
import type { ProviderFormState } from './use-provider-form.tsx'

/** The choice and its form. */
export function ProviderChoice({
  form,
  place,
  actions,
}: {
  form: ProviderFormState
  place: Required<AppPlace>
  /** The buttons below the form, for a provider of this name. */
  actions: (name: string) => ReactNode
}) {
  const { values } = form
  const preset = presetById(values.presetId)
  return (
    <section aria-label="Choose a provider">
      <PresetPicker value={preset.id} onChange={form.choose} />
      <DeadEnd preset={preset} />
      {preset.suitability !== 'no' && (
        <ProviderForm
          preset={preset}
          values={values}
          problems={form.problems}
          registration={{
            clientId: values.clientId,
            redirectUri: place.redirectUri,
            silentUri: silentAddress(place.redirectUri),
            logoutUri: place.postLogoutRedirectUri,
            origin: place.origin,
          }}
          onChange={form.change}
          onSubmit={form.check}
          actions={actions(preset.id === 'any' ? 'this provider' : preset.name)}
        />
      )}
    </section>
  )
}
