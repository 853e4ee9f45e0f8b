import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Step } from '../oauth/step.ts'
import {
  failurePlaces,
  held,
  refresh,
  signIn,
  signOut,
  silentWithoutSession,
  use,
} from '../trace/fixtures.test-data.ts'
import { draw, expectation, fingerprint, of, traceOf } from './fixtures.test-data.ts'
import type { Message } from './message.ts'
import { sequence } from './sequence.ts'

describe('work', () => {
  async function manyFlows(entries: number): Promise<Step[]> {
    const { steps, flow, values } = await signIn()
    const all = [...steps]
    let spent = values.refreshToken
    while (all.length < entries) {
      const renewed = await refresh(flow, spent)
      all.push(...renewed.steps)
      spent = renewed.refreshToken
    }
    return all.slice(0, entries)
  }

  test('10,000 entries that come one flow after another: every value is looked at a bounded number of times', {
    timeout: 120_000,
  }, async () => {
    const trace = traceOf(await manyFlows(10_000))
    let calls = 0
    const counting = (text: string) => {
      calls++
      return fingerprint(text)
    }
    const values = new Set<string>()
    for (let length = 400; length <= 10_000; length += 400) {
      const messages = sequence({ ...trace, entries: trace.entries.slice(0, length) }, expectation, counting)
      for (const message of messages)
        for (const carried of message.carried) values.add(`${message.id} ${carried.fingerprint}`)
    }
    expect(values.size).toBeGreaterThan(7_000)
    expect(calls).toBeLessThan(values.size * 1.2)
    const before = calls
    sequence(trace, expectation, counting)
    expect(calls).toBe(before)
  })

  test('what did not change is the same object', async () => {
    const trace = traceOf(await manyFlows(200))
    const before = sequence({ ...trace, entries: trace.entries.slice(0, 150) }, expectation, fingerprint)
    const after = sequence({ ...trace, entries: trace.entries.slice(0, 154) }, expectation, fingerprint)
    const known = new Set(before)
    expect(after.filter(message => !known.has(message)).length).toBeLessThan(12)
    expect(sequence(trace, expectation, fingerprint)).toEqual(sequence(trace, expectation, fingerprint))
  })

  test('a value whose hash is not there yet is looked at again', async () => {
    const trace = traceOf((await signIn()).steps)
    const hashes = new Map<string, string>()
    const known = (text: string) => hashes.get(text) ?? null
    expect(of(sequence(trace, expectation, known), 'pkce_created').carried[0]?.fingerprint).toBeNull()
    for (const message of sequence(trace, expectation, fingerprint))
      for (const { text, fingerprint: mark } of message.carried)
        if (text !== null && mark !== null) hashes.set(text, mark)
    expect(of(sequence(trace, expectation, known), 'pkce_created').carried[0]?.fingerprint).not.toBeNull()
  })
})

describe('whatever is told', () => {
  test('no subset and no order of steps breaks the picture', { timeout: 120_000 }, async () => {
    const signedIn = await signIn({ usePar: true, useDpop: true, userinfo: true })
    const renewed = await refresh(signedIn.flow, signedIn.values.refreshToken)
    const failed = await Promise.all(failurePlaces.map(failAt => signIn({ failAt })))
    const all: Step[] = [
      ...signedIn.steps,
      ...renewed.steps,
      ...use(renewed.accessToken),
      ...signOut(signedIn.flow, { ...signedIn.values, ...renewed }),
      ...failed.flatMap(story => story.steps.slice(-3)),
      ...(await held()).steps.slice(-2),
      ...(await silentWithoutSession()).steps.slice(-3),
    ]
    const numbers = (messages: readonly Message[]) =>
      messages.map(message => message.number.split('.').map(Number))
    fc.assert(
      fc.property(fc.shuffledSubarray(all), fc.boolean(), (steps, oneFlow) => {
        const told = oneFlow ? steps.map(step => ({ ...step, flow: 'one' })) : steps
        const messages = draw(told)
        expect(new Set(messages.map(message => message.id)).size).toBe(messages.length)
        const pairs = numbers(messages).map(([act = 0, place = 0]) => act * 10_000 + place)
        expect(pairs).toEqual([...pairs].sort((a, b) => a - b))
        expect(new Set(pairs).size).toBe(pairs.length)
        const firstGhost = messages.findIndex(message => message.status === 'upcoming')
        if (firstGhost >= 0)
          expect(messages.slice(firstGhost).every(message => message.status === 'upcoming')).toBe(true)
        expect(
          messages.every(message => message.label !== undefined && !message.label.includes('undefined')),
        ).toBe(true)
      }),
      { numRuns: 400 },
    )
  })
})
