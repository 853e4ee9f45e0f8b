import { describe, expect, test } from 'vitest'
import type { Step } from '../oauth/step.ts'
import type { Trace } from '../trace/entry.ts'
import { refresh, signIn, signOut, use } from '../trace/fixtures.test-data.ts'
import { draw, expectation, fingerprint, line, of, real, traceOf } from './fixtures.test-data.ts'
import { sequence, storyMessages } from './sequence.ts'
import { stories } from './stories.ts'

describe('one story after another', () => {
  test('renewals append with rising numbers; acts never go back', async () => {
    const { steps, flow, values } = await signIn()
    const one = await refresh(flow, values.refreshToken)
    const two = await refresh(flow, one.refreshToken)
    const messages = real(
      draw([...steps, ...use(values.accessToken), ...one.steps, ...use(one.accessToken), ...two.steps]),
    )
    expect(messages.slice(-11).map(line)).toEqual([
      '5.3 200 profile',
      '5.4 GET /notes',
      '5.5 Check token and scope',
      '5.6 200 answer',
      '6.1 POST /token, refresh',
      '6.2 200 rotated',
      '6.3 GET /notes',
      '6.4 Check token and scope',
      '6.5 200 answer',
      '6.6 POST /token, refresh',
      '6.7 200 rotated',
    ])
  })

  test('RT-10: the same refresh token once more is no rotation', async () => {
    const { steps, flow, values } = await signIn()
    const { steps: renewal } = await refresh(flow, values.refreshToken)
    const lasting = renewal.map(
      (step): Step =>
        step.kind === 'refresh_response'
          ? {
              ...step,
              response: {
                ...step.response,
                body: JSON.stringify({ access_token: 'a', refresh_token: values.refreshToken }),
              },
            }
          : step,
    )
    const labels = (each: readonly Step[]) =>
      draw([...steps, ...each]).filter(message => message.kind === 'refresh_response')
    expect([labels(renewal)[0]?.label, labels(lasting)[0]?.label]).toEqual(['200 rotated', '200 renewed'])
  })

  test('a new attempt begins a new story, with what was prepared for it', async () => {
    const failed = await signIn({ failAt: 'state' })
    const good = await signIn()
    const [prepared] = good.steps.filter(step => step.kind === 'discovery_request')
    if (prepared === undefined) throw new Error('no discovery')
    const trace = traceOf([
      ...failed.steps,
      { ...prepared, flow: 'p', flowType: 'prepare', exchange: 'p' },
      ...good.steps,
    ])
    const told = stories(trace)
    expect(told.map(story => story.id)).toEqual([failed.flow, good.flow])
    expect(told[1]?.entries[0]?.step.flow).toBe('p')
    const now = sequence(trace, expectation, fingerprint)
    expect(now.every(message => message.flow !== failed.flow)).toBe(true)
    const [before] = told
    if (before === undefined) throw new Error('no story')
    expect(storyMessages(before, null, fingerprint).map(message => message.error?.code ?? null)).toContain(
      'auth_response_state_mismatch',
    )
  })

  test('what is prepared after a sign-out waits for the next story', async () => {
    const { steps, flow, values } = await signIn()
    const [asked] = steps.filter(step => step.kind === 'discovery_request')
    if (asked === undefined) throw new Error('no discovery')
    const prepared: Step = { ...asked, flow: 'p', flowType: 'prepare', exchange: 'p' }
    const messages = draw([...steps, ...signOut(flow, values), prepared])
    expect(messages.at(-1)?.kind).toBe('end_session_response')
  })

  test('another provider is another story: what was asked of the one before is not told as its own', async () => {
    const { steps, flow } = await signIn()
    const [asked] = steps.filter(step => step.kind === 'discovery_request')
    if (asked === undefined) throw new Error('no discovery')
    const prepared = (name: string, origin: string): Step => ({
      ...asked,
      flow: name,
      flowType: 'prepare',
      exchange: name,
      request: { ...asked.request, url: `${origin}/.well-known/openid-configuration` },
    })
    const own = new URL(asked.request.url).origin
    const other = 'http://localhost:4'
    const told = (...list: Step[]) => stories(traceOf(list)).map(story => [story.id, story.issuer])
    // Nobody has signed in yet.
    expect(told(prepared('a', own), prepared('b', other), prepared('c', other))).toEqual([
      ['a', own],
      ['c', other],
    ])
    // Somebody has, and then chose another one, and came back.
    expect(told(...steps, prepared('b', other))).toEqual([
      [flow, own],
      ['b', other],
    ])
    expect(told(prepared('b', other), ...steps).map(([id]) => id)).toEqual(['b', flow])
    // The same provider goes on with its story.
    expect(told(...steps, prepared('b', own))).toEqual([[flow, own]])
  })

  test('only prepared: a story that has not begun, ghosts behind it', async () => {
    const { steps } = await signIn()
    const prepared: Step[] = steps.slice(1, 3).map(step => ({ ...step, flow: 'p', flowType: 'prepare' }))
    const messages = draw(prepared)
    expect(messages.map(line).slice(0, 4)).toEqual([
      '1.1 GET /.well-known/openid-configuration',
      '1.2 200 metadata',
      '1.3 Make a secret',
      '1.4 Make two marks',
    ])
  })

  test('renewals that were folded away keep their numbers', async () => {
    const { steps, flow, values } = await signIn()
    const renewed = await refresh(flow, values.refreshToken)
    const trace: Trace = {
      ...traceOf([...steps, ...renewed.steps]),
      folded: [
        {
          flow: 'x',
          flowType: 'refresh',
          startedAt: steps.at(-1)?.at ?? 0,
          endedAt: steps.at(-1)?.at ?? 0,
          messages: 8,
          failed: false,
        },
        { flow: 'before', flowType: 'refresh', startedAt: 1, endedAt: 2, messages: 100, failed: false },
        { flow: 'after', flowType: 'refresh', startedAt: 1e15, endedAt: 1e15, messages: 100, failed: false },
      ],
    }
    expect(of(sequence(trace, null, fingerprint), 'refresh_request').number).toBe('6.9')
  })

  describe('after a file was opened', () => {
    /** What this tab tells goes on behind it. */
    const opened = (file: readonly Step[], own: readonly Step[]): Trace => {
      const { entries, folded } = traceOf([...file, ...own])
      const named = entries.map((entry, i) => (i < file.length ? { ...entry, tab: 'file t' } : entry))
      return { entries: named, folded }
    }
    const ids = (trace: Trace) => stories(trace).map(story => story.id)

    test('what the session does is a story of its own, from the renewal on', async () => {
      const failed = await signIn({ failAt: 'state' })
      const mine = await signIn()
      const renewed = await refresh(mine.flow, mine.values.refreshToken)
      const calls = use(renewed.accessToken)
      const alone = stories(traceOf(failed.steps))
      const all = stories(opened(failed.steps, [...renewed.steps, ...calls]))
      expect(all[0]?.entries.map(({ step }) => step)).toEqual(alone[0]?.entries.map(({ step }) => step))
      expect(all.slice(1).map(({ entries }) => entries.map(({ step }) => step))).toEqual([
        [...renewed.steps, ...calls],
      ])
      const signedIn = await signIn()
      expect(ids(opened(signedIn.steps, calls))).toEqual([signedIn.flow, calls[0]?.flow])
    })

    test('what is prepared waits for the next, and the end of a session that nothing shows ends no story', async () => {
      const file = await signIn()
      const [asked] = file.steps.filter(step => step.kind === 'discovery_request')
      if (asked === undefined) throw new Error('no discovery')
      const prepared: Step = { ...asked, flow: 'p', flowType: 'prepare', exchange: 'p' }
      const end: Step = {
        kind: 'session_changed',
        flow: 'mine',
        flowType: 'sign_out',
        at: asked.at,
        status: 'signed_out',
        reason: 'another tab signed out',
      }
      const [only, ...more] = stories(opened(file.steps, [prepared, end]))
      expect([only?.entries.map(({ step }) => step), more]).toEqual([file.steps, []])
      const next = await signIn()
      expect(stories(opened(file.steps, [prepared, end, ...next.steps]))[1]?.entries[0]?.step.flow).toBe('p')
    })

    test('the file of this very session goes on', async () => {
      const { steps, flow, values } = await signIn()
      const renewed = await refresh(flow, values.refreshToken)
      const leaving = signOut(flow, { ...values, ...renewed })
      const told = [...renewed.steps, ...use(renewed.accessToken), ...leaving]
      expect(ids(opened(steps, told))).toEqual([flow])
    })
  })
})
