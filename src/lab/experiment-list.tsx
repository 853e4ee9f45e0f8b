import { type Experiment, groups } from './experiment.ts'
import { ExperimentRow } from './experiment-row.tsx'
import type { Lab, LabState } from './lab.ts'

/** The experiments in their groups, each group a heading and a list. */
export function ExperimentList({
  lab,
  state: { runs, undefended, guesses, running, waiting },
  shown,
  signedIn,
  selected,
  onSelect,
  onRun,
}: {
  lab: Lab
  state: LabState
  shown: readonly Experiment[]
  signedIn: boolean
  selected: string | null
  onSelect: (id: string) => void
  onRun: (id: string) => void
}) {
  return [...new Set(lab.experiments.map(({ group }) => group))].map(group => {
    const members = shown.filter(each => each.group === group)
    if (members.length === 0) return null
    return (
      <section key={group} aria-label={groups[group]}>
        <h2 className="lab-group">{groups[group]}</h2>
        <ul>
          {members.map(experiment => (
            <ExperimentRow
              key={experiment.id}
              experiment={experiment}
              number={lab.experiments.indexOf(experiment) + 1}
              run={runs[experiment.id]}
              undefended={undefended[experiment.id]}
              guess={guesses[experiment.id]}
              running={running?.id !== experiment.id ? null : waiting ? 'waiting' : 'running'}
              busy={running !== null}
              locked={!signedIn && experiment.needs.includes('session')}
              current={selected === experiment.id}
              onSelect={() => onSelect(experiment.id)}
              onGuess={guess => lab.guess(experiment.id, guess)}
              onRun={() => onRun(experiment.id)}
              onStop={lab.stop}
            />
          ))}
        </ul>
      </section>
    )
  })
}
