import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { AllAddresses } from '../presets/place.ts'
import type { Preset } from '../presets/preset.ts'
import { Field } from '../ui/field.tsx'
import { useKeptFocus } from '../ui/use-kept-focus.tsx'
import { clientIdDoubt, type FormValues, type Problems, readIssuer } from './form-values.ts'
import { IssuerField } from './issuer-field.tsx'
import { MoreSettings } from './more-settings.tsx'
import { PresetFacts } from './preset-facts.tsx'
import './provider-form.css'
import { Registration } from './registration.tsx'
import { ScopeField } from './scope-field.tsx'

/** The few fields of a provider. Nothing secret is asked for. */
export function ProviderForm({
  preset,
  values,
  problems,
  registration,
  onChange,
  onSubmit,
  actions,
}: {
  preset: Preset
  values: FormValues
  problems: Problems
  registration: AllAddresses
  onChange: (change: Partial<FormValues>) => void
  onSubmit: () => void
  actions: ReactNode
}) {
  const acts = useRef<HTMLDivElement>(null)
  useKeptFocus(acts, 'button[type=submit]')
  const form = useRef<HTMLFormElement>(null)
  const [isSent, setSent] = useState(false)
  const isWrong = Object.keys(problems).length > 0

  // What is wrong is where the person is led, also when it stands in a section that is folded.
  useEffect(() => {
    if (!isSent) return
    setSent(false)
    if (!isWrong) return
    const fields = form.current?.querySelectorAll<HTMLElement>('[aria-invalid=true]') ?? []
    for (const field of fields) field.closest('details')?.setAttribute('open', '')
    fields[0]?.focus()
  }, [isSent, isWrong])

  return (
    <form
      ref={form}
      className="choice-form"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        onSubmit()
        setSent(true)
      }}
    >
      <IssuerField
        preset={preset}
        value={values.issuer}
        named={values.namedIssuer}
        clientId={values.clientId}
        problem={problems.issuer}
        onChange={issuer => onChange({ issuer, clientId: clientIdWith(issuer, values) })}
      />
      <Field
        label="Client ID"
        name="client_id"
        value={values.clientId}
        autoCapitalize="none"
        placeholder={preset.clientIdExample}
        error={problems.clientId ?? clientIdDoubt(values.clientId)}
        hint="A public client. There is no secret to fill in, and must not be."
        onChange={event => onChange({ clientId: event.target.value })}
      />
      <ScopeField scopes={values.scopes} onChange={scopes => onChange({ scopes })} />
      <Registration values={registration} />
      <MoreSettings values={values} problems={problems} onChange={onChange} />
      <PresetFacts preset={preset} />
      <div className="choice-acts" ref={acts}>
        {problems.form && (
          <p role="alert" className="ui-field-error">
            {problems.form}
          </p>
        )}
        {actions}
      </div>
    </form>
  )
}

/** One that came in a pasted address fills a field that is empty, or that holds what the address said before. */
function clientIdWith(issuer: string, values: FormValues): string {
  const [before, now] = [readIssuer(values), readIssuer({ ...values, issuer })].map(read =>
    read.kind === 'issuer' ? (read.clientId ?? '') : '',
  )
  return now && (values.clientId.trim() === '' || values.clientId === before) ? now : values.clientId
}
