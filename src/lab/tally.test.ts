import { describe, expect, it } from 'vitest'
import { memoryStore } from '../attack/lab-ports.ts'
import { blocked, failed, notApplicable, notBlocked, unreadable } from '../attack/verdict.ts'
import { readGuesses, writeGuesses } from './guesses.ts'
import { experimentOf, runOf } from './scripted-lab.test-data.ts'
import { isRight, tally } from './tally.ts'

describe('the score', () => {
  const experiments = ['a', 'b', 'c', 'd', 'e', 'f'].map(id => experimentOf({ id }))
  const runs = {
    a: runOf('a', blocked('app', 'x')),
    b: runOf('b', notBlocked('200')),
    c: runOf('c', notApplicable('needs_dpop', '')),
    d: runOf('d', unreadable('no_answer', '')),
    e: runOf('e', failed('unexpected', '')),
  }

  it('counts what is certain apart from what is not', () => {
    expect(tally(experiments, runs, {})).toMatchObject({
      blocked: 1,
      notBlocked: 1,
      notApplicable: 1,
      unclear: 2,
      notRun: 1,
      by: { app: 1, browser: 0, 'authorization-server': 0, 'resource-server': 0 },
      guessed: 0,
    })
  })

  it('judges guesses only where there was an answer', () => {
    const guesses = { a: 'browser', b: 'nobody', c: 'app', d: 'app', f: 'app' } as const
    expect(tally(experiments, runs, guesses)).toMatchObject({ guessed: 2, guessedRight: 1 })
    expect(isRight('app', blocked('app', 'x'))).toBe(true)
    expect(isRight(undefined, blocked('app', 'x'))).toBeNull()
    expect(isRight('nobody', unreadable('x', ''))).toBeNull()
  })
})

describe('guesses', () => {
  it('are kept and read back', () => {
    const store = memoryStore()
    writeGuesses(store, { a: 'app', b: 'nobody' })
    expect(readGuesses(store)).toEqual({ a: 'app', b: 'nobody' })
    writeGuesses(store, {})
    expect(store.keys()).toEqual([])
  })

  it.each([null, 'nonsense', '[]', '{"a":"somebody","b":7,"c":"app"}'])(
    'are read from %s without harm',
    kept => {
      expect(readGuesses({ get: () => kept })).toEqual(kept?.includes('"c"') ? { c: 'app' } : {})
    },
  )
})
