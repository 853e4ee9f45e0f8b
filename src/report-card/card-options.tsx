import { Disclosure } from '../ui/disclosure.tsx'
import { Field } from '../ui/field.tsx'
import './card-options.css'
import type { CardOptions } from './card-tools.ts'

/** What the person may choose before a run. */
export function CardOptionsForm({
  options,
  onChange,
}: {
  options: CardOptions
  onChange: (options: CardOptions) => void
}) {
  return (
    <Disclosure summary="Settings of the run" className="report-options">
      <label className="report-option">
        <input
          type="checkbox"
          checked={options.password}
          onChange={event => onChange({ ...options, password: event.currentTarget.checked })}
        />
        <span>
          Also try the password grant with a made-up user (33). Some providers count it as a failed sign-in.
        </span>
      </label>
      <label className="report-option">
        <input
          type="checkbox"
          checked={options.patient}
          onChange={event => onChange({ ...options, patient: event.currentTarget.checked })}
        />
        <span>Wait 30 seconds before a code is replayed (26). Some servers forget too early.</span>
      </label>
      <Field
        label="A second client of yours, for 29 and 46"
        hint="Its client id, at the same provider. The demo provider has one already."
        value={options.otherClientId ?? ''}
        onChange={event => onChange({ ...options, otherClientId: event.currentTarget.value.trim() || null })}
      />
    </Disclosure>
  )
}
