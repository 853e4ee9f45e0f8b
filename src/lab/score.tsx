import { type Party, parties } from '../attack/parties.ts'
import { Icon } from '../ui/icon.tsx'
import type { Experiment } from './experiment.ts'
import type { Guesses } from './guesses.ts'
import './score.css'
import { type Runs, tally } from './tally.ts'
import { laneIcons, rowNames } from './words.ts'

interface Props {
  experiments: readonly Experiment[]
  runs: Runs
  guesses: Guesses
  selected: string | null
  onSelect: (id: string) => void
}

/** How many attacks were stopped, and by whom: each falls until somebody stops it. */
export function Score({ experiments, runs, guesses, selected, onSelect }: Props) {
  const count = tally(experiments, runs, guesses)
  return (
    <section className="lab-report" aria-label="Score">
      <div className="lab-score-box">
        <p className="lab-score">
          <b>{count.blocked}</b>
          <span>blocked</span>
        </p>
        <div className="lab-score-sub">
          {count.notBlocked > 0 && (
            <p>
              <b>{count.notBlocked}</b> not stopped by anybody
            </p>
          )}
          {count.notApplicable > 0 && (
            <p>
              <b>{count.notApplicable}</b> not possible here
            </p>
          )}
          {count.unclear > 0 && (
            <p>
              <b>{count.unclear}</b> without a clear answer
            </p>
          )}
          <p>
            <b>{count.notRun}</b> not run yet
          </p>
          {count.guessed > 0 && (
            <p>
              You guessed{' '}
              <b>
                {count.guessedRight} of {count.guessed}
              </b>{' '}
              right
            </p>
          )}
        </div>
      </div>
      <Fall {...{ experiments, runs, selected, onSelect }} by={count.by} />
      <ul className="lab-counts">
        {parties.map(party => (
          <li key={party}>
            {rowNames[party]}
            <span aria-hidden="true">
              {experiments
                .filter(({ id }) => runs[id]?.outcome.by === party)
                .map(({ id }) => (
                  <Icon key={id} name="shield-ok" />
                ))}
            </span>
            <b>{count.by[party]}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

const top = 22
const lane = 34

/** A picture for the eye; the list below says the same in words and is reached with the keyboard. */
function Fall({
  experiments,
  runs,
  selected,
  onSelect,
  by,
}: Omit<Props, 'guesses'> & { by: Readonly<Record<Party, number>> }) {
  return (
    <div
      className="lab-fall"
      aria-hidden="true"
      style={{ gridTemplateColumns: `var(--names) repeat(${experiments.length}, minmax(0, 1fr))` }}
    >
      {parties.map((party, i) => (
        <div key={party} className="lab-fall-lane" style={{ gridRow: i + 2 }}>
          <Icon name={laneIcons[party]} size="s" />
          {rowNames[party]}
          <small>{by[party]}</small>
        </div>
      ))}
      {experiments.map(({ id, title, defender }, i) => {
        const outcome = runs[id]?.outcome
        const clear = outcome?.verdict === 'blocked' || outcome?.verdict === 'not-blocked'
        const depth = parties.indexOf(outcome?.by ?? defender)
        const end = clear ? top + lane / 2 + depth * lane : outcome ? top + lane * parties.length : top + 6
        return (
          <button
            key={id}
            type="button"
            tabIndex={-1}
            className="lab-shot"
            title={`${i + 1}. ${title}`}
            data-shot={clear ? outcome.verdict : outcome ? 'open' : 'none'}
            data-current={selected === id || undefined}
            style={{ gridColumn: i + 2 }}
            onClick={() => onSelect(id)}
          >
            <span className="lab-shot-no">{i + 1}</span>
            <span className="lab-shot-stem" style={{ height: end - 18 }} />
            <span className="lab-shot-end" style={{ top: clear ? end - 10 : end }}>
              {clear && <Icon name={outcome.verdict === 'blocked' ? 'shield-ok' : 'shield-x'} size="l" />}
            </span>
          </button>
        )
      })}
    </div>
  )
}
