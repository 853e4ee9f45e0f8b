/** Who noticed, by which check or answer, and whether the guess was right. */
import type { ReactNode } from 'react'
import { type Stopper, withArticle } from '../attack/parties.ts'
import { Alert } from '../ui/alert.tsx'
import { Callout } from '../ui/callout.tsx'
import { Status } from '../ui/status.tsx'
import type { Detection } from './outcome.ts'

export function OutcomeView({
  outcome,
  tampered,
  prediction,
  wayOn,
}: {
  outcome: Detection | null
  tampered: readonly string[]
  prediction: Stopper | null
  /** the buttons of a refusal with this code */
  wayOn: (code: string) => ReactNode
}) {
  const words = outcome && (
    <>
      <p>
        You changed {namesOf(tampered)}. {reason(outcome)}
      </p>
      {prediction !== null && (
        <p>
          You guessed {prediction === 'nobody' ? prediction : withArticle('the', prediction)}.{' '}
          {prediction === outcome.by ? 'Right.' : 'Not this time.'}
        </p>
      )}
    </>
  )
  return (
    <>
      <Status>
        {outcome?.by === 'nobody' && (
          <Callout tone="warn" title="Nobody noticed">
            {words}
          </Callout>
        )}
      </Status>
      {outcome && outcome.by !== 'nobody' && (
        <Alert
          code={outcome.code}
          tone="pass"
          title={`${withArticle('The', outcome.by)} stopped it`}
          actions={wayOn(outcome.code)}
        >
          {words}
        </Alert>
      )}
    </>
  )
}

/** A parameter that is there twice is one name. */
const namesOf = (tampered: readonly string[]) =>
  [...new Set(tampered)].map(name => (name === 'raw' ? 'the whole text' : name)).join(', ')

function reason({ by, check, answer, clause }: Detection): string {
  const where = clause ? ` This is written in ${clause}.` : ''
  if (by === 'nobody') return 'The change made no difference to anybody who checks.'
  if (by === 'browser') return `The browser did not let the answer through.${where}`
  if (answer !== null) return `It answered ${answer}.${where}`
  return check ? `The check that failed: ${check.name}.${where}` : where.trim()
}
