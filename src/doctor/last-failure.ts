/** From the error of a failed sign-in to causes in order of likelihood. */
import { byLikelihood, type Cause, type Failure, placeOf, providerText } from './diagnosis.ts'
import { demandCauses } from './failure-demand.ts'
import { exchangeCauses, resourceCauses } from './failure-exchange.ts'
import { returnCauses } from './failure-return.ts'
import { fixAt, fixBy } from './finding.ts'
import { notReachedCauses } from './not-reached.ts'

/**
 * Diagnoses a failure. There is always at least one cause; the provider's own meaning of its words comes first.
 * @returns most likely first; `ruled_out` last, so that people see what was compared
 */
export function diagnose(failure: Failure): Cause[] {
  const { error, facts, words } = failure
  const unreached = notReachedCauses(failure)
  if (unreached.length > 0) return unreached
  const demanded = demandCauses(failure)
  if (demanded.length > 0) return demanded
  const own = facts.preset.errors.find(each => providerText(error).includes(each.code))
  const causes = [...exchangeCauses(failure), ...resourceCauses(failure), ...returnCauses(failure)]
  if (causes.length > 0) return byLikelihood(causes)
  return [
    {
      code: own ? 'provider_says' : 'unexplained',
      likelihood: own ? 'likely' : 'possible',
      title: own
        ? `${facts.preset.name} says ${own.code}`
        : (words?.title ?? 'The sign-in stopped, and no cause is known'),
      seen: providerText(error) || error.code,
      why:
        own?.meaning ||
        [
          words?.text,
          error.expected && `The app expected this: ${error.expected}.`,
          error.clause && `It is written in ${error.clause}.`,
        ]
          .filter(Boolean)
          .join(' ') ||
        'The lens shows the message where it stopped.',
      fix: own?.place
        ? fixAt('This is the setting that it is about.', placeOf(facts, own.place))
        : fixBy(
            words?.advice ?? 'Open the lens at the message that failed, and check the provider again below.',
          ),
    },
  ]
}

export type { Failure }
