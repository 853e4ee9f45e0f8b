import { useStore } from 'zustand/react'
import { dock } from '../lens/dock-state.ts'
import { duration, timeOfDay } from '../ui/format.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Logo } from '../ui/logo.tsx'
import { useMedia } from '../ui/use-media.tsx'
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
          busy={running !== null || (locked && experiment.needs.includes('session'))}
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

function DockActs() {
  const { side } = dock.get()
  const narrow = useMedia('(max-width: 1023px)')
  return (
    <div className="lab-panel-acts">
      {!narrow && (
        <>
          <IconButton
            icon="db"
            size="s"
            label="Dock below"
            pressed={side === 'bottom'}
            onClick={() => dock.set({ side: 'bottom' })}
          />
          <IconButton
            icon="dr"
            size="s"
            label="Dock at the right"
            pressed={side === 'right'}
            onClick={() => dock.set({ side: 'right' })}
          />
        </>
      )}
      <IconButton icon="x" size="s" label="Fold the lens" kbd="L" onClick={() => dock.set({ open: false })} />
    </div>
  )
}
