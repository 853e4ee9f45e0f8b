import { describe, expect, test } from 'vitest'
import { held, refresh, signIn } from '../trace/fixtures.test-data.ts'
import { draw, line, of } from './fixtures.test-data.ts'
import type { Message, MessageKind } from './message.ts'
import { asOf, follow, happened, readingTime, stepFrom } from './playback.ts'

describe('scrubbing', () => {
  test('what comes later is to come again, and holds nothing of what it will hold', async () => {
    const { steps, secrets } = await signIn()
    const messages = draw(steps)
    const count = messages.indexOf(of(messages, 'authorization_response'))
    const then = asOf(messages, count)
    expect(then.map(line)).toEqual(messages.map(line))
    expect(then.slice(0, count)).toEqual(messages.slice(0, count))
    const later = then.slice(count)
    expect(later.every(message => message.status === 'upcoming' && message.checks.length === 0)).toBe(true)
    for (const secret of secrets) expect(JSON.stringify(later)).not.toContain(secret)
    expect(asOf(messages, count)[count]).toBe(then[count])
    expect(asOf(messages, messages.length)).toEqual(messages)
    expect(happened(then)).toBe(count)
    expect(happened(messages)).toBe(18)
  })

  test('nothing tells how it will end', async () => {
    const labelBefore = (messages: readonly Message[], kind: MessageKind) =>
      of(asOf(messages, messages.indexOf(of(messages, kind))), kind).label
    const { steps, flow, values } = await signIn()
    const renewed = draw([...steps, ...(await refresh(flow, values.refreshToken)).steps])
    const refused = draw((await signIn({ failAt: 'token_grant' })).steps)
    const denied = draw((await signIn({ failAt: 'access_denied' })).steps)
    expect(labelBefore(renewed, 'refresh_response')).toBe('200 renewed')
    expect(labelBefore(refused, 'token_response')).toBe('200 tokens')
    expect(labelBefore(refused, 'token_request')).toBe('POST /token')
    expect(labelBefore(denied, 'consent_given')).toBe('Sign in and agree')
    expect(labelBefore(denied, 'authorization_response')).toBe('Redirect to /callback')
    expect(asOf(refused, 2).some(message => message.never)).toBe(false)
    expect(asOf(refused, happened(refused))).toEqual(refused)
  })
})

describe('stepping', () => {
  test('one by one, and no further than the ends', async () => {
    const messages = draw((await signIn()).steps)
    const [first, second] = messages
    expect(stepFrom(messages, null, 1)).toBe(first?.id)
    expect(stepFrom(messages, null, -1)).toBe(messages.at(-1)?.id)
    expect(stepFrom(messages, first?.id ?? '', 1)).toBe(second?.id)
    expect(stepFrom(messages, first?.id ?? '', -1)).toBe(first?.id)
    expect(stepFrom(messages, messages.at(-1)?.id ?? '', 5)).toBe(messages.at(-1)?.id)
    expect(stepFrom([], null, 1)).toBeNull()
  })

  test('the selection follows a ghost that comes true and a held message that is sent', async () => {
    const { steps } = await signIn()
    const before = draw([])
    const after = draw(steps)
    expect(follow(before, after, of(before, 'token_request').id)).toBe(of(after, 'token_request').id)
    const paused = await held()
    const last = paused.steps.at(-1)
    if (last?.kind !== 'held' || last.message.type !== 'request') throw new Error('not held')
    const { flow, flowType, at, message } = last
    const waiting = draw(paused.steps)
    const sent = draw([
      ...paused.steps,
      { kind: 'token_request', flow, flowType, at, exchange: 'x', request: message.request },
    ])
    expect(follow(waiting, sent, of(waiting, 'token_request').id)).toBe(of(sent, 'token_request').id)
    expect(follow(after, after, 'e9')).toBe('e9')
    expect(follow(before, after, 'nothing')).toBeNull()
    expect(follow(before, after, null)).toBeNull()
  })
})

describe('reading speed', () => {
  test('longer texts take longer, within a second and twelve', async () => {
    const message = of(draw((await signIn()).steps), 'token_request')
    expect(readingTime(message, 20)).toBe(20 * 300 + 2 * 300)
    expect(readingTime(message, 0)).toBe(1_000)
    expect(readingTime(message, 500)).toBe(12_000)
  })
})
