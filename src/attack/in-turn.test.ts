import { describe, expect, it } from 'vitest'
import { scriptedSurroundings } from '../lab/scripted-lab.test-data.ts'
import type { Person } from './bench.ts'
import { inTurn } from './in-turn.ts'
import type { Surroundings } from './lab-ports.ts'

/** What the person is told, in order; null: no longer. */
function listener() {
  const told: (string | null)[] = []
  const waiting: Person['waiting'] = async (why, _until, run) => {
    told.push(why)
    try {
      return await run
    } finally {
      told.push(null)
    }
  }
  return { told, person: { waiting } }
}

describe('taking turns', () => {
  it('says why nothing happens until the turn has come', async () => {
    const { told, person } = listener()
    let begin = () => {}
    const alone: Surroundings['alone'] = async (run, _stop, onWait) => {
      const turn = new Promise<void>(resolve => {
        begin = resolve
      })
      onWait(turn)
      await turn
      return run()
    }
    const surroundings = { ...scriptedSurroundings(), alone }
    const running = inTurn(surroundings, person, new AbortController().signal, async () => told.length)
    expect(told).toEqual(['Waiting for other experiments in this browser'])
    begin()
    await expect(running).resolves.toBeGreaterThan(0)
    expect(told.at(-1)).toBeNull()
  })

  it('says nothing where nobody else is at it', async () => {
    const { told, person } = listener()
    const signal = new AbortController().signal
    await expect(inTurn(scriptedSurroundings(), person, signal, async () => 'ran')).resolves.toBe('ran')
    expect(told).toEqual([])
  })
})
