import { describe, expect, test } from 'vitest'
import type { Step } from '../oauth/step.ts'
import type { Trace } from '../trace/entry.ts'
import { held, heldAnswer, issuer, refresh, signIn, signOut } from '../trace/fixtures.test-data.ts'
import { expectation, fingerprint, of, real, traceOf } from './fixtures.test-data.ts'
import type { Message } from './message.ts'
import { sequence } from './sequence.ts'
import { stories } from './stories.ts'

/** As it is read after a reload, or from a file. */
const earlier = ({ entries, folded }: Trace): Trace => ({
  entries: entries.map(entry => ({ ...entry, earlier: true })),
  folded,
})
const reloaded = (steps: readonly Step[], now: readonly Step[] = []) => {
  const { entries, folded } = traceOf([...steps, ...now])
  const read = earlier({ entries: entries.slice(0, steps.length), folded })
  return { entries: [...read.entries, ...entries.slice(steps.length)], folded }
}
const drawn = (trace: Trace) => sequence(trace, expectation, fingerprint)
const upTo = (steps: readonly Step[], kind: Step['kind']) =>
  steps.slice(0, steps.findIndex(step => step.kind === kind) + 1)
const waiting = (messages: readonly Message[]) =>
  messages.filter(({ status }) => status === 'active' || status === 'paused')

describe('what an earlier page left', () => {
  test('a request that was held was not sent, and neither is what would follow', async () => {
    const { steps } = await held()
    const paused = of(drawn(traceOf(steps)), 'token_request')
    const messages = drawn(reloaded(steps))
    expect(waiting(messages)).toEqual([])
    expect(real(messages).at(-1)).toMatchObject({
      id: paused.id,
      number: '4.1',
      label: 'POST /token',
      status: 'failed',
      error: { code: 'message_dropped' },
      request: null,
      carried: [],
      held: null,
    })
    expect(of(messages, 'token_response')).toMatchObject({ status: 'upcoming', never: true })
  })

  test('a callback that was held did not reach the app', async () => {
    const messages = drawn(reloaded((await heldAnswer('authorization_response')).steps))
    expect(waiting(messages)).toEqual([])
    expect(of(messages, 'authorization_request')).toMatchObject({ status: 'done', error: null })
    expect(real(messages).at(-1)).toMatchObject({
      kind: 'authorization_response',
      label: 'Redirect to /callback',
      status: 'failed',
      error: { code: 'message_dropped' },
      url: null,
    })
  })

  test('an answer that was held is as if none had come', async () => {
    const messages = drawn(reloaded((await heldAnswer('token_response')).steps))
    expect(waiting(messages)).toEqual([])
    expect(real(messages).filter(({ error }) => error !== null)).toMatchObject([
      { kind: 'token_request', status: 'failed', error: { code: 'message_dropped' } },
    ])
    expect(of(messages, 'token_response').status).toBe('upcoming')
  })

  test.each([
    ['discovery_request', 'discovery_fetch_failed'],
    ['par_request', 'authorization_abandoned'],
    ['token_request', 'token_request_failed'],
  ] as const)('%s got no answer', async (kind, code) => {
    const { steps } = await signIn({ usePar: true })
    const messages = drawn(reloaded(upTo(steps, kind)))
    expect(waiting(messages)).toEqual([])
    expect(of(messages, kind)).toMatchObject({ status: 'failed', error: { code } })
    expect(messages.filter(({ status, never }) => status === 'upcoming' && !never)).toEqual([])
  })

  test('a window or a frame went with its page', async () => {
    for (const [via, code] of [
      ['popup', 'authorization_abandoned'],
      ['frame', 'silent_timeout'],
    ] as const) {
      const messages = drawn(reloaded(upTo((await signIn({ via })).steps, 'authorization_request')))
      expect(waiting(messages)).toEqual([])
      expect(of(messages, 'authorization_request').error?.code).toBe(code)
    }
  })

  test('a tab that left for the provider may come back, and a callback goes on with it', async () => {
    const { steps, flow, values } = await signIn()
    const gone = upTo(steps, 'authorization_request')
    const away = drawn(reloaded(gone))
    expect(of(away, 'authorization_request')).toMatchObject({ status: 'active', error: null })
    const back = drawn(reloaded(gone, steps.slice(gone.length, gone.length + 3)))
    expect(waiting(back).map(({ kind }) => kind)).toEqual(['token_request'])
    expect(back.filter(({ error, never }) => error !== null || never)).toEqual([])
    const out = drawn(reloaded(upTo([...steps, ...signOut(flow, values)], 'end_session_request')))
    expect(of(out, 'end_session_request')).toMatchObject({ status: 'active', error: null })
  })

  test('a call whose page is gone is not under way any more, and the sign-in is none the worse', async () => {
    const { steps, flow, values } = await signIn()
    const cut = upTo(steps, 'profile_request')
    expect(of(drawn(traceOf(cut)), 'profile_request').status).toBe('active')
    const messages = drawn(reloaded(cut))
    expect(of(messages, 'profile_request')).toMatchObject({ status: 'done', error: null })
    const renewal = (await refresh(flow, values.refreshToken)).steps
    expect(of(drawn(reloaded([...cut, ...renewal.slice(0, 2)])), 'refresh_request').status).toBe('done')
    // A renewal by a hidden frame is no new page.
    const frame = (await signIn({ via: 'frame' })).steps.slice(0, 1)
    expect(of(drawn(traceOf([...cut, ...frame])), 'profile_request').status).toBe('active')
  })

  test('what is prepared by the next page is for the next sign-in', async () => {
    const { steps } = await held()
    const next = (await signIn()).steps
    const prepared = next.slice(1, 3).map((step): Step => ({ ...step, flow: 'p', flowType: 'prepare' }))
    expect(drawn(reloaded(steps, prepared)).some(({ flow }) => flow === 'p')).toBe(false)
    expect(
      stories(reloaded(steps, [...prepared, ...next])).map(({ entries }) => entries[0]?.step.flow),
    ).toEqual([steps[0]?.flow, 'p'])
  })

  test('one that was given up between two messages ends at the last', async () => {
    const { steps } = await signIn()
    const messages = drawn(reloaded(upTo(steps, 'discovery_response')))
    expect(real(messages).at(-1)).toMatchObject({
      kind: 'discovery_response',
      status: 'done',
      error: { code: 'authorization_abandoned' },
    })
    expect(drawn(reloaded(steps.slice(0, 1))).filter(({ status }) => status !== 'upcoming')).toEqual([])
  })

  test('the session tells that a navigation was dropped, and it stands once', async () => {
    const { steps, flow } = await signIn()
    const at = steps.findIndex(({ kind }) => kind === 'authorization_request')
    const asked = steps[at]
    if (asked?.kind !== 'authorization_request') throw new Error('no request')
    const told = { flow, flowType: asked.flowType, at: asked.at } as const
    const message = {
      type: 'navigation',
      purpose: 'authorization',
      method: 'GET',
      url: asked.url,
      body: null,
    } as const
    const paused: Step[] = [...steps.slice(0, at), { ...told, kind: 'held', message }]
    const failed: Step = {
      ...told,
      kind: 'failed',
      during: 'authorization_request',
      error: { code: 'message_dropped' },
    }
    for (const trace of [reloaded(paused), reloaded(paused, [failed]), reloaded([...paused, failed])])
      expect(real(drawn(trace)).filter(({ kind }) => kind === 'authorization_request')).toMatchObject([
        { label: `GET ${new URL(issuer).pathname}authorize`, status: 'failed', carried: [], url: null },
      ])
  })
})
