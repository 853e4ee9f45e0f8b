import { type ComponentPropsWithRef, type ReactNode, useId } from 'react'
import './field.css'
import { Icon } from './icon.tsx'

type FieldProps = Omit<ComponentPropsWithRef<'input'>, 'id'> & {
  label: ReactNode
  hint?: ReactNode
  /** what is wrong; the input is marked invalid and described by it */
  error?: ReactNode
  /** a control at the far end of the input */
  end?: ReactNode
  /** the interface face instead of the code face */
  prose?: boolean
}

/** A labelled text input with a hint and an error. Input attributes go to the input. */
export function Field({ label, hint, error, end, prose, className, ...input }: FieldProps) {
  const id = useId()
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className={className ? `ui-field ${className}` : 'ui-field'}>
      <label className="ui-field-label" htmlFor={id}>
        {label}
      </label>
      <div className="ui-field-line">
        <input
          spellCheck={false}
          autoComplete="off"
          {...input}
          id={id}
          className={prose ? 'ui-input ui-input-prose' : 'ui-input'}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
        />
        {end}
      </div>
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  )
}

/** Several controls under one label: a group with a hint and an error. */
export function FieldGroup({
  label,
  hint,
  error,
  children,
}: {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <fieldset className="ui-field" aria-describedby={described || undefined}>
      <legend className="ui-field-label">{label}</legend>
      {children}
      <FieldNotes id={id} hint={hint} error={error} />
    </fieldset>
  )
}

function FieldNotes({ id, hint, error }: { id: string; hint?: ReactNode; error?: ReactNode }) {
  return (
    <>
      {error && (
        <p className="ui-field-error" id={`${id}-error`}>
          <Icon name="alert" size="s" />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <p className="ui-field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </>
  )
}
