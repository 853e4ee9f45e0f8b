import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Step } from '../oauth/step.ts'
import { app, signIn } from '../trace/fixtures.test-data.ts'
import { draw, of, real } from './fixtures.test-data.ts'
import { timing, zeroOf } from './timing.ts'

describe('the waterfall', () => {
  test('one row for each exchange, from the start of the story', async () => {
    const messages = draw((await signIn()).steps)
    const rows = timing(messages, app)
    expect(rows.map(row => row.kind)).toEqual([
      'discovery_request',
      'pkce_created',
      'transaction_created',
      'authorization_request',
      'authorization_response_checked',
      'token_request',
      'keys_request',
      'id_token_checked',
      'profile_request',
    ])
    expect(rows[0]).toMatchObject({ start: 0, duration: 43, waitedFor: null, waited: null })
    expect(rows.every(row => row.start >= 0 && (row.duration ?? 0) >= 0)).toBe(true)
    const away = rows.find(row => row.kind === 'authorization_request')
    expect(away?.answerId).toBe(of(messages, 'authorization_response').id)
    expect(away?.duration).toBeGreaterThan(2_000)
  })

  test('counts from the same moment as the diagram: what was prepared ahead comes before zero', async () => {
    const steps = (await signIn()).steps.map(
      (step): Step =>
        /^(discovery|keys)_/.test(step.kind) ? { ...step, flow: 'ahead', flowType: 'prepare' } : step,
    )
    const messages = draw(steps)
    const rows = timing(messages, app)
    const zero = zeroOf(messages) ?? 0
    expect(rows.find(row => row.kind === 'discovery_request')?.start).toBeLessThan(0)
    expect(rows.map(row => row.start)).toEqual(
      rows.map(row => (messages.find(({ id }) => id === row.messageId)?.at ?? 0) - zero),
    )
  })

  test('what waited for what: the keys did not wait for the tokens, the check waited for both', async () => {
    const messages = draw((await signIn()).steps)
    const rows = timing(messages, app)
    const row = (kind: string) => rows.find(each => each.kind === kind)
    expect(row('token_request')?.waitedFor).toBe(of(messages, 'authorization_response_checked').id)
    expect(row('keys_request')?.waitedFor).toBe(of(messages, 'authorization_response_checked').id)
    expect(row('authorization_response_checked')?.waitedFor).toBe(of(messages, 'authorization_request').id)
    expect(['token_request', 'keys_request'].map(kind => row(kind)?.messageId)).toContain(
      row('id_token_checked')?.waitedFor,
    )
    expect(row('profile_request')?.waitedFor).toBe(of(messages, 'id_token_checked').id)
    expect(rows.slice(1).every(each => (each.waited ?? -1) >= 0)).toBe(true)
  })

  test('a preflight is hidden from a script, and said to be: a header of its own on another origin', async () => {
    const rows = timing(draw((await signIn({ useDpop: true })).steps), app)
    const preflight = (kind: string) => rows.find(row => row.kind === kind)?.preflight
    expect(preflight('token_request')).toBe('none')
    expect(preflight('discovery_request')).toBe('none')
    expect(preflight('profile_request')).toBe('hidden')
    expect(preflight('authorization_request')).toBeNull()
    const json = (await signIn()).steps.map(
      (step): Step =>
        step.kind === 'token_request'
          ? { ...step, request: { ...step.request, headers: { 'content-type': 'application/json' } } }
          : step,
    )
    expect(timing(draw(json), app).find(row => row.kind === 'token_request')?.preflight).toBe('hidden')
    expect(
      timing(draw(json), 'http://localhost:9000').find(row => row.kind === 'token_request')?.preflight,
    ).toBe('none')
  })

  test('what has no answer yet has no duration, and nothing waits for it', async () => {
    const { steps } = await signIn()
    const rows = timing(draw(steps.slice(0, 2)), app)
    expect(rows).toMatchObject([{ kind: 'discovery_request', duration: null }])
    expect(timing(draw([]), app)).toEqual([])
  })

  test('whatever the clocks say, each waited for what was over by then and ended last', async () => {
    const some = draw((await signIn()).steps).filter(message => message.at !== null && !message.inferred)
    const times = fc.array(fc.record({ at: fc.nat(60), duration: fc.option(fc.nat(20)) }), { maxLength: 30 })
    fc.assert(
      fc.property(times, list => {
        const messages = list.flatMap(({ at, duration }, i) => {
          const message = some[i % some.length]
          return message ? [{ ...message, id: `m${i}`, answers: null, at, duration }] : []
        })
        const rows = timing(messages, app)
        rows.forEach((row, i) => {
          const over = rows
            .slice(0, i)
            .flatMap(({ messageId, start, duration }) =>
              duration === null ? [] : [{ messageId, end: start + duration }],
            )
            .filter(({ end }) => end <= row.start)
          const last = Math.max(...over.map(({ end }) => end))
          const expected = over.findLast(({ end }) => end === last)
          expect(row.waitedFor).toBe(expected?.messageId ?? null)
          expect(row.waited).toBe(expected ? row.start - expected.end : null)
        })
      }),
    )
  })

  test('inferred messages are not measured', async () => {
    const messages = draw((await signIn()).steps)
    const inferred = new Set(
      real(messages)
        .filter(message => message.inferred)
        .map(message => message.id),
    )
    expect(timing(messages, app).some(row => inferred.has(row.messageId))).toBe(false)
  })
})
