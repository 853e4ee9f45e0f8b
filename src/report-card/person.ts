/** What a run asks of the person: a window, a look, a decision. One question at a time. */
import type { Person } from '../attack/bench.ts'
import { closesWithRun, createAsk } from '../attack/stopping.ts'
import type { CardWindow } from './card-window.ts'

export type Question =
  | { readonly type: 'window'; readonly why: string; answer(window: CardWindow | null): void }
  /** A window is open at the provider. */
  | { readonly type: 'look'; readonly what: string; answer(seen: 'stayed' | 'came-back'): void }
  | { readonly type: 'waiting'; readonly why: string; readonly until: number | null }
  /** The next checks end the session. */
  | { readonly type: 'announce'; readonly numbers: readonly number[]; answer(goOn: boolean): void }

/** What stands over it, and is spoken. */
export function questionTitle(question: Question): string {
  switch (question.type) {
    case 'window':
      return 'A window is needed'
    case 'look':
      return question.what
    case 'announce':
      return 'The next checks end your session'
    case 'waiting':
      return question.why
  }
}

export interface CardPerson {
  /** A window, opened inside the click; null: the person would rather not. */
  window(why: string): Promise<CardWindow | null>
  /** Asks where the window ended; `done` takes the question away. */
  lookAt(what: string): { readonly answer: Promise<'stayed' | 'came-back'>; done(): void }
  waiting<T>(why: string, until: number | null, run: Promise<T>): Promise<T>
  /** Announces what ends the session. */
  announce(numbers: readonly number[]): Promise<boolean>
}

/**
 * @param show draws the question; null takes it away
 * @param stop the signal of the run that is under way
 */
export function createCardPerson(
  show: (question: Question | null) => void,
  stop: () => AbortSignal,
): CardPerson & Person {
  const ask = createAsk(show, stop)
  const lookAt: CardPerson['lookAt'] = what => ({
    answer: ask<'stayed' | 'came-back'>('stayed', answer => ({ type: 'look', what, answer })),
    done: () => show(null),
  })
  return {
    window: why =>
      closesWithRun(
        stop(),
        ask<CardWindow | null>(null, answer => ({ type: 'window', why, answer })),
      ),
    announce: numbers => ask<boolean>(false, answer => ({ type: 'announce', numbers, answer })),
    lookAt,
    stayed: () => {
      const question = lookAt('Does the window stay on an error page of the provider?')
      // An answer that the page hears itself comes over the channel; only staying is for the person to say.
      const answer = question.answer.then(seen =>
        seen === 'stayed' ? undefined : new Promise<void>(() => {}),
      )
      return { answer, done: question.done }
    },
    look: async () => null,
    async waiting(why, until, run) {
      show({ type: 'waiting', why, until })
      try {
        return await run
      } finally {
        show(null)
      }
    },
  }
}
