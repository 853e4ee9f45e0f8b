import { describe, expect, test } from 'vitest'
import { held, heldAnswer, refresh, signIn, signOut } from '../trace/fixtures.test-data.ts'
import { draw, fingerprint, of } from './fixtures.test-data.ts'
import type { Message } from './message.ts'
import { type Thread, threadOf } from './value-threads.ts'

function threadIn(messages: readonly Message[], text: string): Thread {
  const thread = threadOf(messages, fingerprint(text))
  if (thread === null) throw new Error('no thread')
  return thread
}
const stopsOf = (messages: readonly Message[], thread: Thread) =>
  thread.stops.map(stop => `${messages.find(message => message.id === stop.messageId)?.kind} ${stop.lane}`)

describe('the way of a value', () => {
  test('PKCE-07: the verifier stays in the app until the token request', async () => {
    const { steps, values } = await signIn()
    const messages = draw(steps)
    const thread = threadIn(messages, values.verifier)
    expect(stopsOf(messages, thread)).toEqual([
      'pkce_created app',
      'token_request app',
      'token_request authorization-server',
      'pkce_compared authorization-server',
    ])
    expect(thread).toMatchObject({
      value: 'code_verifier',
      text: values.verifier,
      length: 43,
      madeBy: { lane: 'app' },
      seenBy: ['app', 'authorization-server'],
      comparedBy: [{ lane: 'authorization-server', passed: true }],
      inAddressBar: [],
    })
  })

  test('the challenge goes through the address bar', async () => {
    const { steps, values } = await signIn()
    const thread = threadIn(draw(steps), values.challenge)
    expect(thread.seenBy).toEqual(['app', 'authorization-server', 'you'])
    expect(thread.inAddressBar).toHaveLength(1)
  })

  test('the nonce comes back inside the ID token', async () => {
    const { steps, values } = await signIn()
    const messages = draw(steps)
    expect(stopsOf(messages, threadIn(messages, values.nonce))).toEqual([
      'transaction_created app',
      'authorization_request app',
      'authorization_request authorization-server',
      'token_response authorization-server',
      'token_response app',
      'id_token_checked app',
    ])
  })

  test('the code is made by the provider and seen in the address bar', async () => {
    const { steps, values } = await signIn()
    const thread = threadIn(draw(steps), values.code)
    expect(thread.madeBy?.lane).toBe('authorization-server')
    expect(thread.seenBy).toEqual(['authorization-server', 'app', 'you'])
  })

  test('a foreign state was made by nobody here, and did not pass', async () => {
    const messages = draw((await signIn({ failAt: 'state' })).steps)
    const mark =
      of(messages, 'authorization_response').carried.find(carried => carried.odd)?.fingerprint ?? ''
    expect(threadOf(messages, mark)).toMatchObject({
      odd: true,
      madeBy: null,
      comparedBy: [{ lane: 'app', passed: false }],
    })
    const own = of(messages, 'transaction_created').carried[0]?.fingerprint ?? ''
    expect(threadOf(messages, own)?.comparedBy).toMatchObject([{ lane: 'app', passed: true }])
  })

  test('an edited verifier was made by the person', async () => {
    const messages = draw((await signIn({ tamper: true })).steps)
    const mark = of(messages, 'token_request').carried.find(carried => carried.tampered)?.fingerprint ?? ''
    expect(threadOf(messages, mark)).toMatchObject({
      tampered: true,
      madeBy: { lane: 'you' },
      comparedBy: [{ passed: false }],
    })
  })

  test('LOUT-01: an ID token that is posted does not stand in the address bar', async () => {
    const { steps, flow, values } = await signIn()
    const thread = threadIn(draw([...steps, ...signOut(flow, values)]), values.idToken)
    expect(thread.inAddressBar).toEqual([])
    expect(thread.seenBy).not.toContain('you')
  })

  test('what goes through a hidden frame is in no address bar', async () => {
    const { steps, values } = await signIn({ via: 'frame' })
    expect(threadIn(draw(steps), values.code).inAddressBar).toEqual([])
  })

  test('what was held, or lost on the way, nobody at the other end has seen', async () => {
    const paused = await held()
    expect(threadIn(draw(paused.steps), paused.values.verifier).seenBy).toEqual(['app'])
    const lost = await signIn({ failAt: 'token_network' })
    expect(threadIn(draw(lost.steps), lost.values.verifier).seenBy).toEqual(['app'])
    const callback = await heldAnswer('authorization_response')
    expect(threadIn(draw(callback.steps), callback.values.code)).toMatchObject({
      seenBy: ['authorization-server'],
      inAddressBar: [],
    })
  })

  test('a rotated refresh token goes out where it is spent', async () => {
    const { steps, flow, values } = await signIn()
    const messages = draw([...steps, ...(await refresh(flow, values.refreshToken)).steps])
    expect(stopsOf(messages, threadIn(messages, values.refreshToken)).at(-1)).toBe(
      'refresh_request authorization-server',
    )
  })

  test('a value that is nowhere has no thread, a ghost has none', () => {
    expect(threadOf(draw([]), 'f'.repeat(16))).toBeNull()
  })
})
