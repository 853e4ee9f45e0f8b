/** The message that is held: change anything, say who will notice, then send it. */
import { useState } from 'react'
import { isValueName } from '../explain/values.ts'
import { valueKinds } from '../inspector/value-kinds.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Glyph } from '../ui/glyph.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Tag } from '../ui/tag.tsx'
import type { Debugger, Held } from './debugger.ts'
import { type Field, fieldsOf, rawOf, withFields, withRaw } from './edits.ts'
import './held-editor.css'
import { type Party, parties, partyNames } from './outcome.ts'

const predictions = parties.map(value => ({ value, label: partyNames[value] }))
const ways = [
  { value: 'fields', label: 'Parameters' },
  { value: 'raw', label: 'Raw' },
] as const

export interface HeldEditorProps {
  readonly held: Held
  readonly debugger: Debugger
  /** Told when an edited message is sent, so that the outcome can be compared with the guess. */
  readonly onSend: (sent: {
    readonly tampered: readonly string[]
    readonly prediction: Party | null
    readonly flow: string
  }) => void
}

export function HeldEditor({ held, debugger: control, onSend }: HeldEditorProps) {
  const [way, setWay] = useState<(typeof ways)[number]['value']>('fields')
  const [values, setValues] = useState<ReadonlyMap<string, string | null>>(new Map())
  const [raw, setRaw] = useState<string | null>(null)
  const [prediction, setPrediction] = useState<Party | null>(null)
  const fields = fieldsOf(held.message)
  const edited = raw === null ? withFields(held.message, values) : withRaw(held.message, raw)
  const tampered =
    raw === null
      ? fields.filter(each => values.has(each.id)).map(each => each.name)
      : raw === rawOf(held.message)
        ? []
        : ['raw']

  const change = (each: Field, value: string | null) => {
    const next = new Map(values)
    if (value === each.value) next.delete(each.id)
    else next.set(each.id, value)
    setValues(next)
  }
  const restore = () => {
    setValues(new Map())
    setRaw(null)
  }

  return (
    <form
      className="pause-editor"
      aria-label="Held message"
      onSubmit={event => {
        event.preventDefault()
        if (!edited) return
        onSend({ tampered, prediction, flow: held.flow })
        control.send(edited)
      }}
    >
      <Callout tone="warn" icon="pause" title="Held before it goes on">
        Change anything, then send it. Nothing has left the app yet.
      </Callout>
      <Segmented label="How to edit" value={way} onChange={setWay} options={ways} />
      {way === 'fields' ? (
        <div className="pause-fields">
          {fields.length === 0 && (
            <p className="caption">This message has no parameters. The raw text can be edited.</p>
          )}
          {fields.map(each => (
            <FieldRow
              key={each.id}
              field={each}
              value={values.has(each.id) ? (values.get(each.id) ?? null) : each.value}
              disabled={raw !== null}
              onChange={value => change(each, value)}
            />
          ))}
        </div>
      ) : (
        <label className="pause-raw">
          <span>The whole text</span>
          <textarea
            rows={8}
            spellCheck={false}
            value={raw ?? rawOf(edited ?? held.message)}
            onChange={event => setRaw(event.currentTarget.value)}
          />
          {edited === null && (
            <span className="pause-wrong">This is no address that can be opened from here.</span>
          )}
        </label>
      )}
      {tampered.length > 0 && (
        <div className="pause-guess">
          <p aria-hidden="true">Who will notice?</p>
          <Segmented
            label="Who will notice?"
            value={prediction}
            onChange={setPrediction}
            options={predictions}
          />
        </div>
      )}
      <div className="pause-acts">
        <Button type="submit" variant="primary" kbd="N" disabled={edited === null}>
          {tampered.length > 0 ? 'Send tampered' : 'Send as it is'}
        </Button>
        <Button onClick={restore} disabled={tampered.length === 0}>
          Restore all
        </Button>
        <Button variant="quiet" onClick={control.drop}>
          Drop it
        </Button>
      </div>
    </form>
  )
}

function FieldRow({
  field,
  value,
  disabled,
  onChange,
}: {
  field: Field
  value: string | null
  disabled: boolean
  onChange: (value: string | null) => void
}) {
  const tampered = value !== field.value
  const kind = isValueName(field.name) ? valueKinds[field.name] : null
  return (
    <div className={tampered ? 'pause-field pause-field-tampered' : 'pause-field'}>
      <label htmlFor={`pause-${field.id}`}>
        {kind && <Glyph of={kind} />}
        {field.name}
      </label>
      <input
        id={`pause-${field.id}`}
        value={value ?? ''}
        placeholder={value === null ? 'left out' : undefined}
        disabled={disabled}
        spellCheck={false}
        autoComplete="off"
        onChange={event => onChange(event.currentTarget.value)}
      />
      <div className="pause-field-acts">
        {tampered && (
          <Tag tone="warn" icon="alert">
            tampered
          </Tag>
        )}
        {tampered ? (
          <Button size="s" variant="quiet" icon="undo" onClick={() => onChange(field.value)}>
            Restore<span className="visually-hidden"> {field.name}</span>
          </Button>
        ) : (
          field.place !== 'status' && (
            <Button size="s" variant="quiet" disabled={disabled} onClick={() => onChange(null)}>
              Leave out<span className="visually-hidden"> {field.name}</span>
            </Button>
          )
        )}
      </div>
    </div>
  )
}
