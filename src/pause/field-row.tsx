/** One parameter of the held message; what it was, once it is changed. */
import { Fragment, useRef } from 'react'
import { useSha256 } from '../inspector/digest.tsx'
import { useReveal } from '../inspector/reveal-context.tsx'
import { shortPrint, valueKinds } from '../inspector/value-kinds.ts'
import { isValueName, kindOfName } from '../trace/secret-places.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { Glyph } from '../ui/glyph.tsx'
import { Tag } from '../ui/tag.tsx'
import type { Field } from './edits.ts'
import './field-row.css'

export interface FieldRowProps {
  readonly field: Field
  /** Null: left out. */
  readonly value: string | null
  readonly disabled: boolean
  /** Id of what says why this value cannot be. */
  readonly wrong: string | undefined
  readonly onChange: (value: string | null) => void
}

export function FieldRow({ field, value, disabled, wrong, onChange }: FieldRowProps) {
  const input = useRef<HTMLInputElement>(null)
  const tampered = value !== field.value
  const kind = isValueName(field.name) ? valueKinds[field.name] : null
  const { all } = useReveal()
  return (
    <div className={tampered ? 'pause-field pause-field-tampered' : 'pause-field'}>
      <label htmlFor={`pause-${field.id}`}>
        {kind && <Glyph of={kind} />}
        <span>{breakable(field.name)}</span>
      </label>
      <input
        ref={input}
        id={`pause-${field.id}`}
        className={!all && isSecret(field) ? 'pause-secret' : undefined}
        value={value ?? ''}
        placeholder={value === null ? 'left out' : undefined}
        disabled={disabled}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={wrong !== undefined || undefined}
        aria-describedby={wrong}
        onChange={event => onChange(event.currentTarget.value)}
      />
      {field.place !== 'status' && (
        <Button
          size="s"
          variant="quiet"
          disabled={disabled}
          pressed={value === null}
          onClick={() => onChange(value === null ? field.value : null)}
        >
          Leave out<span className="visually-hidden"> {field.name}</span>
        </Button>
      )}
      {tampered && (
        <div className="pause-field-was">
          <Tag tone="warn" icon="alert">
            tampered
          </Tag>
          <span className="caption">was</span>
          <Was field={field} />
          <Button
            size="s"
            variant="quiet"
            icon="undo"
            onClick={() => {
              onChange(field.value)
              // This button goes away with what it undoes.
              input.current?.focus()
            }}
          >
            Restore<span className="visually-hidden"> {field.name}</span>
          </Button>
        </div>
      )}
    </div>
  )
}

/** Dots until it is edited, or all secrets are shown. */
function isSecret({ place, name }: Field): boolean {
  if (place === 'header') return name === 'authorization' || name === 'dpop'
  // What a revocation hands back.
  if (place === 'form' && name === 'token') return true
  const kind = kindOfName(name)
  return kind !== null && kind !== 'code_challenge' && kind !== 'personal'
}

/** The value before: a secret by its fingerprint, as everywhere, or as a secret when it has none. */
function Was({ field }: Pick<FieldRowProps, 'field'>) {
  const { name, value } = field
  const known = isValueName(name)
  const digest = useSha256(known ? value : null)
  const { all } = useReveal()
  if (!known && isSecret(field) && !all) return <span className="caption">another secret</span>
  if (!known) return <code className="pause-was">{value === '' ? 'empty' : value}</code>
  const fingerprint = digest === null ? undefined : shortPrint(digest.hex)
  return <Chip v={valueKinds[name]} label={name} fingerprint={fingerprint} unnamed />
}

/** A long name is broken after an underscore, not inside a word. */
function breakable(name: string) {
  // The parts of a name never move, so their place is their identity.
  const parts = name.split(/(?<=_)/).map((part, at) => [at, part] as const)
  return parts.map(([at, part]) => (
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
