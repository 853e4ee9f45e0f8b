/** Counting: who stopped how many, how many guesses were right. */
import type { Party, Stopper } from '../attack/parties.ts'
import type { Outcome } from '../attack/verdict.ts'
import type { Experiment } from './experiment.ts'
import type { Guesses } from './guesses.ts'
import type { Run } from './runner.ts'

export type Runs = Readonly<Record<string, Run>>

export interface Tally {
  readonly blocked: number
  readonly notBlocked: number
  readonly notApplicable: number
  /** Unreadable, or gone wrong. */
  readonly unclear: number
  readonly notRun: number
  readonly by: Readonly<Record<Party, number>>
  readonly guessed: number
  readonly guessedRight: number
}

/** Null when the outcome says neither yes nor no. */
export function isRight(guess: Stopper | undefined, { verdict, by }: Outcome): boolean | null {
  if (guess === undefined || (verdict !== 'blocked' && verdict !== 'not-blocked')) return null
  return guess === (verdict === 'blocked' ? by : 'nobody')
}

export function tally(experiments: readonly Experiment[], runs: Runs, guesses: Guesses): Tally {
  const outcomes = experiments.flatMap(({ id }) => runs[id]?.outcome ?? [])
  const having = (verdict: Outcome['verdict']) => outcomes.filter(each => each.verdict === verdict).length
  const rights = experiments.flatMap(({ id }) => {
    const run = runs[id]
    const right = run ? isRight(guesses[id], run.outcome) : null
    return right === null ? [] : [right]
  })
  const stoppedBy = (party: Party) => outcomes.filter(each => each.by === party).length
  return {
    blocked: having('blocked'),
    notBlocked: having('not-blocked'),
    notApplicable: having('not-applicable'),
    unclear: having('unreadable') + having('error'),
    notRun: experiments.length - outcomes.length,
    by: {
      app: stoppedBy('app'),
      browser: stoppedBy('browser'),
      'authorization-server': stoppedBy('authorization-server'),
      'resource-server': stoppedBy('resource-server'),
    },
    guessed: rights.length,
    guessedRight: rights.filter(Boolean).length,
  }
}
