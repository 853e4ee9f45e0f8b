import { type ReactNode, type RefObject, useRef } from 'react'
import type { ClientConfig } from '../oauth/client-config.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { duration } from '../ui/format.ts'
import { Progress } from '../ui/progress.tsx'
import { Status } from '../ui/status.tsx'
import { useKeptFocus } from '../ui/use-kept-focus.tsx'
import { Verdict, type VerdictKind } from '../ui/verdict.tsx'
import './doctor-panel.css'
import { byUrgency, type Change, countLevels, type Level } from './finding.ts'
import { FindingRow } from './finding-row.tsx'
import { discoveryUrl } from './metadata.ts'
import { report } from './report.ts'
import type { Examination } from './use-examination.tsx'

const sums: readonly (readonly [Level, VerdictKind, string])[] = [
  ['fail', 'fail', 'to fix'],
  ['warn', 'warn', 'to know'],
  ['pass', 'pass', 'well'],
  ['later', 'none', 'later'],
]

/** The findings of one examination, as they come, with a sum and a report to copy. */
export function DoctorPanel({
  config,
  examination,
  changed,
  origin,
  onChange,
  onPaste,
}: {
  config: ClientConfig | null
  examination: Examination | null
  /** The form holds something else than what was examined. */
  changed: boolean
  origin: string
  onChange: (change: Change) => void
  onPaste: (what: 'discovery' | 'keys', text: string) => void
}) {
  const box = useRef<HTMLElement>(null)
  // The button of a finding goes with the finding when it is pressed.
  useKeptFocus(box, 'h2')
  if (!config || !examination)
    return (
      <Frame box={box} line="Nothing has been asked yet" said="">
        <p className="doctor-empty">
          Fill in the issuer and the client ID, then press Check. The doctor asks from this tab, the way the
          sign-in will, and keeps nothing.
        </p>
      </Frame>
    )
  const { findings, progress, took } = examination
  const running = took === null
  const count = countLevels(findings)
  // A question that needs the discovery document is not asked without one.
  const asked = new Set(findings.map(each => each.question)).size
  const line = running
    ? `${progress.done} of ${progress.of} questions`
    : `${asked} questions, ${duration(took)}, asked from this tab${changed ? ', before your last change' : ''}`
  return (
    <Frame
      box={box}
      line={line}
      said={
        running
          ? 'The doctor is asking'
          : `Done: ${count.fail} to fix, ${count.warn} to know, ${count.pass} well.`
      }
      sum={sums.map(
        ([level, kind, word]) =>
          (count[level] > 0 || level === 'fail') && (
            <Verdict key={level} kind={count[level] > 0 ? kind : 'none'} icon={null}>
              <b>{count[level]}</b> {word}
            </Verdict>
          ),
      )}
    >
      <div className="doctor-progress">
        {running && (
          <Progress
            label="Questions asked"
            value={progress.done / progress.of}
            text={`${progress.done} of ${progress.of}`}
          />
        )}
      </div>
      <ul className="doctor-findings" aria-label="Findings" aria-busy={running}>
        {byUrgency(findings).map(finding => (
          <FindingRow
            key={`${finding.question} ${finding.code} ${finding.title}`}
            finding={finding}
            documentUrl={finding.paste === 'discovery' ? discoveryUrl(config.issuer) : null}
            onChange={onChange}
            onPaste={onPaste}
          />
        ))}
      </ul>
      {!running && (
        <div className="doctor-foot">
          <CopyButton text={() => report(config, findings, examination.at, origin)} label="Copy the report">
            Copy the report
          </CopyButton>
          <span>It holds no secret.</span>
        </div>
      )}
    </Frame>
  )
}

function Frame({
  box,
  line,
  said,
  sum,
  children,
}: {
  box: RefObject<HTMLElement | null>
  line: string
  /** Spoken when it changes. */
  said: string
  sum?: ReactNode
  children: ReactNode
}) {
  return (
    <section ref={box} id="doctor" className="doctor" aria-labelledby="doctor-title">
      <div className="doctor-head">
        <div>
          <h2 id="doctor-title" tabIndex={-1}>
            Doctor
          </h2>
          <p>{line}</p>
        </div>
        <div className="doctor-sum">{sum}</div>
      </div>
      <Status quiet>{said}</Status>
      {children}
    </section>
  )
}
