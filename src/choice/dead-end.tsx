import type { Preset } from '../presets/preset.ts'
import { Callout } from '../ui/callout.tsx'

/** A provider that refuses a browser-only client: what exactly it refuses, and what to do instead. */
export function DeadEnd({ preset }: { preset: Preset }) {
  const { deadEnd } = preset
  if (!deadEnd) return null
  const no = preset.suitability === 'no'
  return (
    <section className="choice-dead-end" aria-label={`${preset.name}, explained`} data-dead-end={preset.id}>
      <Callout
        tone={no ? 'warn' : 'plain'}
        title={
          no ? `${preset.name} does not work from a page alone` : `${preset.name} may work from a page alone`
        }
      >
        <p>{deadEnd.refusal}</p>
      </Callout>
      <h2>What to do instead</h2>
      <ol className="choice-instead">
        {deadEnd.instead.map(each => (
          <li key={each}>{each}</li>
        ))}
      </ol>
      {preset.gotchas.length > 0 && (
        <>
          <h2>Worth knowing</h2>
          <ul className="choice-instead">
            {preset.gotchas.map(each => (
              <li key={each.text}>{each.text}</li>
            ))}
          </ul>
        </>
      )}
      <p className="choice-evidence">
        Seen in: {deadEnd.evidence}. Last verified {preset.verified}.
      </p>
    </section>
  )
}
