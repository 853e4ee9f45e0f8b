/** Who noticed, by which check or answer, and whether the guess was right. */
import { type Stopper, withArticle } from '../attack/parties.ts'
import { Callout } from '../ui/callout.tsx'
import { Status } from '../ui/status.tsx'
import type { Detection } from './outcome.ts'

export function OutcomeView({
  outcome,
  tampered,
  prediction,
}: {
  outcome: Detection | null
  tampered: readonly string[]
  prediction: Stopper | null
}) {
  return (
    <Status>
      {outcome && (
        <Callout
          tone={outcome.by === 'nobody' ? 'warn' : 'pass'}
          title={outcome.by === 'nobody' ? 'Nobody noticed' : `${withArticle('The', outcome.by)} stopped it`}
          aside={outcome.code && <code>{outcome.code}</code>}
        >
          <p>
            You changed {tampered.join(', ')}. {reason(outcome)}
          </p>
          {prediction !== null && (
            <p>
              You guessed {prediction === 'nobody' ? prediction : withArticle('the', prediction)}.{' '}
              {prediction === outcome.by ? 'Right.' : 'Not this time.'}
            </p>
          )}
        </Callout>
      )}
    </Status>
  )
}

function reason({ by, check, answer, clause }: Detection): string {
  const where = clause ? ` This is written in ${clause}.` : ''
  if (by === 'nobody') return 'The change made no difference to anybody who checks.'
  if (by === 'browser') return `The browser did not let the answer through.${where}`
  if (answer !== null) return `It answered ${answer}.${where}`
  return check ? `The check that failed: ${check.name}.${where}` : where.trim()
}
