import { useRef } from 'react'
import { type Party, type Stopper, shortNames, stopperChoices } from '../attack/parties.ts'
import type { Outcome } from '../attack/verdict.ts'
import { Mini } from '../lens/mini.tsx'
import { useOpenSheet } from '../lens/sheet-context.tsx'
import type { Lane } from '../sequence/message.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useKeptFocus } from '../ui/use-kept-focus.tsx'
import type { Experiment } from './experiment.ts'
import './experiment-row.css'
import type { Run } from './runner.ts'
import { isRight } from './tally.ts'
import { shortCode, verdictWord } from './words.ts'

export interface ExperimentRowProps {
  readonly experiment: Experiment
  readonly number: number
  readonly run: Run | undefined
  readonly undefended: Run | undefined
  readonly guess: Stopper | undefined
  /** This one is under way; `waiting`: for a time to come, or for another tab. */
  readonly running: 'running' | 'waiting' | null
  /** Another one is. */
  readonly busy: boolean
  /** It needs a session, and nobody is signed in. */
  readonly locked: boolean
  readonly current: boolean
  readonly onSelect: () => void
  readonly onGuess: (guess: Stopper) => void
  readonly onRun: () => void
  readonly onStop: () => void
}

/** One attack: what is done, who will stop it, and, once run, who did. */
export function ExperimentRow(props: ExperimentRowProps) {
  const { experiment, number, run, undefended, current, onSelect } = props
  const outcome = run?.outcome
  const openSheet = useOpenSheet()
  const row = useRef<HTMLLIElement>(null)
  useKeptFocus(row)
  return (
    <li
      ref={row}
      className="lab-row"
      data-experiment={experiment.id}
      data-verdict={outcome?.verdict}
      data-blocked-by={outcome?.by ?? undefined}
      data-undefended-verdict={undefended?.outcome.verdict}
      data-current={current || undefined}
    >
      <button
        type="button"
        className="lab-row-hit"
        aria-label={`Show experiment ${number}, ${experiment.title}`}
        aria-current={current || undefined}
        onClick={() => {
          onSelect()
          openSheet()
        }}
      />
      <span className="lab-row-no" aria-hidden="true">
        {number}
      </span>
      <div className="lab-row-words">
        <h3>
          {experiment.title}
          <Notes experiment={experiment} />
        </h3>
        <p>{experiment.sentence}</p>
      </div>
      <State {...props} />
    </li>
  )
}

/** What a run does beyond sending messages. */
function Notes({ experiment: { switches, destructive } }: Pick<ExperimentRowProps, 'experiment'>) {
  if (!switches && !destructive) return null
  return (
    <span className="lab-row-note">
      {destructive && (
        <>
          <Icon name="alert" size="xs" /> ends your tokens
        </>
      )}
      {switches && 'uses a switch of the demo provider'}
    </span>
  )
}

function State({
  experiment,
  run,
  guess,
  running,
  busy,
  locked,
  onGuess,
  onRun,
  onStop,
}: ExperimentRowProps) {
  if (running)
    return (
      <div className="lab-busy">
        <Button size="s" pending>
          {running === 'waiting' ? 'Waiting' : 'Running'}
        </Button>
        <Button size="s" variant="quiet" onClick={onStop}>
          Stop
        </Button>
      </div>
    )
  if (run)
    return (
      <>
        <div className="lab-out">
          <OutcomeMini outcome={run.outcome} defender={experiment.defender} />
          <div>
            <b>{verdictWord(run.outcome)}</b>
            <code>{shortCode(run.outcome)}</code>
          </div>
        </div>
        <Yours guess={guess} outcome={run.outcome} />
      </>
    )
  return (
    <div className="lab-guess">
      <Segmented
        label={`Who stops ${experiment.title}?`}
        options={stopperChoices}
        value={guess ?? null}
        onChange={onGuess}
      />
      <Button
        icon="play"
        variant={guess === undefined || locked ? undefined : 'primary'}
        disabled={guess === undefined || busy || locked}
        aria-label={`Run ${experiment.title}`}
        onClick={onRun}
      >
        Run
      </Button>
    </div>
  )
}

function Yours({ guess, outcome }: { guess: Stopper | undefined; outcome: Outcome }) {
  const right = isRight(guess, outcome)
  if (guess === undefined || right === null) return <span className="lab-yours" />
  return (
    <span className="lab-yours" data-right={right}>
      {right ? 'as guessed' : `guessed ${shortNames[guess]}`}
      <Icon name={right ? 'check' : 'x'} size="s" />
    </span>
  )
}

const miniLanes: Readonly<Record<Party, Lane>> = {
  browser: 'you',
  app: 'app',
  'authorization-server': 'authorization-server',
  'resource-server': 'resource-server',
}

function OutcomeMini({ outcome, defender }: { outcome: Outcome; defender: Party }) {
  const at = miniLanes[outcome.by ?? defender]
  const tone = outcome.verdict === 'blocked' ? 'plain' : outcome.verdict === 'not-blocked' ? 'bad' : 'ghost'
  return <Mini from={at} to={at} channel="check" tone={tone} />
}
