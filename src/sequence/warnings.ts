/** What went wrong and stopped nothing: a token that could not be handed back at the sign-out (REV-06). */
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import type { Check, Step, StepKind } from '../oauth/step.ts'
import type { Message } from './message.ts'

/** Whether the flow goes on after a failure at this place. */
export function isNote(during: StepKind): boolean {
  return during === 'revocation_request' || during === 'revocation_response'
}

/** A check that nobody acts on warns. */
export function checksOf(step: Step): readonly Check[] {
  if (!('checks' in step)) return []
  if (!isNote(step.kind)) return step.checks
  return step.checks.map(check => (check.outcome === 'failed' ? { ...check, outcome: 'warning' } : check))
}

/** What a message has to say beside its own words: where it stopped, or what is to be noted. */
export function troubleOf({ error, warning }: Pick<Message, 'error' | 'warning'>): OAuthErrorDetails | null {
  return error ?? warning
}
