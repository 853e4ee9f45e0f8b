import { describe, expect, test } from 'vitest'
import type { Step } from '../oauth/step.ts'
import { form, held, heldAnswer, signIn } from '../trace/fixtures.test-data.ts'
import { draw, of, short } from './fixtures.test-data.ts'

describe('held and edited', () => {
  test.each([
    ['authorization_response', 'authorization_request', ['sign_in_page', 'consent_given']],
    ['token_response', 'token_request', ['pkce_compared']],
  ] as const)(
    'what came before a held %s has happened, and nobody waits for it',
    async (kind, asked, seen) => {
      const messages = draw((await heldAnswer(kind)).steps)
      const place = messages.findIndex(message => message.kind === kind)
      expect(messages[place]?.status).toBe('paused')
      expect(messages[place]?.answers).toBe(of(messages, asked).id)
      expect(messages.slice(place - seen.length, place).map(message => message.kind)).toEqual(seen)
      expect(messages.slice(0, place).filter(message => message.status !== 'done')).toEqual([])
      const whole = draw((await signIn()).steps)
      expect(of(whole, kind).number).toBe(messages[place]?.number)
    },
  )

  test('a held message is paused, with its values; what follows is still to come', async () => {
    const messages = draw((await held()).steps)
    const paused = messages.filter(message => message.status === 'paused')
    expect(paused.map(message => [message.number, message.kind, short(message)])).toEqual([
      ['4.1', 'token_request', 'code code_verifier'],
    ])
    expect(paused[0]?.held?.type).toBe('request')
    expect(messages.filter(message => message.kind === 'token_request')).toHaveLength(1)
    expect(of(messages, 'token_response')).toMatchObject({ status: 'upcoming', never: false })
  })

  test('sent on, it is one message; dropped, it is where the flow stopped', async () => {
    const paused = await held()
    const last = paused.steps.at(-1)
    if (last?.kind !== 'held' || last.message.type !== 'request') throw new Error('not held')
    const { flow, flowType, at, message } = last
    const sent = draw([
      ...paused.steps,
      { kind: 'token_request', flow, flowType, at, exchange: 'x', request: message.request },
    ])
    expect(sent.filter(each => each.kind === 'token_request').map(each => each.status)).toEqual(['active'])
    for (const during of ['held', 'token_request'] as const) {
      const dropped = draw([
        ...paused.steps,
        { kind: 'failed', flow, flowType, at, during, error: { code: 'message_dropped' } },
      ])
      expect(of(dropped, 'token_request')).toMatchObject({
        status: 'failed',
        error: { code: 'message_dropped' },
      })
      expect(dropped.filter(each => each.kind === 'token_request')).toHaveLength(1)
    }
  })

  test('an edited verifier is marked, the comparison is where the server caught it', async () => {
    const messages = draw((await signIn({ tamper: true })).steps)
    expect(of(messages, 'token_request')).toMatchObject({ status: 'tampered', tampered: ['code_verifier'] })
    expect(short(of(messages, 'token_request'))).toBe('code code_verifier~')
    const compared = of(messages, 'pkce_compared')
    expect(compared).toMatchObject({ status: 'blocked', error: { code: 'token_response_error' } })
    expect(short(compared)).toBe('code_verifier!~ code_challenge')
    expect(compared.checks).toMatchObject([{ outcome: 'failed', code: 'invalid_grant' }])
    const received = compared.checks[0]?.received
    expect(received).toMatch(/^[\w-]{10}…$/)
    expect(of(messages, 'token_response')).toMatchObject({ label: '400 invalid_grant', status: 'failed' })
  })

  test('PKCE-11: a server that takes a wrong verifier is noticed', async () => {
    const { steps } = await signIn({ tamper: true })
    const weak = steps.flatMap((step): Step[] => {
      if (step.kind === 'failed') return []
      return [
        step.kind === 'token_response'
          ? { ...step, response: { ...step.response, status: 200, body: '{"access_token":"a"}' } }
          : step,
      ]
    })
    expect(of(draw(weak), 'pkce_compared').checks).toMatchObject([
      { outcome: 'warning', code: 'pkce_not_enforced' },
    ])
  })

  test('a value that was put in the place of another is marked by the name of its parameter', async () => {
    const paused = await held()
    const last = paused.steps.at(-1)
    if (last?.kind !== 'held' || last.message.type !== 'request') throw new Error('not held')
    const { flow, flowType, at } = last
    const body = { code: paused.values.code, code_verifier: paused.values.code }
    const request = form('http://localhost:9000/token', body)
    const sent: Step = {
      kind: 'token_request',
      flow,
      flowType,
      at,
      exchange: 'x',
      request,
      tampered: ['code_verifier'],
    }
    expect(
      of(draw([...paused.steps, sent]), 'token_request').carried.find(
        ({ value }) => value === 'code_verifier',
      )?.tampered,
    ).toBe(true)
  })

  test('of an address that was edited as a whole, the value that was not in it before is marked', async () => {
    const { steps } = await signIn()
    const edited = steps.flatMap((step): Step[] => {
      if (step.kind !== 'authorization_response') return [step]
      const { flow, flowType, at, url } = step
      const changed = new URL(url)
      changed.searchParams.set('state', 'another-state-1234')
      return [
        { kind: 'held', flow, flowType, at, message: { type: 'callback', url } },
        { ...step, url: changed.href, tampered: ['url'] },
      ]
    })
    expect(short(of(draw(edited), 'authorization_response'))).toBe('code state~')
  })
})
