import { useStore } from 'zustand/react'
import { DockActs } from '../lens/dock-acts.tsx'
import { duration, timeOfDay } from '../ui/format.ts'
import { Logo } from '../ui/logo.tsx'
import { EvidencePanel } from './evidence-panel.tsx'
import type { Experiment } from './experiment.ts'
import type { Lab } from './lab.ts'

/** What is in the dock on this page: the evidence of the chosen experiment. */
export function EvidenceDock({
  lab,
  experiment,
  locked,
}: {
  lab: Lab
  experiment: Experiment | null
  /** Nobody is signed in. */
  locked: boolean
}) {
  const { runs, undefended, running, isDemo } = useStore(lab.store)
  const run = experiment ? runs[experiment.id] : undefined
  return (
    <div className="lab-panel">
      <header className="lab-panel-head">
        <h2>
          <Logo size={16} />
          {experiment ? experimentName(lab, experiment) : 'Evidence'}
        </h2>
        {run && (
          <span className="caption num">
            ran {timeOfDay(run.at)}, {duration(run.duration)}
          </span>
        )}
        <DockActs />
      </header>
      {experiment ? (
        <EvidencePanel
          key={experiment.id}
          experiment={experiment}
          run={run}
          undefended={undefended[experiment.id]}
          isDemo={isDemo === true}
          busy={running !== null}
          locked={locked && experiment.needs.includes('session')}
          isRunning={running?.id === experiment.id}
          onRun={off => void lab.run(experiment.id, off)}
        />
      ) : (
        <div className="lab-detail">
          <div className="lab-empty">
            <p>Choose an experiment, say who will stop it, and run it. Its messages will be drawn here.</p>
          </div>
        </div>
      )}
    </div>
  )
}

const experimentName = (lab: Lab, experiment: Experiment) =>
  `Experiment ${lab.experiments.indexOf(experiment) + 1}`

/** What the bar of the sheet says, on a phone: it is the head of the evidence too. */
export const evidenceName = (lab: Lab, experiment: Experiment | null) =>
  experiment ? `${experimentName(lab, experiment)}: evidence` : 'Evidence'
