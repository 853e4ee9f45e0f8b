import { describe, expect, it, vi } from 'vitest'
import type { Surroundings } from '../attack/lab-ports.ts'
import {
  config,
  idleWindow,
  scriptedChannel,
  scriptedSurroundings,
  silentFrame,
  turns,
} from '../lab/scripted-lab.test-data.ts'
import { type Card, type CardState, createCard } from './card.ts'

const cardOf = (changes: Partial<Surroundings> = {}) =>
  createCard(config, { ...scriptedSurroundings(), watchFrame: silentFrame, ...changes })

/** Resolves with the state in which this is so. */
const until = ({ store }: Card, isSo: (state: CardState) => boolean) =>
  new Promise<CardState>(resolve => {
    const look = (state: CardState) => isSo(state) && resolve(state)
    store.subscribe(look)
    look(store.getState())
  })

const asks = ({ question }: CardState) => question?.type === 'window'

describe('Stop', () => {
  it('at a question answers it, and leaves the turn to whoever is next', async () => {
    const card = cardOf({ alone: turns() })
    const running = card.run([12])
    await until(card, asks)
    card.stop()
    await running
    expect(card.store.getState()).toMatchObject({ status: 'stopped', question: null })
    await card.run([2])
    expect(card.store.getState()).toMatchObject({ status: 'done', through: 1 })
  })

  it('closes the window that is open, and waits no longer for its answer', async () => {
    const card = cardOf({ alone: turns() })
    const opened = idleWindow()
    const running = card.run([12])
    const { question } = await until(card, asks)
    if (question?.type === 'window') question.answer(opened)
    await vi.waitFor(() => expect(opened.go).toHaveBeenCalled())
    card.stop()
    await running
    expect(opened.close).toHaveBeenCalled()
    expect(card.store.getState().status).toBe('stopped')
  })

  it('in the middle of a request: nothing more is sent, and the check is not through', async () => {
    let card: Card | null = null
    let sent = 0
    const { ports } = scriptedSurroundings()
    const fetch: typeof ports.fetch = async (...request) => {
      // Metadata and keys were asked for before: this one is of the check.
      if (++sent === 3) card?.stop()
      return ports.fetch(...request)
    }
    card = cardOf({ ports: { ...ports, fetch } })
    await card.run([1, 2, 3])
    const { status, through, total, rows } = card.store.getState()
    expect({ status, through, total }).toEqual({ status: 'stopped', through: 0, total: 3 })
    expect([...rows].map(([number, { finding }]) => [number, finding.note])).toEqual([[1, 'You stopped it.']])
    expect(sent).toBe(3)
  })

  it('while it is paused ends the run', async () => {
    const card = cardOf()
    const running = card.run([1, 2])
    card.pause()
    card.stop()
    await running
    expect(card.store.getState()).toMatchObject({ status: 'stopped', through: 0 })
  })
})

it('what was told as skipped after a 429 does not count as through', async () => {
  const tooMany = async () => new Response('{}', { status: 429, headers: { 'retry-after': '30' } })
  const card = cardOf({ ports: scriptedSurroundings({ fetch: tooMany }).ports })
  await card.run([1, 2, 3])
  const { status, through, total, rows, end } = card.store.getState()
  expect({ status, through, total, end }).toEqual({
    status: 'stopped',
    through: 0,
    total: 3,
    end: { retryAfter: 30 },
  })
  expect([...rows.values()].map(({ finding }) => finding.verdict)).toEqual(['skipped', 'skipped', 'skipped'])
})

it('what was chosen is of the next run', async () => {
  const card = cardOf()
  const options = { otherClientId: 'other', password: true, patient: false }
  card.choose(options)
  const running = card.run()
  expect(card.store.getState()).toMatchObject({ options, total: 46 })
  card.stop()
  await running
})

describe('a sign-out', () => {
  it('LOUT-02: takes the messages of the checks away, and leaves what came of them', async () => {
    const { channel, signOut } = scriptedChannel()
    const card = cardOf({ ports: scriptedSurroundings({ channel }).ports })
    await card.run([2])
    const before = card.store.getState().rows.get(2)
    expect(before?.steps).not.toEqual([])
    signOut()
    expect(card.store.getState().rows.get(2)).toEqual({ ...before, steps: [] })
  })

  it('stops the run that is under way, whose messages go as well', async () => {
    const { channel, signOut } = scriptedChannel()
    const { ports } = scriptedSurroundings({ channel })
    let sent = 0
    const fetch: typeof ports.fetch = async (...request) => {
      if (++sent === 3) signOut()
      return ports.fetch(...request)
    }
    const card = cardOf({ ports: { ...ports, fetch } })
    await card.run([1, 2])
    expect(card.store.getState().status).toBe('stopped')
    expect([...card.store.getState().rows.values()].flatMap(({ steps }) => steps)).toEqual([])
  })
})
