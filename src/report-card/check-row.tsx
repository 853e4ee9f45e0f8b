import { memo, useState } from 'react'
import { clauseUrl } from '../explain/documents.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { ownCode } from '../ui/own-code.tsx'
import { Part } from '../ui/part.tsx'
import { Progress } from '../ui/progress.tsx'
import { type VerdictKind, VerdictMark } from '../ui/verdict.tsx'
import './check-row.css'
import type { CardVerdict, ReportCheck } from './check.ts'
import { verdictWords } from './report-file.ts'
import type { Row } from './runner.ts'

/** The lens is loaded when somebody looks at the evidence. */
const evidenceCode = ownCode(() => import('./check-evidence.tsx'))

export const verdictKinds: Readonly<Record<CardVerdict, VerdictKind>> = {
  safe: 'pass',
  unsafe: 'fail',
  unreadable: 'warn',
  stayed: 'pass',
  'not-applicable': 'none',
  skipped: 'none',
}

export const CheckRow = memo(function CheckRow({
  check,
  row,
  running,
  busy,
  onRun,
}: {
  check: ReportCheck
  row: Row | undefined
  running: boolean
  /** A run is going on, of this check or of others: the button does nothing, and keeps the focus. */
  busy: boolean
  onRun: (number: number) => void
}) {
  const [open, setOpen] = useState(false)
  const verdict = row?.finding.verdict
  const word = running ? 'Running' : verdict ? verdictWords[verdict] : ''
  return (
    <li className="report-row" data-check={check.number} data-verdict={running ? undefined : verdict}>
      <details onToggle={event => setOpen(event.currentTarget.open)}>
        <summary>
          {verdict && !running ? (
            <VerdictMark kind={verdictKinds[verdict]} />
          ) : (
            <span className="report-blank" aria-hidden="true" />
          )}
          <span className="report-number">{check.number}</span>
          <h4>{check.title}</h4>
          <span className="report-seen">
            {word && <b>{word}</b>} <code>{running ? '' : row?.finding.seen}</code>
          </span>
          <Icon name="down" size="xs" className="report-opens" />
        </summary>
        {open && <Details check={check} row={row} />}
      </details>
      <Button
        size="s"
        variant="quiet"
        icon={row ? 'reset' : 'play'}
        aria-disabled={busy || undefined}
        aria-label={`${row ? 'Run again' : 'Run'} check ${check.number}${check.destructive ? ', ends your session' : ''}`}
        onClick={() => busy || onRun(check.number)}
      >
        {row ? 'Again' : 'Run'}
      </Button>
    </li>
  )
})

function Details({ check, row }: { check: ReportCheck; row: Row | undefined }) {
  return (
    <div className="report-details">
      {row?.finding.note && <p className="report-note">{row.finding.note}</p>}
      <dl>
        <dt>Sent</dt>
        <dd>{check.sent}</dd>
        <dt>A safe provider</dt>
        <dd>{check.safeAnswer}</dd>
        <dt>Written in</dt>
        <dd className="report-clauses">
          {check.clauses.map(clause => (
            <a key={clause.section} href={clauseUrl(clause)} target="_blank" rel="noreferrer">
              {clause.document} <span>section {clause.section}</span>
            </a>
          ))}
          <div>
            The text says <b>{row?.finding.level ?? check.level}</b>
          </div>
        </dd>
        {check.story && (
          <>
            <dt>It happened</dt>
            <dd>
              <a href={check.story.url} target="_blank" rel="noreferrer">
                {check.story.text}
              </a>
            </dd>
          </>
        )}
      </dl>
      {check.destructive && (
        <p className="report-caution">
          <Icon name="alert" size="s" /> It ends what you agreed to at the provider, so your session here ends
          too.
        </p>
      )}
      {row && row.steps.length > 0 && (
        <Part
          code={evidenceCode}
          props={{ steps: row.steps }}
          name="The picture of the messages"
          waiting={<Progress label="Loading the messages" />}
        />
      )}
    </div>
  )
}
