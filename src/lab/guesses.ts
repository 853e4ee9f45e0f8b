/** What the person said before each run, kept in this browser: no secret. */
import { type Stopper, stoppers } from '../attack/parties.ts'
import { jsonObject } from '../oauth/check.ts'
import type { KeyValueStore } from '../session/ports.ts'

export type Guesses = Readonly<Record<string, Stopper>>

const key = 'pkce-lens.guesses'

/** Anything that is not a guess is passed over. */
export function readGuesses(storage: Pick<KeyValueStore, 'get'>): Guesses {
  return Object.fromEntries(
    Object.entries(jsonObject(storage.get(key)) ?? {}).flatMap(([id, value]) => {
      const guess = stoppers.find(each => each === value)
      return guess ? [[id, guess]] : []
    }),
  )
}

export function writeGuesses(storage: Pick<KeyValueStore, 'set' | 'remove'>, guesses: Guesses): void {
  if (Object.keys(guesses).length === 0) storage.remove(key)
  else storage.set(key, JSON.stringify(guesses))
}
