import { type Mark, markWords, type Preset } from '../presets/preset.ts'
import { Disclosure } from '../ui/disclosure.tsx'

/** What is known about the chosen provider, each fact with where it comes from. */
export function PresetFacts({ preset }: { preset: Preset }) {
  if (preset.id === 'any') return null
  const rows: readonly (readonly [string, string, Mark])[] = [
    ['Refresh', preset.refresh.text, preset.refresh.mark],
    ['Access token', preset.accessToken.text, preset.accessToken.mark],
    [
      'Sign-out',
      preset.logout.parameters.length > 0
        ? `${preset.logout.text} It takes ${preset.logout.parameters.join(', ')}.`
        : preset.logout.text,
      preset.logout.mark,
    ],
    ...preset.gotchas.map((each): [string, string, Mark] => ['Mind', each.text, each.mark]),
  ]
  return (
    <Disclosure summary={`What is known about ${preset.name}`}>
      <dl className="choice-facts">
        {rows.map(([name, text, mark]) => (
          <div key={text}>
            <dt>{name}</dt>
            <dd>
              {text} <span className="choice-mark">{markWords[mark]}</span>
            </dd>
          </div>
        ))}
      </dl>
      {preset.errors.length > 0 && (
        <>
          <p className="choice-facts-head">What its errors mean</p>
          <dl className="choice-facts">
            {preset.errors.map(each => (
              <div key={each.code}>
                <dt>
                  <code>{each.code}</code>
                </dt>
                <dd>
                  {each.meaning} <span className="choice-mark">{markWords[each.mark]}</span>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <p className="choice-evidence">Last verified {preset.verified}. Providers change.</p>
    </Disclosure>
  )
}
