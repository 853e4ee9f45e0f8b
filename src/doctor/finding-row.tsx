import { Icon } from '../ui/icon.tsx'
import { type VerdictKind, VerdictMark } from '../ui/verdict.tsx'
import { AddressDiff } from './address-diff.tsx'
import { CompareRegistered } from './compare-registered.tsx'
import { type Change, type Finding, type Level, levelWords } from './finding.ts'
import './finding-row.css'
import { FixLine } from './fix-line.tsx'
import { PasteDocument } from './paste-document.tsx'

const kinds: Record<Level, VerdictKind> = { pass: 'pass', warn: 'warn', fail: 'fail', later: 'none' }

export interface FindingRowProps {
  readonly finding: Finding
  /** Address of the document that can be pasted. */
  readonly documentUrl: string | null
  readonly onChange: (change: Change) => void
  readonly onPaste: (what: 'discovery' | 'keys', text: string) => void
}

/**
 * One finding: open when there is something to do, a line that opens when all is well. What only a sign-in can tell is
 * no finding yet, and has `data-later` in place of `data-finding`.
 */
export function FindingRow(props: FindingRowProps) {
  const { finding } = props
  const { level } = finding
  const open = level === 'fail' || level === 'warn'
  const title = (
    <h3>
      <span className="visually-hidden">{levelWords[level]}: </span>
      {finding.title}
    </h3>
  )
  const evidence = <span className="doctor-seen">{finding.seen}</span>
  return (
    <li
      className={open ? `doctor-finding doctor-finding-open doctor-finding-${level}` : 'doctor-finding'}
      {...(level === 'later'
        ? { 'data-later': finding.code }
        : { 'data-finding': finding.code, 'data-level': level })}
    >
      {open ? (
        <>
          <VerdictMark kind={kinds[level]} />
          {title}
          {evidence}
          <Details {...props} />
        </>
      ) : (
        <details>
          <summary>
            <VerdictMark kind={kinds[level]} />
            {title}
            {evidence}
            <Icon name="down" size="xs" className="doctor-opens" />
          </summary>
          <Details {...props} />
        </details>
      )}
    </li>
  )
}

function Details({ finding, documentUrl, onChange, onPaste }: FindingRowProps) {
  const { fix, compare, paste } = finding
  return (
    <div className="doctor-details">
      <p>{finding.why}</p>
      {compare && <AddressDiff {...compare} />}
      {fix && <FixLine fix={fix} onChange={onChange} />}
      <CompareRegistered fix={fix} />
      {paste && <PasteDocument what={paste} url={documentUrl} onPaste={text => onPaste(paste, text)} />}
    </div>
  )
}
