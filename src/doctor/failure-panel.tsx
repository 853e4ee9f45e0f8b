import { Alert } from '../ui/alert.tsx'
import { Tag } from '../ui/tag.tsx'
import { CompareRegistered } from './compare-registered.tsx'
import { type Cause, type Failure, type Likelihood, providerWords } from './diagnosis.ts'
import type { Change } from './finding.ts'
import './failure-panel.css'
import { FixLine } from './fix-line.tsx'
import { diagnose } from './last-failure.ts'

const words: Record<Likelihood, string> = {
  certain: 'This is it',
  likely: 'Likely',
  possible: 'Possible',
  ruled_out: 'Ruled out',
}

/** The sign-in that failed: the causes in order, the first one open, the rest a line each. */
export function FailurePanel({
  failure,
  onChange,
  onSignIn,
}: {
  failure: Failure
  onChange: (change: Change) => void
  onSignIn: () => void
}) {
  const [first, ...others] = diagnose(failure)
  if (!first) return null
  const said = providerWords(failure.error)
  return (
    <section className="doctor-failure" aria-label="Why the last sign-in stopped">
      <Alert code={failure.error.code} title={first.title}>
        <div className="doctor-cause" data-cause={first.code} data-likelihood={first.likelihood}>
          <CauseBody cause={first} onChange={onChange} onSignIn={onSignIn} />
        </div>
        {said && (
          <p className="doctor-said">
            The provider said: <q>{said}</q>
          </p>
        )}
      </Alert>
      {/* Not within the alert, which would be spoken again with every letter. */}
      <CompareRegistered fix={first.fix} />
      {others.length > 0 && (
        <ul className="doctor-causes" aria-label="Other causes">
          {others.map(cause => (
            <li key={cause.code} data-cause={cause.code} data-likelihood={cause.likelihood}>
              <details>
                <summary>
                  <Tag tone={cause.likelihood === 'ruled_out' ? 'pass' : undefined}>
                    {words[cause.likelihood]}
                  </Tag>
                  {cause.title}
                </summary>
                <div className="doctor-cause">
                  <CauseBody cause={cause} onChange={onChange} onSignIn={onSignIn} />
                  <CompareRegistered fix={cause.fix} />
                </div>
              </details>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function CauseBody({
  cause,
  onChange,
  onSignIn,
}: {
  cause: Cause
  onChange: (change: Change) => void
  onSignIn: () => void
}) {
  return (
    <>
      <p>
        <code className="doctor-cause-seen">{cause.seen}</code>
      </p>
      <p>{cause.why}</p>
      {cause.fix && <FixLine fix={cause.fix} onChange={onChange} onSignIn={onSignIn} />}
    </>
  )
}
