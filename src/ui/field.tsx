import { type ComponentPropsWithRef, type ReactNode, useId } from 'react'
import './field.css'
import { Icon } from './icon.tsx'

type FieldProps = Omit<ComponentPropsWithRef<'input'>, 'id'> & {
  label: ReactNode
  hint?: ReactNode
  /** what is wrong; the input is marked invalid and described by it */
  error?: ReactNode
}

/** A labelled text input with a hint and an error. Input attributes go to the input. */
export function Field({ label, hint, error, className, ...input }: FieldProps) {
  const id = useId()
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className={className ? `ui-field ${className}` : 'ui-field'}>
      <label className="ui-field-label" htmlFor={id}>
        {label}
      </label>
      <input
        spellCheck={false}
        autoComplete="off"
        {...input}
        id={id}
        className="ui-input"
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
      />
      {error && (
        <p className="ui-field-error" id={`${id}-error`}>
          <Icon name="alert" size="s" />
          <span>{error}</span>
        </p>
      )}
      <FieldHint id={id} hint={hint} />
    </div>
  )
}

/** Several controls under one label: a group with a hint. */
export function FieldGroup({
  label,
  hint,
  children,
}: {
  label: ReactNode
  hint?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <fieldset className="ui-field" aria-describedby={hint ? `${id}-hint` : undefined}>
      <legend className="ui-field-label">{label}</legend>
      {children}
      <FieldHint id={id} hint={hint} />
    </fieldset>
  )
}

function FieldHint({ id, hint }: { id: string; hint: ReactNode }) {
  return (
    hint && (
      <p className="ui-field-hint" id={`${id}-hint`}>
        {hint}
      </p>
    )
  )
}
