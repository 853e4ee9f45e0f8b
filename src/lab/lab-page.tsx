/** The experiments: the score, the list, and the evidence in the dock. */
import { type ReactNode, useRef, useState } from 'react'
import { useStore } from 'zustand/react'
import { RevealProvider } from '../inspector/reveal-context.tsx'
import { ThreadProvider } from '../inspector/thread-context.tsx'
import { DockFrame } from '../lens/dock-frame.tsx'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useKeptFocus } from '../ui/use-kept-focus.tsx'
import { EvidenceDock, evidenceName } from './evidence-dock.tsx'
import type { Experiment } from './experiment.ts'
import { ExperimentList } from './experiment-list.tsx'
import type { Lab } from './lab.ts'
import './lab-page.css'
import { LabStatus } from './lab-status.tsx'
import { PersonQuestion } from './person-question.tsx'
import { Score } from './score.tsx'
import { isRight } from './tally.ts'

export interface LabPageProps {
  readonly lab: Lab
  readonly signedIn: boolean
  readonly onSignIn: () => void
  /** Id of the experiment whose evidence is shown. */
  readonly selected: string | null
  readonly onSelect: (id: string) => void
  /** The way to the other view of this page; stands over the heading. */
  readonly views?: ReactNode
}

type Filter = 'all' | 'not-run' | 'wrong'

export function LabPage({ lab, signedIn, onSignIn, selected, onSelect, views }: LabPageProps) {
  const state = useStore(lab.store)
  const { runs, guesses, running, question } = state
  const [filter, setFilter] = useState<Filter>('all')
  const tools = useRef<HTMLDivElement>(null)
  useKeptFocus(tools, running ? '.lab-question button:enabled' : '.lab-tools-end button:last-of-type:enabled')
  const { experiments } = lab
  const wrong = ({ id }: Experiment) => {
    const run = runs[id]
    return run !== undefined && isRight(guesses[id], run.outcome) === false
  }
  const notRun = ({ id }: Experiment) => runs[id] === undefined
  const left = experiments.filter(notRun)
  const open = left.filter(({ needs }) => signedIn || !needs.includes('session'))
  const shown = experiments.filter(filter === 'all' ? () => true : filter === 'wrong' ? wrong : notRun)
  const chosen = experiments.find(({ id }) => id === selected) ?? latest(lab)
  return (
    <ThreadProvider>
      <RevealProvider>
        <DockFrame
          name={evidenceName(lab, chosen)}
          lens={() => <EvidenceDock lab={lab} experiment={chosen} locked={!signedIn} />}
        >
          <div className="lab-page">
            {views}
            <header className="lab-head">
              <h1>{experiments.length} ways to break a sign-in</h1>
              <p>
                Each one is run for real against your provider and this app. Say who will stop it, then run
                it.
              </p>
              {!signedIn && (
                <Callout
                  icon="person"
                  title="Sign in first"
                  actions={
                    <Button variant="primary" onClick={onSignIn}>
                      Sign in to experiment
                    </Button>
                  }
                >
                  An attack needs something to steal: nearly every run begins with a fresh code, and the
                  provider gives one only while it knows you.
                </Callout>
              )}
              {state.faults.length > 0 && (
                <Callout icon="bug" title="This provider is faulty on purpose">
                  It was started with {state.faults.join(', ')}. Some attacks will get through.
                </Callout>
              )}
            </header>
            <Score {...{ experiments, runs, guesses }} selected={chosen?.id ?? null} onSelect={onSelect} />
            <div className="lab-tools" ref={tools}>
              <div className="lab-tools-bar">
                <Segmented
                  label="Filter"
                  options={[
                    { value: 'all', label: `All ${experiments.length}` },
                    { value: 'not-run', label: `Not run ${left.length}` },
                    { value: 'wrong', label: `Guessed wrong ${experiments.filter(wrong).length}` },
                  ]}
                  value={filter}
                  onChange={setFilter}
                />
                <div className="lab-tools-end">
                  <LabStatus lab={lab} />
                  <Button variant="quiet" disabled={running !== null} onClick={lab.reset}>
                    Reset guesses
                  </Button>
                  {running ? (
                    <Button onClick={lab.stop}>Stop</Button>
                  ) : (
                    <Button
                      icon="play"
                      disabled={open.length === 0 || !signedIn}
                      onClick={() => void lab.runRest()}
                    >
                      Run the rest
                    </Button>
                  )}
                </div>
              </div>
              {question && <PersonQuestion question={question} />}
            </div>
            <ExperimentList
              {...{ lab, state, shown, signedIn, onSelect }}
              selected={chosen?.id ?? null}
              onRun={id => {
                onSelect(id)
                void lab.run(id)
              }}
            />
          </div>
        </DockFrame>
      </RevealProvider>
    </ThreadProvider>
  )
}

/** What runs now, else what ran last. */
function latest({ experiments, store }: Lab): Experiment | null {
  const { running, runs } = store.getState()
  const newest = Object.values(runs).sort((a, b) => b.at - a.at)[0]
  const id = running?.id ?? newest?.experiment
  return experiments.find(each => each.id === id) ?? null
}
