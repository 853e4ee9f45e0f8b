import { describe, expect, test } from 'vitest'
import type { FlowType } from '../oauth/step.ts'
import type { Entry, Trace } from './entry.ts'
import { fold } from './fold.ts'

const limits = { entries: 20, flows: 5, folded: 3 }

function flowOf(flow: string, flowType: FlowType, length: number, from: number, failed = false): Entry[] {
  return Array.from({ length }, (_, i) => ({
    id: `e${from + i}`,
    seq: from + i,
    tab: 't',
    redacted: false,
    step:
      failed && i === length - 1
        ? { kind: 'failed', flow, flowType, at: from + i, during: 'refresh_request', error: { code: 'x' } }
        : { kind: 'session_changed', flow, flowType, at: from + i, status: 'renewed', reason: '' },
  }))
}

function trace(...flows: Entry[][]): Trace {
  return { entries: flows.flat(), folded: [] }
}

const flowsIn = ({ entries }: Trace) => [...new Set(entries.map(entry => entry.step.flow))]

describe('folding', () => {
  test('a trace that fits stays the same object', () => {
    const small = trace(flowOf('a', 'sign_in', 20, 1))
    expect(fold(small, limits)).toBe(small)
  })

  test('the oldest flows go first, each into one line', () => {
    const all = trace(
      flowOf('prepare', 'prepare', 2, 1),
      flowOf('sign-in', 'sign_in', 3, 3),
      flowOf('r1', 'refresh', 2, 6, true),
      flowOf('r2', 'refresh', 2, 8),
      flowOf('r3', 'refresh', 2, 10),
      flowOf('r4', 'refresh', 2, 12),
    )
    const folded = fold(all, limits)
    expect(flowsIn(folded)).toEqual(['prepare', 'sign-in', 'r2', 'r3', 'r4'])
    expect(folded.folded).toEqual([
      { flow: 'r1', flowType: 'refresh', startedAt: 6, endedAt: 7, messages: 0, failed: true },
    ])
  })

  test('the current sign-in and the preparation it used stay whole, whatever their age', () => {
    const many = Array.from({ length: 30 }, (_, i) => flowOf(`r${i}`, 'refresh', 2, 10 + 2 * i))
    const folded = fold(trace(flowOf('p', 'prepare', 2, 1), flowOf('s', 'sign_in', 6, 3), ...many), limits)
    expect(flowsIn(folded).slice(0, 2)).toEqual(['p', 's'])
    expect(folded.entries.filter(entry => entry.step.flow === 's')).toHaveLength(6)
    expect(folded.entries.length).toBeLessThanOrEqual(20)
  })

  test('an older sign-in is folded when a newer one has begun', () => {
    const folded = fold(trace(flowOf('s1', 'sign_in', 12, 1), flowOf('s2', 'sign_in', 12, 13)), limits)
    expect(flowsIn(folded)).toEqual(['s2'])
  })

  test('one endless flow is bounded too: its beginning and its newest entries stay', () => {
    const endless = { entries: flowOf('s', 'sign_in', 500, 1), folded: [] }
    const folded = fold(endless, { ...limits, entries: 150 })
    expect(folded.entries).toHaveLength(150)
    expect(folded.entries[0]?.id).toBe('e1')
    expect(folded.entries.at(-1)?.id).toBe('e500')
    const again = fold(
      { ...folded, entries: [...folded.entries, ...flowOf('s', 'sign_in', 50, 501)] },
      { ...limits, entries: 150 },
    )
    expect(again.entries).toHaveLength(150)
    expect(again.folded).toHaveLength(1)
    expect(again.folded[0]).toMatchObject({ flow: 's', startedAt: 101 })
  })

  test('the summaries are bounded: the oldest two become one, and no message is lost from the count', () => {
    const many = Array.from({ length: 12 }, (_, i) => flowOf(`r${i}`, 'refresh', 1, i + 1))
    const folded = fold(trace(...many), limits)
    expect(folded.folded).toHaveLength(3)
    expect(folded.folded.reduce((sum, line) => sum + (line.flows ?? 1), 0)).toBe(7)
    expect(folded.folded[0]).toMatchObject({ flow: 'r0', startedAt: 1, endedAt: 5, flows: 5 })
  })
})
