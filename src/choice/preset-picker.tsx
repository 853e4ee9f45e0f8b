import { anyIssuer } from '../presets/any-issuer.ts'
import { google } from '../presets/dead-ends.ts'
import type { Preset } from '../presets/preset.ts'
import { presets } from '../presets/presets.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import './preset-picker.css'

const firstIds = ['demo', 'keycloak', 'auth0', 'okta', 'entra', google.id, anyIssuer.id]
const first = firstIds.flatMap(id => presets.filter(preset => preset.id === id))
const more = presets.filter(preset => !firstIds.includes(preset.id))

const words: Partial<Record<Preset['suitability'], string>> = {
  no: 'needs a secret',
  maybe: 'maybe',
  after_setup: 'needs CORS set up',
  likely: 'likely',
}

/** The presets as one radio group: the ones people ask for most, and the rest behind a line. */
export function PresetPicker({ value, onChange }: { value: string; onChange: (preset: Preset) => void }) {
  return (
    <fieldset className="choice-presets">
      <legend className="visually-hidden">Provider</legend>
      <div className="choice-pick">
        {first.map(preset => (
          <Tile key={preset.id} preset={preset} chosen={preset.id === value} onChange={onChange} />
        ))}
      </div>
      <Disclosure
        className="choice-more"
        defaultOpen={more.some(preset => preset.id === value)}
        summary="More providers, and some that refuse"
      >
        <div className="choice-pick choice-pick-small">
          {more.map(preset => (
            <Tile key={preset.id} preset={preset} chosen={preset.id === value} onChange={onChange} />
          ))}
        </div>
      </Disclosure>
    </fieldset>
  )
}

function Tile({
  preset,
  chosen,
  onChange,
}: {
  preset: Preset
  chosen: boolean
  onChange: (preset: Preset) => void
}) {
  const note = words[preset.suitability]
  return (
    <label className={preset.id === anyIssuer.id ? 'choice-tile choice-tile-wide' : 'choice-tile'}>
      <input
        type="radio"
        name="preset"
        value={preset.id}
        checked={chosen}
        onChange={() => onChange(preset)}
      />
      <span className="choice-initial" aria-hidden="true">
        {preset.id === anyIssuer.id ? '?' : preset.name[0]?.toUpperCase()}
      </span>
      <span className="choice-name">
        {preset.name}
        {note && <span className="choice-note">{note}</span>}
      </span>
    </label>
  )
}
