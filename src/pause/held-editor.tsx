/** The message that is held: change anything, say who will notice, then let it go on. */
import { useState } from 'react'
import { stopperChoices } from '../attack/parties.ts'
import { useReveal } from '../inspector/reveal-context.tsx'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { Held } from './debugger.ts'
import { isWrong, noDraft, valueNow, withField } from './draft.ts'
import { fieldsOf, placeOfRaw, rawOf, withFields } from './edits.ts'
import { FieldRow } from './field-row.tsx'
import './held-editor.css'
import { wordsFor } from './held-words.ts'
import type { HeldDraft } from './use-draft.tsx'

const ways = [
  { value: 'fields', label: 'Parameters' },
  { value: 'raw', label: 'Raw' },
] as const

/** Says why nothing can go on as it is edited. */
const wrongId = 'pause-wrong'

export interface HeldEditorProps {
  readonly held: Held
  readonly draft: HeldDraft
  /** Lets it go on, as the draft says. */
  readonly onSend: () => void
  readonly onDrop: () => void
}

export function HeldEditor({ held: { message }, draft: held, onSend, onDrop }: HeldEditorProps) {
  const { draft, edited, tampered, change } = held
  const [way, setWay] = useState<(typeof ways)[number]['value']>(draft.raw === null ? 'fields' : 'raw')
  const fields = fieldsOf(message)
  const words = wordsFor(message)
  const { all } = useReveal()
  return (
    <form
      className="pause-editor"
      aria-label="Held message"
      onSubmit={event => {
        event.preventDefault()
        if (edited) onSend()
      }}
    >
      <Callout tone="warn" icon="pause" title={words.title}>
        {words.text}
        {!all && ' Secrets are dots until you edit them.'}
      </Callout>
      <Segmented label="How to edit" value={way} onChange={setWay} options={ways} className="pause-ways" />
      {way === 'fields' ? (
        <div className="pause-fields">
          {fields.length === 0 && (
            <p className="caption">This message has no parameters. The raw text can be edited.</p>
          )}
          {fields.map(each => {
            const value = valueNow(each, message, draft)
            return (
              <FieldRow
                key={each.id}
                field={each}
                value={value}
                disabled={draft.raw !== null && each.place === placeOfRaw(message)}
                wrong={isWrong(each, value) ? wrongId : undefined}
                onChange={next => change(withField(message, draft, each.id, next))}
              />
            )
          })}
        </div>
      ) : (
        <label className="pause-raw">
          <span>The whole text</span>
          <textarea
            rows={8}
            className={all ? undefined : 'pause-secret'}
            spellCheck={false}
            value={draft.raw ?? rawOf(withFields(message, draft.values))}
            aria-describedby={edited === null ? wrongId : undefined}
            onChange={event => change({ ...draft, raw: event.currentTarget.value })}
          />
        </label>
      )}
      {edited === null && (
        <p id={wrongId} className="pause-wrong">
          {message.type === 'response'
            ? 'A status is a number from 200 to 599.'
            : 'This is no address that can be opened from here.'}
        </p>
      )}
      {tampered.length > 0 && (
        <div className="pause-guess">
          <p aria-hidden="true">Who will notice?</p>
          <Segmented
            fill
            label="Who will notice?"
            value={draft.prediction}
            onChange={prediction => change({ ...draft, prediction })}
            options={stopperChoices}
          />
        </div>
      )}
      <div className="pause-acts">
        <Button type="submit" variant="primary" kbd="N" disabled={edited === null}>
          {tampered.length > 0 ? words.sendTampered : words.send}
        </Button>
        <Button
          onClick={() => change({ ...noDraft, prediction: draft.prediction })}
          disabled={tampered.length === 0}
        >
          Restore all
        </Button>
        <Button variant="quiet" onClick={onDrop}>
          Drop it
        </Button>
      </div>
    </form>
  )
}
