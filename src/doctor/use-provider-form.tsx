import { useState } from 'react'
import { type AppPlace, configOfForm, type FormValues, type Problems } from '../choice/form-values.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Preset } from '../presets/preset.ts'
import type { Change } from './finding.ts'
import { applyChange, valuesOfPreset, withFittingPreset, withoutForeignProfile } from './form-change.ts'

export interface ProviderFormOptions {
  readonly initial: FormValues
  readonly inUse: ClientConfig | null
  readonly demo: ClientConfig | null
  readonly place: Required<AppPlace>
  /** Called with what is to be examined. */
  readonly onComplete: (config: ClientConfig, presetId: string) => void
}

export interface ProviderFormState {
  readonly values: FormValues
  /** Null while something is wrong with them. */
  readonly config: ClientConfig | null
  /** What is wrong, once somebody wanted to know. */
  readonly problems: Problems
  readonly choose: (preset: Preset) => void
  readonly change: (change: Partial<FormValues>) => void
  readonly check: () => void
  /** Fills it from outside, and goes on as after a press on Check. */
  readonly fill: (values: FormValues) => void
  /** @param of the form of the provider that the change is for, where another one is typed by now */
  readonly fix: (change: Change, of: FormValues | null) => void
}

/** What is typed about a provider, until it is complete and checked. */
export function useProviderForm(options: ProviderFormOptions): ProviderFormState {
  const { initial, inUse, demo, place, onComplete } = options
  const [values, setValues] = useState(initial)
  const [sent, setSent] = useState(false)
  const { config, problems } = configOfForm(values, place)
  const fill = (filled: FormValues) => {
    const next = withFittingPreset(filled, demo)
    const { config: complete } = configOfForm(next, place)
    setValues(next)
    setSent(true)
    if (complete) onComplete(complete, next.presetId)
  }
  return {
    values,
    config,
    problems: sent ? problems : {},
    choose(preset) {
      setSent(false)
      setValues(valuesOfPreset(preset, values, inUse, demo))
    },
    change: change => setValues(withFittingPreset({ ...values, ...change }, demo)),
    check() {
      const own = withoutForeignProfile(values, inUse)
      const { config: complete } = configOfForm(own, place)
      fill(complete ? { ...own, issuer: complete.issuer, namedIssuer: complete.issuer } : values)
    },
    fill,
    fix(change, of) {
      const isAnother = of !== null && of.issuer !== (config ?? values).issuer
      fill(applyChange(isAnother ? of : values, change))
    },
  }
}
