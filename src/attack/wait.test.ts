import { describe, expect, it } from 'vitest'
import { waitInRun } from './wait.ts'

type Setting = Parameters<typeof waitInRun>[0]

/** A clock that a test moves, and a person who is told. */
function setUp() {
  const told: [string, number | null][] = []
  const timers = new Set<() => void>()
  const ports: Setting['ports'] = {
    now: () => 1_000,
    after: (_milliseconds, run) => {
      timers.add(run)
      return () => timers.delete(run)
    },
  }
  const person: Setting['person'] = {
    waiting: (why, until, run) => {
      told.push([why, until])
      return run
    },
  }
  return { bench: { ports, person }, told, timers }
}

describe('waiting in a run', () => {
  it('tells the person why and until when, and ends by the clock', async () => {
    const { bench, told, timers } = setUp()
    const waiting = waitInRun(bench, new AbortController().signal, 500, 'Until the token is over')
    expect(told).toEqual([['Until the token is over', 1_500]])
    for (const run of timers) run()
    await waiting
  })

  it('ends with the run, and leaves no timer', async () => {
    const { bench, timers } = setUp()
    const stop = new AbortController()
    const waiting = waitInRun(bench, stop.signal, 500, 'why')
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'run_stopped' })
    expect(timers.size).toBe(0)
  })

  it('does not begin when the run was stopped before', async () => {
    const { bench, timers } = setUp()
    await expect(waitInRun(bench, AbortSignal.abort(), 500, 'why')).rejects.toMatchObject({
      code: 'run_stopped',
    })
    expect(timers.size).toBe(0)
  })

  it('listens no longer once it is over', async () => {
    const { bench, timers } = setUp()
    const stop = new AbortController()
    let listening = 0
    const { addEventListener, removeEventListener } = stop.signal
    stop.signal.addEventListener = (...given: Parameters<typeof addEventListener>) => {
      listening++
      addEventListener.apply(stop.signal, given)
    }
    stop.signal.removeEventListener = (...given: Parameters<typeof removeEventListener>) => {
      listening--
      removeEventListener.apply(stop.signal, given)
    }
    const waiting = waitInRun(bench, stop.signal, 500, 'why')
    expect(listening).toBe(1)
    for (const run of timers) run()
    await waiting
    expect(listening).toBe(0)
  })
})
