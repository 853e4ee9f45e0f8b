import { noteOfCheck } from '../explain/check-notes.ts'
import { citationUrl } from '../explain/documents.ts'
import { outcomeNames } from '../explain/labels.ts'
import type { Check, Shown } from '../oauth/step.ts'
import type { Carried, Message } from '../sequence/message.ts'
import { type VerdictKind, VerdictMark } from '../ui/verdict.tsx'
import './checks-tab.css'
import { useFingerprint } from './digest.tsx'
import { valuesNear } from './flow-values.ts'
import { PiecesView } from './piece-view.tsx'
import { piecesOf, piecesOfNamed } from './pieces.ts'
import { Refusal } from './refusal.tsx'
import { ValueChip } from './value-chip.tsx'

const marks: Readonly<Record<Check['outcome'], VerdictKind>> = {
  passed: 'pass',
  failed: 'fail',
  warning: 'warn',
  skipped: 'none',
}

/** Every comparison that was made with this message: what was expected, what came, and where the rule is written. */
export function ChecksTab({ message, messages }: { message: Message; messages: readonly Message[] }) {
  const known = valuesNear(message, messages)
  return (
    <>
      <Refusal message={message} messages={messages} />
      {message.checks.length === 0 ? (
        <p className="inspector-empty">
          {message.status === 'upcoming' ? 'Not run yet.' : 'No check of this app belongs to this message.'}
        </p>
      ) : (
        <>
          <p className="inspector-count">{counted(message.checks)}</p>
          <ul className="inspector-checks">
            {message.checks.map(check => (
              <CheckItem key={`${check.requirement} ${check.name}`} check={check} known={known} />
            ))}
          </ul>
        </>
      )}
      {message.inferred && message.checks.length > 0 && (
        <p className="caption">
          This check belongs to the server. Here it is recomputed from what was sent, beside the answer.
        </p>
      )}
    </>
  )
}

/** `5 passed, 1 failed`. */
function counted(checks: readonly Check[]): string {
  return (['passed', 'failed', 'warning', 'skipped'] as const)
    .map(
      outcome => [checks.filter(check => check.outcome === outcome).length, outcomeNames[outcome]] as const,
    )
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count} ${name}`)
    .join(', ')
}

function CheckItem({ check, known }: { check: Check; known: readonly Carried[] }) {
  const url = citationUrl(check.clause)
  const note = noteOfCheck(check)
  return (
    <li data-outcome={check.outcome}>
      <VerdictMark kind={marks[check.outcome]} icon={check.outcome === 'skipped' ? 'minus' : undefined} />
      <div>
        <p>
          {check.name} <span className="inspector-outcome">{outcomeNames[check.outcome]}</span>
        </p>
        {check.outcome !== 'skipped' && (
          <dl>
            <div>
              <dt>expected</dt>
              <dd>
                <ShownValue shown={check.expected} known={known} />
              </dd>
            </div>
            <div>
              <dt>received</dt>
              <dd>
                <ShownValue shown={check.received} known={known} />
              </dd>
            </div>
          </dl>
        )}
        {note !== null && <p className="inspector-check-note">{note}</p>}
        <small>
          {url === null ? (
            check.clause
          ) : (
            <a href={url} target="_blank" rel="noreferrer">
              {check.clause}
            </a>
          )}
          <code>{check.requirement}</code>
          {check.code !== undefined && <code className="inspector-code-name">{check.code}</code>}
        </small>
      </div>
    </li>
  )
}

function ShownValue({ shown, known }: { shown: Shown; known: readonly Carried[] }) {
  if (typeof shown === 'string') {
    if (shown === '') return <i className="inspector-gone">nothing</i>
    return (
      <span className="inspector-value">
        <PiecesView pieces={piecesOf(shown, known)} />
      </span>
    )
  }
  const [piece] = piecesOfNamed(shown.value, shown.text, shown.text, known)
  return piece?.type === 'value' ? (
    <PrintedChip carried={piece.carried} />
  ) : (
    <i className="inspector-gone">nothing</i>
  )
}

/** A value that no message carries has no fingerprint yet: it is made here, so that two values can be told apart. */
function PrintedChip({ carried }: { carried: Carried }) {
  const made = useFingerprint(carried.fingerprint === null ? carried.text : null)
  return <ValueChip carried={{ ...carried, fingerprint: carried.fingerprint ?? made }} />
}
