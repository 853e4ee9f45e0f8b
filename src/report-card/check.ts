/** What a row of the report card is: words about one question to the provider, and the function that asks it. */
import type { Citation } from '../explain/documents.ts'
import type { CardTools } from './card-tools.ts'

/** Unreadable is never safe. `stayed`: the provider kept the browser, and the person said so. */
export const verdicts = ['safe', 'unsafe', 'unreadable', 'stayed', 'not-applicable', 'skipped'] as const
export type CardVerdict = (typeof verdicts)[number]

/** How strongly the documents ask for it. */
export const levels = ['must', 'should', 'may'] as const
export type Level = (typeof levels)[number]

export interface Finding {
  readonly verdict: CardVerdict
  /** As it was said: `400 invalid_grant`. */
  readonly seen: string
  /** What it means, or why nothing can be said; empty when the verdict speaks for itself. */
  readonly note: string
  /** Where what was found breaks less than the strongest clause of the check. */
  readonly level?: Level
}

/** The order of the parts is the order of the run: harmless reads first. */
export const parts = {
  metadata: 'What it says of itself',
  authorize: 'The authorization request',
  token: 'The token request',
  renewal: 'Renewal and the end',
  tokens: 'Tokens and the API',
} as const
export type Part = keyof typeof parts

/** What must be there for the answer to mean something; the runner looks before it asks. */
export type Need =
  /** A clean sign-in that works: the control. */
  'control' | 'refresh-token' | 'revocation' | 'userinfo' | 'api' | 'dpop' | 'par' | 'end-session'

export interface ReportCheck {
  /** Stable: the number in the list of provider checks. */
  readonly number: number
  readonly part: Part
  readonly title: string
  /** What is sent, with the one thing that differs from a clean request. */
  readonly sent: string
  /** What a safe provider answers. */
  readonly safeAnswer: string
  readonly clauses: readonly Citation[]
  /** Of the strongest clause. */
  readonly level: Level
  readonly needs: readonly Need[]
  /** Asks the person to press a button and to look at a window. */
  readonly window?: true
  /** Ends what the person agreed to, so their own session ends too. Runs last, and is announced. */
  readonly destructive?: true
  /** Runs only when the person chose it. */
  readonly optIn?: true
  /** A fault that really was in a product. */
  readonly story?: { readonly text: string; readonly url: string }
  run(tools: CardTools): Promise<Finding>
}
