/** A provider decides how long its texts are, and a copy of each is made again whenever a name of a person is told. */
import type { Step } from '../oauth/step.ts'
import { parse } from './guard.ts'
import { isApi } from './secret-places.ts'
import { step as stepGuard } from './step-guard.ts'

/** Signs; of what is shorter, 16 KiB of a body are stored at most. */
const longest = 65_536

/** `step`, or a copy in which a placeholder stands for every text that is too long to be looked through. */
export function withoutLongTexts(step: Step): Step {
  const kind = isApi(step) ? 'personal' : 'secret'
  let found = false
  const short = JSON.stringify(step, (_, value: unknown) => {
    if (typeof value !== 'string' || value.length <= longest) return value
    found = true
    return `redacted.${kind}.${value.length}`
  })
  return found ? parse(stepGuard, JSON.parse(short), 'step') : step
}
