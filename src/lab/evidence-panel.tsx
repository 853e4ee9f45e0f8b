import { useEffect, useRef, useState } from 'react'
import type { Outcome } from '../attack/verdict.ts'
import { clauseUrl, documents } from '../explain/documents.ts'
import { Button } from '../ui/button.tsx'
import { Callout, type CalloutTone } from '../ui/callout.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { RawMessage } from './raw-message.tsx'
import './evidence-panel.css'
import { ValueWords } from '../inspector/value-words.tsx'
import type { Evidence } from './evidence.ts'
import { EvidenceSequence } from './evidence-sequence.tsx'
import type { Experiment } from './experiment.ts'
import { FailedCheck } from './failed-check.tsx'
import type { Run } from './runner.ts'
import { verdictSentence } from './words.ts'

export interface EvidencePanelProps {
  readonly experiment: Experiment
  readonly run: Run | undefined
  /** The same attack with the defence switched off. */
  readonly undefended: Run | undefined
  /** The demo provider, whose defences can be switched off. */
  readonly isDemo: boolean
  /** Any experiment is under way. */
  readonly busy: boolean
  /** It needs somebody who is signed in, and nobody is. */
  readonly locked: boolean
  /** This one is. */
  readonly isRunning: boolean
  readonly onRun: (undefended: boolean) => void
}

/** What was seen in a run: the verdict, the messages, what they said, and where the defence is written. */
export function EvidencePanel(props: EvidencePanelProps) {
  const { experiment, run, undefended, isDemo, busy, locked, isRunning, onRun } = props
  const [view, setView] = useState<'defended' | 'undefended'>('defended')
  const shown = view === 'undefended' && undefended ? undefended : (run ?? undefended)
  const scroller = useRef<HTMLDivElement>(null)
  const at = shown?.at
  useEffect(() => {
    // A new run is read from its verdict on.
    if (at !== undefined) scroller.current?.scrollTo?.({ top: 0 })
  }, [at])
  return (
    <div className="lab-detail" ref={scroller}>
      <h3>{experiment.title}</h3>
      <p className="lab-lead">{experiment.sentence}</p>
      {!shown && (
        <div className="lab-empty">
          <p>
            {isRunning ? 'It is under way.' : 'Say who will stop it, then run it.'} The messages will be drawn
            here.
          </p>
          <Conditions experiment={experiment} />
        </div>
      )}
      {shown && undefended && run && (
        <Segmented
          label="Which run"
          options={[
            { value: 'defended', label: 'As it is' },
            { value: 'undefended', label: 'Defence off' },
          ]}
          value={view}
          onChange={setView}
        />
      )}
      {shown && (
        <>
          <Verdict run={shown} experiment={experiment} />
          {shown.evidence && <Messages key={shown.at} evidence={shown.evidence} />}
          <section className="lab-block">
            <h4>Without this check</h4>
            <p>
              <ValueWords text={experiment.without} ghost />
            </p>
          </section>
          <Written experiment={experiment} />
          <div className="lab-foot">
            <Button
              icon="reset"
              pending={busy}
              disabled={locked}
              onClick={() => {
                setView('defended')
                onRun(false)
              }}
            >
              Run again
            </Button>
            {isDemo && experiment.off !== undefined && (
              <Button
                variant="quiet"
                pending={busy}
                disabled={locked}
                onClick={() => {
                  setView('undefended')
                  onRun(true)
                }}
              >
                Run with the defence off
              </Button>
            )}
          </div>
          <Conditions experiment={experiment} />
        </>
      )}
    </div>
  )
}

const tones: Readonly<Record<Outcome['verdict'], CalloutTone>> = {
  blocked: 'pass',
  'not-blocked': 'fail',
  unreadable: 'warn',
  'not-applicable': 'plain',
  error: 'warn',
}

function Verdict({ run, experiment }: { run: Run; experiment: Experiment }) {
  const { outcome, undefended, faults } = run
  const unexpected = outcome.verdict === 'blocked' && outcome.by !== experiment.defender
  return (
    <Callout
      tone={tones[outcome.verdict]}
      title={verdictSentence(outcome)}
      aside={<code>{outcome.code}</code>}
    >
      <p>
        {outcome.because ||
          (outcome.verdict === 'not-blocked'
            ? 'The attack went through.'
            : unexpected
              ? 'Something stopped it before the check that was meant to.'
              : experiment.defence)}
      </p>
      {undefended && faults.length > 0 && (
        <p>The defence was off for this run: the demo provider was told {faults.join(', ')}.</p>
      )}
    </Callout>
  )
}

function Messages({ evidence }: { evidence: Evidence }) {
  const { lines, lanes, earlier, messages, decisive } = evidence
  const [opened, open] = useState(decisive?.id ?? null)
  const message = messages.find(({ id }) => id === opened) ?? decisive
  const text = useRef<HTMLElement>(null)
  if (lines.length === 0) return null
  const show = (id: string) => {
    open(id)
    // On a phone the text of the message lies below what is seen.
    text.current?.scrollIntoView?.({ block: 'nearest' })
  }
  return (
    <>
      <EvidenceSequence lines={lines} lanes={lanes} opened={opened} onOpen={show} />
      {earlier.length > 0 && (
        <Disclosure
          className="lab-earlier"
          summary={earlier.length === 1 ? '1 message before' : `${earlier.length} messages before`}
        >
          <EvidenceSequence
            label="Messages before the attack"
            lines={earlier}
            lanes={['app', 'authorization-server', 'resource-server'].flatMap(lane =>
              earlier
                .flatMap(({ from, to }) => [from, to])
                .filter(used => used === lane)
                .slice(0, 1),
            )}
            opened={opened}
            onOpen={show}
          />
        </Disclosure>
      )}
      {message && (
        <section className="lab-block" ref={text}>
          <h4>Evidence</h4>
          <FailedCheck message={message} messages={messages} />
          <RawMessage message={message} messages={messages} />
        </section>
      )}
    </>
  )
}

function Written({ experiment: { clauses, incident } }: { experiment: Experiment }) {
  return (
    <>
      <section className="lab-block">
        <h4>Where it is written</h4>
        <ul className="lab-spec">
          {clauses.map(clause => (
            <li key={`${clause.document} ${clause.section}`}>
              <a
                href={clauseUrl(clause)}
                target="_blank"
                rel="noreferrer"
                title={documents[clause.document].title}
              >
                {clause.document}
                <span>section {clause.section}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      {incident && (
        <section className="lab-block">
          <h4>It happened</h4>
          <p>
            <a href={incident.url} target="_blank" rel="noreferrer">
              {incident.name}
            </a>
            . {incident.text}
          </p>
        </section>
      )}
    </>
  )
}

/** What a run does beyond sending messages, said before it is run. */
function Conditions({ experiment: { switches, destructive, asks } }: { experiment: Experiment }) {
  return (
    <>
      {switches && (
        <p className="caption">
          Uses a switch of the demo provider: {switches.join(', ')} is on for the length of the run.
        </p>
      )}
      {destructive && (
        <p className="caption">
          Ends the tokens of your session at this provider. The app signs in again by itself where it can.
        </p>
      )}
      {asks && <p className="caption">Asks you for a look or a click.</p>}
    </>
  )
}
