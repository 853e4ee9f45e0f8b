/** A real attack at the end of the lesson: run it, see who stopped it, and point at where. Loaded when it is reached. */
import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand/react'
import type { Stopper } from '../attack/parties.ts'
import { ValueWords } from '../inspector/value-words.tsx'
import { EvidenceSequence } from '../lab/evidence-sequence.tsx'
import { PersonQuestion } from '../lab/person-question.tsx'
import type { Run } from '../lab/runner.ts'
import { questionTitle, verdictSentence } from '../lab/words.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { Button } from '../ui/button.tsx'
import { Status } from '../ui/status.tsx'
import { useKeptFocus } from '../ui/use-kept-focus.tsx'
import { VerdictMark } from '../ui/verdict.tsx'
import type { Stop } from './stop.ts'
import { lessonTexts } from './texts.ts'
import { createTheft, isWhereCaught, stopperOf, wholeWay } from './theft.ts'

export interface TheftViewProps {
  readonly stop: Stop
  readonly config: ClientConfig
  readonly basePath: string
  /** Told who stopped it, when the run says so. */
  readonly onOutcome: (stopper: Stopper) => void
  /** The way on, once everything was seen. */
  readonly onDone: () => void
  readonly last: boolean
}

export default function TheftView({ stop, config, basePath, onOutcome, onDone, last }: TheftViewProps) {
  const [lab] = useState(() => createTheft(config, basePath))
  const { runs, running, question } = useStore(lab.store)
  const [caught, setCaught] = useState(false)
  const id = stop.attack ?? ''
  const run = runs[id]
  const experiment = lab.experiments.find(each => each.id === id)
  // Nobody could answer it any more, and other tabs wait for its end.
  useEffect(() => () => lab.close(), [lab])
  const whole = useRef<HTMLDivElement>(null)
  useKeptFocus(whole, '.lab-question button:enabled')

  const start = async () => {
    await lab.run(id)
    const outcome = lab.store.getState().runs[id]?.outcome
    const stopper = outcome ? stopperOf(outcome) : null
    if (stopper !== null) onOutcome(stopper)
  }
  const canCatch =
    stop.catches === true && run?.outcome.verdict === 'blocked' && run.evidence?.decisive != null
  return (
    <div className="lesson-theft" ref={whole}>
      {question && <PersonQuestion question={question} />}
      {run && <Verdict key={run.at} run={run} />}
      {run && experiment && (
        <p className="lesson-text">
          <ValueWords
            text={run.outcome.verdict === 'not-blocked' ? experiment.without : experiment.defence}
          />
        </p>
      )}
      {run?.evidence && (
        <Evidence run={run} evidence={run.evidence} catches={canCatch} onCaught={() => setCaught(true)} />
      )}
      <div className="lesson-acts">
        {run && (!canCatch || caught) && (
          <Button variant="primary" onClick={onDone}>
            {last ? lessonTexts.finish : lessonTexts.next}
          </Button>
        )}
        {(!run || run.outcome.verdict === 'error') && (
          <Button
            variant={run ? undefined : 'primary'}
            icon="play"
            pending={running !== null}
            onClick={() => void start()}
          >
            {stop.goLabel}
          </Button>
        )}
      </div>
      <Status quiet>{question ? questionTitle(question) : running && lessonTexts.running}</Status>
    </div>
  )
}

function Verdict({ run: { outcome } }: { run: Run }) {
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => head.current?.focus(), [])
  const kind = outcome.verdict === 'blocked' ? 'pass' : outcome.verdict === 'not-blocked' ? 'fail' : 'warn'
  return (
    <div className="lesson-outcome">
      <h3 ref={head} tabIndex={-1} className="lesson-verdict">
        <VerdictMark kind={kind} />
        {verdictSentence(outcome)}
      </h3>
      <p className="lesson-text">
        <code>{outcome.code}</code> {outcome.because}
      </p>
    </div>
  )
}

function Evidence({
  run,
  evidence,
  catches,
  onCaught,
}: {
  run: Run
  evidence: NonNullable<Run['evidence']>
  catches: boolean
  onCaught: () => void
}) {
  const [opened, setOpened] = useState<string | null>(null)
  const { lines, lanes } = catches ? wholeWay(evidence) : evidence
  const line = lines.find(each => each.id === opened)
  const here = line !== undefined && isWhereCaught(evidence, line)
  return (
    <>
      {catches && <p className="lesson-text lesson-point">{lessonTexts.point}</p>}
      <EvidenceSequence
        key={run.at}
        every={catches}
        lines={lines}
        lanes={lanes}
        opened={opened}
        onOpen={id => {
          setOpened(id)
          const found = lines.find(each => each.id === id)
          if (catches && found && isWhereCaught(evidence, found)) onCaught()
        }}
      />
      <Status className="lesson-found">
        {catches && line && (here ? lessonTexts.pointed : lessonTexts.notHere)}
      </Status>
    </>
  )
}
