import { useEffect, useState } from 'react'
import { DeadEnd } from '../choice/dead-end.tsx'
import { type AppPlace, configOfForm, type FormValues } from '../choice/form-values.ts'
import { PresetPicker } from '../choice/preset-picker.tsx'
import { ProviderForm } from '../choice/provider-form.tsx'
import type { ClientConfig } from '../oauth/client-config.ts'
import { silentAddress } from '../presets/place.ts'
import { presetById } from '../presets/presets.ts'
import { isSame, valuesOfPreset, withFittingPreset, withoutForeignProfile } from './form-change.ts'
import { ProviderActions } from './provider-actions.tsx'

/** The choice and its form. What is typed stays in here until it is checked, so that the findings hold still. */
export function ProviderChoice({
  initial,
  inUse,
  demo,
  examined,
  place,
  pageUrl,
  stored,
  running,
  stops,
  refused,
  onCheck,
  onChanged,
  onUse,
  onForget,
  onSignIn,
}: {
  initial: FormValues
  inUse: ClientConfig | null
  demo: ClientConfig | null
  examined: ClientConfig | null
  place: Required<AppPlace>
  pageUrl: string
  stored: boolean
  running: boolean
  /** A finding stands in the way of a sign-in. */
  stops: boolean
  /** The browser did not keep the choice. */
  refused: boolean
  onCheck: (config: ClientConfig, presetId: string) => void
  /** Whether the form holds something else than what was examined. */
  onChanged: (changed: boolean) => void
  onUse: (config: ClientConfig, presetId: string) => void
  onForget: () => void
  onSignIn: () => void
}) {
  const [values, setValues] = useState(initial)
  const [sent, setSent] = useState(false)
  const preset = presetById(values.presetId)
  const form = configOfForm(values, place)
  const changed = !isSame(form.config, examined)

  useEffect(() => onChanged(changed), [changed, onChanged])

  const check = () => {
    setSent(true)
    const own = withoutForeignProfile(values, inUse)
    const { config } = configOfForm(own, place)
    if (!config) return
    const fitting = withFittingPreset({ ...own, issuer: config.issuer, namedIssuer: config.issuer }, demo)
    setValues(fitting)
    onCheck(config, fitting.presetId)
  }

  return (
    <section aria-label="Choose a provider">
      <PresetPicker
        value={preset.id}
        onChange={chosen => {
          setSent(false)
          setValues(valuesOfPreset(chosen, values, inUse, demo))
        }}
      />
      <DeadEnd preset={preset} />
      {preset.suitability !== 'no' && (
        <ProviderForm
          preset={preset}
          values={values}
          problems={sent ? form.problems : {}}
          registration={{
            clientId: values.clientId,
            redirectUri: place.redirectUri,
            silentUri: silentAddress(place.redirectUri),
            logoutUri: place.postLogoutRedirectUri,
            origin: place.origin,
          }}
          onChange={change => setValues(withFittingPreset({ ...values, ...change }, demo))}
          onSubmit={check}
          actions={
            <ProviderActions
              name={preset.id === 'any' ? 'this provider' : preset.name}
              config={form.config}
              inUse={inUse}
              changed={changed}
              running={running}
              stops={stops}
              refused={refused}
              pageUrl={pageUrl}
              stored={stored}
              onSignIn={onSignIn}
              onForget={onForget}
              onUse={config => onUse(config, preset.id)}
            />
          }
        />
      )}
    </section>
  )
}
