/** Verdicts, and reading them from answers: never better than what was seen. */
import type { Answer } from '../attack/verdict.ts'
import { isOutage, said } from '../attack/verdict.ts'
import { jsonObject, retryAfterOf } from '../oauth/check.ts'
import type { HttpResponse } from '../oauth/step.ts'
import type { CardVerdict, Finding } from './check.ts'

const finding =
  (verdict: CardVerdict) =>
  (seen: string, note = ''): Finding => ({ verdict, seen, note })

export const safe = finding('safe')
export const unsafe = finding('unsafe')
export const unreadable = finding('unreadable')
export const stayed = finding('stayed')
export const notApplicable = finding('not-applicable')
export const skipped = finding('skipped')

/** Ends a check early with this finding. */
export class CheckEnded extends Error {
  readonly finding: Finding

  constructor(found: Finding) {
    super(found.note)
    this.finding = found
  }
}

/** The provider asks to wait (429): the whole run stops. */
export class TooManyRequests extends Error {
  /** Seconds, as the provider said; null when it did not. */
  readonly retryAfter: number | null

  constructor(response: HttpResponse) {
    super('429')
    this.retryAfter = retryAfterOf(response) ?? null
  }
}

/** True for a status of success without `error` in the body: some providers send errors with 200. */
export const accepted = ({ status, body }: HttpResponse): boolean =>
  status >= 200 && status < 300 && typeof jsonObject(body)?.['error'] !== 'string'

/** Why an answer could not be read, in a sentence. */
export const unread = 'The browser did not let this page read the answer, or none came.'

/**
 * A refusal is safe; what an accepted request means is the caller's to say.
 * @param followUp asks another way when the answer could not be read
 */
export async function refusalOf(
  answer: Answer,
  whenAccepted: (response: HttpResponse, seen: string) => Finding | Promise<Finding>,
  followUp?: () => Promise<Finding>,
): Promise<Finding> {
  if (answer.type === 'unread') return followUp ? followUp() : unreadable(answer.error.code, unread)
  const { response } = answer
  const seen = said(response)
  if (accepted(response)) return whenAccepted(response, seen)
  if (isOutage(response)) return unreadable(seen, 'The server could not answer, which says nothing.')
  return safe(seen)
}
