import { useState } from 'react'
import { fillIssuer } from '../presets/place.ts'
import type { Preset } from '../presets/preset.ts'
import { Field } from '../ui/field.tsx'
import { readIssuer } from './form-values.ts'

/** The issuer, what was understood of it, and the blanks of a preset that make one. */
export function IssuerField({
  preset,
  value,
  named,
  clientId,
  problem,
  onChange,
}: {
  preset: Preset
  value: string
  /** as a configuration or a document named it */
  named: string
  /** what the field for it holds */
  clientId: string
  /** shown when the form was sent with it */
  problem: string | undefined
  onChange: (issuer: string) => void
}) {
  const read = readIssuer({ issuer: value, namedIssuer: named })
  const notes = read.kind === 'issuer' ? read.notes : []
  return (
    <>
      {preset.blanks.length > 0 && <Blanks key={preset.id} preset={preset} onIssuer={onChange} />}
      <Field
        label="Issuer"
        name="issuer"
        value={value}
        inputMode="url"
        autoCapitalize="none"
        placeholder={preset.issuerTemplate || 'https://id.example.com'}
        error={read.kind === 'refused' ? read.reason : problem}
        hint={
          notes.length > 0 && read.kind === 'issuer' ? (
            <span data-input-note={notes.map(note => note.code).join(' ')}>
              {notes.map(note => note.text).join(' ')} Understood as <code>{read.issuer}</code>
              {read.clientId &&
                read.clientId === clientId &&
                '. Its client id stands in the field Client ID.'}
            </span>
          ) : (
            'The rest is read from its discovery document.'
          )
        }
        onChange={event => onChange(event.target.value)}
      />
    </>
  )
}

function Blanks({ preset, onIssuer }: { preset: Preset; onIssuer: (issuer: string) => void }) {
  const [filled, setFilled] = useState<Readonly<Record<string, string>>>({})
  const fill = (name: string, value: string) => {
    const next = { ...filled, [name]: value }
    setFilled(next)
    const issuer = fillIssuer(preset, next)
    if (issuer !== null) onIssuer(issuer)
  }
  return (
    <div className="choice-blanks">
      {preset.blanks.map(blank => (
        <Field
          key={blank.name}
          label={blank.label}
          name={blank.name}
          value={filled[blank.name] ?? ''}
          placeholder={blank.example}
          autoCapitalize="none"
          onChange={event => fill(blank.name, event.target.value)}
        />
      ))}
    </div>
  )
}
