/** The report card: what a provider does with bent requests, row by row, and a file for the team. */
import { useCallback, useRef } from 'react'
import { useStore } from 'zustand'
import { browserSurroundings } from '../attack/browser-surroundings.ts'
import { saveFile } from '../lens/save-file.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { fileName } from '../ui/format.ts'
import { Progress } from '../ui/progress.tsx'
import { Status } from '../ui/status.tsx'
import { useKeptFocus } from '../ui/use-kept-focus.tsx'
import { Verdict } from '../ui/verdict.tsx'
import { type Card, type CardState, createCard } from './card.ts'
import { CardOptionsForm } from './card-options.tsx'
import { CardQuestion } from './card-question.tsx'
import { type Part, parts, verdicts } from './check.ts'
import { CheckRow, verdictKinds } from './check-row.tsx'
import { checks } from './checks.ts'
import { notObservable } from './not-observable.ts'
import { questionTitle } from './person.ts'
import './report-card.css'
import { asJson, asMarkdown, countVerdicts, reportOf, verdictWords } from './report-file.ts'

const partNames = Object.keys(parts).filter((name): name is Part => name in parts)

/** One card for each configuration: what was run and chosen is still there after a visit to another page. */
const cards = new WeakMap<ClientConfig, Card>()

function cardOf(config: ClientConfig, basePath: string): Card {
  const known = cards.get(config)
  if (known) return known
  const card = createCard(config, browserSurroundings(basePath))
  cards.set(config, card)
  return card
}

export function ReportCard({
  config,
  basePath,
  signedIn,
  onSignIn,
}: {
  config: ClientConfig
  /** Path of the app with both slashes. */
  basePath: string
  signedIn: boolean
  onSignIn: () => void
}) {
  const card = cardOf(config, basePath)
  const state = useStore(card.store)
  const { question } = state
  const busy = state.status === 'running' || state.status === 'paused'
  const runOne = useCallback((number: number) => void card.run([number]), [card])
  const whole = useRef<HTMLElement>(null)
  return (
    <section className="report" aria-labelledby="report-title" ref={whole}>
      <header className="report-head">
        <h2 id="report-title">What your provider does with bent requests</h2>
        <p>
          Each row changes one thing in a real request and reads the answer. A clean request goes first; when
          that fails, nothing is concluded. Codes come by a hidden frame while you are signed in at the
          provider, or by a window that you open. Run it against a provider of your own.
        </p>
        {!signedIn && (
          <Callout
            title="Sign in first"
            actions={
              <Button variant="primary" onClick={onSignIn}>
                Sign in
              </Button>
            }
          >
            <p>Then most checks run silently. Without it, each asks for a window.</p>
          </Callout>
        )}
        <Tally state={state} />
        <Toolbar card={card} state={state} config={config} />
        <CardOptionsForm options={state.options} onChange={card.choose} />
      </header>
      <div className="report-now">
        {busy && (
          <Progress
            label="Progress of the run"
            value={state.total === 0 ? undefined : state.through / state.total}
            text={`${state.through} of ${state.total}`}
          />
        )}
        <Status className="report-status">
          {statusOf(state)}
          {question && <span className="visually-hidden">. {questionTitle(question)}</span>}
        </Status>
        <CardQuestion question={question} busy={busy} within={whole} />
        {state.end !== null && state.end !== 'stopped' && (
          <Alert tone="warn" code="rate_limited" title="The provider asks for fewer requests">
            <p>
              The run stopped at once.{' '}
              {state.end.retryAfter === null
                ? 'Wait before you go on.'
                : `Go on in ${state.end.retryAfter} seconds.`}
            </p>
          </Alert>
        )}
      </div>
      {partNames.map(part => (
        <section key={part} className="report-part" aria-labelledby={`report-${part}`}>
          <h3 id={`report-${part}`}>{parts[part]}</h3>
          <ul>
            {checks
              .filter(check => check.part === part)
              .map(check => (
                <CheckRow
                  key={check.number}
                  check={check}
                  row={state.rows.get(check.number)}
                  running={state.current === check.number}
                  busy={busy}
                  onRun={runOne}
                />
              ))}
          </ul>
        </section>
      ))}
      <section className="report-part" aria-labelledby="report-unseen">
        <h3 id="report-unseen">Not observable from a page, and why</h3>
        <dl className="report-unseen">
          {notObservable.map(({ what, why }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{why}</dd>
            </div>
          ))}
        </dl>
      </section>
    </section>
  )
}

function Tally({ state }: { state: CardState }) {
  if (state.rows.size === 0) return null
  const count = countVerdicts([...state.rows.values()].map(row => row.finding.verdict))
  return (
    <p className="report-tally">
      {verdicts
        .filter(verdict => count[verdict] > 0)
        .map(verdict => (
          <Verdict key={verdict} kind={verdictKinds[verdict]} icon={null}>
            <b>{count[verdict]}</b> {verdictWords[verdict].toLowerCase()}
          </Verdict>
        ))}
    </p>
  )
}

function Toolbar({ card, state, config }: { card: Card; state: CardState; config: ClientConfig }) {
  const report = () => reportOf(config, checks, state.rows, location.origin, Date.now())
  const save = (ending: 'md' | 'json') => {
    const text = ending === 'md' ? asMarkdown(report()) : asJson(report())
    const type = ending === 'md' ? 'text/markdown' : 'application/json'
    saveFile(`report-card-${fileName(new URL(config.issuer).host)}.${ending}`, new Blob([text], { type }))
  }
  const busy = state.status === 'running' || state.status === 'paused'
  const tools = useRef<HTMLDivElement>(null)
  useKeptFocus(tools)
  return (
    <div className="report-tools" ref={tools}>
      {busy ? (
        <>
          {state.status === 'running' ? (
            <Button icon="pause" onClick={card.pause}>
              Pause
            </Button>
          ) : (
            <Button variant="primary" icon="play" onClick={card.goOn}>
              Go on
            </Button>
          )}
          <Button icon="x" onClick={card.stop}>
            Stop
          </Button>
        </>
      ) : (
        <Button variant="primary" icon="play" onClick={() => void card.run()}>
          {state.rows.size === 0 ? 'Run all checks' : 'Run all again'}
        </Button>
      )}
      {state.rows.size > 0 && !busy && (
        <>
          <CopyButton text={() => asMarkdown(report())} label="Copy the report as Markdown">
            Copy the report
          </CopyButton>
          <Button variant="quiet" icon="download" onClick={() => save('md')}>
            Markdown
          </Button>
          <Button variant="quiet" icon="download" onClick={() => save('json')}>
            JSON
          </Button>
        </>
      )}
    </div>
  )
}

function statusOf({ status, current, through, total }: CardState): string {
  const check = checks.find(each => each.number === current)
  switch (status) {
    case 'idle':
      return ''
    case 'paused':
      return `Paused after ${through} of ${total}.`
    case 'done':
      return `Done: ${through} of ${total}.`
    case 'stopped':
      return `Stopped after ${through} of ${total}.`
    case 'running':
      return check ? `${check.number}. ${check.title}` : 'A clean sign-in first'
  }
}
