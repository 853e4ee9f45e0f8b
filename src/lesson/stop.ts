/** What a stop of the lesson is: words to read, a prediction to make, and what happens when the learner goes on. */
import type { DocumentName } from '../explain/documents.ts'
import type { StepKind } from '../oauth/step.ts'
import type { Breakpoint } from '../pause/breakpoints.ts'

export interface Option {
  readonly id: string
  readonly text: string
  /** Shown afterwards to whoever chose it: why it is right, or what is wrong with it. */
  readonly why: string
}

export interface Question {
  readonly ask: string
  readonly options: readonly Option[]
  /** Id of the right option; `run`: the attack that follows decides. */
  readonly right: string
}

/** What the button at the end of a stop does before the next stop comes. */
export type Go =
  /** Nothing: the next stop is about the same moment. */
  | 'next'
  /** Begins the sign-in. */
  | 'sign-in'
  /** Lets the held message go, as it is. */
  | 'send'
  /** Renews the tokens. */
  | 'renew'
  /** Runs the attack that the stop names. */
  | 'attack'

/** Texts may hold `{{code_verifier}}`, drawn as the chip of that value, and words in backticks. */
export interface Stop {
  readonly id: string
  readonly title: string
  /** Paragraphs before the question. */
  readonly say: readonly string[]
  readonly question: Question
  /** Paragraphs after it. */
  readonly reveal: readonly string[]
  readonly clauses: readonly { readonly document: DocumentName; readonly section: string }[]
  /** The message that waits while this stop is read; one of these kinds. */
  readonly held?: readonly Breakpoint[]
  /** Somebody has to be signed in. */
  readonly signedIn?: true
  /** What to look at, the first of these that has happened; the held message when left out. */
  readonly look?: readonly [StepKind, ...StepKind[]]
  readonly tab: 'explain' | 'http' | 'checks'
  readonly go: Go
  readonly goLabel: string
  /** Id of the experiment that is run. */
  readonly attack?: string
  /** The learner points at the message in which the attack ended. */
  readonly catches?: true
}
