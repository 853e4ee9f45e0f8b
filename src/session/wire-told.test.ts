import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { checklist, type Judgement } from '../oauth/check.ts'
import { createDpopKey } from '../oauth/dpop.ts'
import type { Fetch } from '../oauth/metadata.ts'
import type { HttpResponse } from '../oauth/step.ts'
import { createBrowser, type Server } from './fake-ports.test-data.ts'
import { json } from './fake-provider.test-data.ts'
import { createWire, newFlow } from './wire.ts'

/** What is held, told and refused on the wire, in full. */

const flow = newFlow('use')
const url = 'https://op.example/token?a=1'
const request = { method: 'POST', url, headers: { 'x-one': '1' }, body: 'b=2' }
const response = {
  status: 200,
  headers: { 'content-type': 'application/json', 'x-two': '2' },
  body: '{"a":1}',
}
const answering: Server = async () => json({ a: 1 }, 200, { 'x-two': '2' })
const checked = (): Judgement<string> => {
  const list = checklist()
  list.add('TOK-09', 'x', 'y', 'a', 'a', true, 'z')
  return list.done('value')
}

function wired(server: Server = answering) {
  const browser = createBrowser()
  const tab = browser.openTab(server)
  const wire = createWire(tab.ports)
  const post = (fetch: Fetch) =>
    fetch(url, { method: 'POST', headers: { 'x-one': '1' }, body: new URLSearchParams({ b: '2' }) })
  const send = (judge: (response: HttpResponse) => Judgement<string> = checked) =>
    wire.send(flow, 'token', post, judge)
  return { browser, tab, wire, send }
}

describe('an exchange', () => {
  it('is held twice, each message with what it is for and the flow it belongs to', async () => {
    const { browser, tab, send } = wired()
    const held: unknown[] = []
    tab.conditions.hold = async (message, of) => {
      held.push([message, of, browser.timers()])
      return message
    }
    await send()
    // No clock runs while a person looks.
    expect(held).toEqual([
      [{ type: 'request', purpose: 'token', request }, flow, []],
      [{ type: 'response', purpose: 'token', response }, flow, []],
    ])
  })

  it('is told as two Steps', async () => {
    const { browser, tab, send } = wired()
    expect(await send()).toBe('value')
    const told = { flow: flow.id, flowType: 'use', at: browser.now(), exchange: expect.any(String) }
    expect(tab.steps).toStrictEqual([
      { ...told, kind: 'token_request', request },
      { ...told, kind: 'token_response', response, duration: 0, checks: checked().checks },
    ])
    expect(tab.sent).toEqual([request])
  })

  it('that fails is told with the exchange, and nothing else with one', async () => {
    const { browser, tab, wire, send } = wired(() => Promise.reject(new TypeError('Failed to fetch')))
    tab.conditions.online = false
    const error = {
      code: 'network_offline',
      endpoint: 'https://op.example/token',
      expected: 'online',
      received: 'Failed to fetch',
      hints: ['network_offline'],
    }
    await expect(send()).rejects.toMatchObject({ details: error })
    const told = { flow: flow.id, flowType: 'use', at: browser.now(), kind: 'failed' }
    const { exchange } = tab.told('token_request')[0] ?? {}
    expect(tab.told('failed')).toStrictEqual([{ ...told, during: 'token_response', exchange, error }])
    expect(browser.timers()).toEqual([])
    const stopped = wire.stop(flow, 'pkce_created', { code: 'insecure_context' })
    expect(stopped.details).toEqual({ code: 'insecure_context' })
    expect(tab.told('failed')[1]).toStrictEqual({
      ...told,
      during: 'pkce_created',
      error: { code: 'insecure_context' },
    })
  })

  it('META-14: a failure keeps what the network said of it in the hints', async () => {
    const { send } = wired(() => Promise.reject(new TypeError('Failed to fetch')))
    await expect(send()).rejects.toMatchObject({
      details: { hints: ['network_or_cors_blocked', 'cors_blocked'] },
    })
  })

  it('carries a text as it is, a form encoded; GET without a body when nothing is said', async () => {
    const { tab, wire } = wired()
    for (const body of ['{"a":1}', new URLSearchParams({ a: 'b c' })])
      await wire.send(flow, 'api', fetch => fetch(url, { method: 'PUT', body }), checked)
    await wire.send(flow, 'api', fetch => fetch(url, {}), checked)
    expect(tab.sent).toEqual([
      { method: 'PUT', url, headers: {}, body: '{"a":1}' },
      { method: 'PUT', url, headers: {}, body: 'a=b+c' },
      { method: 'GET', url, headers: {}, body: null },
    ])
  })

  it('asks the cache as the request says', async () => {
    const asked: unknown[] = []
    const { wire } = wired(async (_, cache) => {
      asked.push(cache)
      return json({})
    })
    await wire.send(flow, 'keys', fetch => fetch(url, { cache: 'reload' }), checked)
    await wire.send(flow, 'keys', fetch => fetch(url, {}), checked)
    expect(asked).toEqual(['reload', undefined])
  })
})

describe('an answer that is refused', () => {
  it('TOK-04: a redirect', async () => {
    const redirect = new Response(null)
    Object.defineProperty(redirect, 'type', { value: 'opaqueredirect' })
    const { tab, send } = wired(async () => redirect)
    const error = {
      code: 'redirect_refused',
      endpoint: url,
      expected: 'an answer',
      clause: 'RFC 9700 §4.12',
      hints: ['redirect_refused'],
    }
    await expect(send()).rejects.toMatchObject({ details: error })
    expect(tab.told('failed')).toMatchObject([{ during: 'token_response', error }])
  })

  it('one that is too large', async () => {
    const { send } = wired(async () => new Response('a'.repeat(1_048_577)))
    await expect(send()).rejects.toMatchObject({
      details: { code: 'response_too_large', expected: 'at most 1 MiB', endpoint: '' },
    })
  })

  it('one that is cut in a character is read as far as it goes', async () => {
    const { tab, send } = wired(async () => new Response(Uint8Array.of(97, 0xe6)))
    await send()
    expect(tab.told('token_response')[0]?.response.body).toBe('a\uFFFD')
  })

  it('a judgement with an error lets nothing through', async () => {
    const { tab, send } = wired()
    const refused = { checks: [], error: { code: 'token_response_error' }, value: null }
    await expect(send(() => refused)).rejects.toMatchObject({ code: 'token_response_error' })
    expect(tab.told('failed').map(({ during }) => during)).toEqual(['token_response'])
  })

  it('a request that never reached the network has no answer', async () => {
    const { tab, wire } = wired()
    const nowhere = async () => new Response('{}')
    await expect(wire.send(flow, 'token', nowhere, checked)).rejects.toMatchObject({
      code: 'message_dropped',
    })
    expect(tab.told('failed')).toMatchObject([{ during: 'token_request' }])
  })

  it('one that was dropped is told as a request that was not sent on', async () => {
    for (const type of ['request', 'response'] as const) {
      const { browser, tab, send } = wired()
      tab.conditions.hold = async message => (message.type === type ? null : message)
      await expect(send()).rejects.toMatchObject({ details: { code: 'message_dropped' } })
      expect(tab.told('failed')).toMatchObject([{ during: 'token_request', exchange: expect.any(String) }])
      expect(browser.timers()).toEqual([])
    }
  })
})

describe('DPoP on the wire', () => {
  const refuse = (): Judgement<string> => {
    const list = checklist()
    list.add('TOK-09', 'x', 'y', 'a', 'b', false, 'token_response_error', { httpStatus: 400 })
    return list.done<string>(null)
  }

  it.each([
    ['DPOP-09: hidden', {}, 'dpop_nonce_missing'],
    ['DPOP-06: never good enough', { 'dpop-nonce': 'n' }, 'dpop_nonce_retry_exhausted'],
  ])('%s: told with what the server said', async (_, headers, code) => {
    const { tab, wire } = wired(async () => json({ error: 'use_dpop_nonce' }, 400, headers))
    const dpop = await createDpopKey()
    await expect(
      wire.send(flow, 'token', fetch => fetch(url, { method: 'POST' }), refuse, { dpop }),
    ).rejects.toMatchObject({ details: { code, httpStatus: 400, clause: 'y' } })
    expect(tab.told('failed')).toMatchObject([{ during: 'token_response', error: { code, httpStatus: 400 } }])
  })

  it('DPOP-08: an answer without a nonce leaves the one that is known', async () => {
    const nonces = ['n1', undefined, undefined]
    const { tab, wire } = wired(async () => {
      const nonce = nonces.shift()
      return json({}, 200, nonce === undefined ? {} : { 'dpop-nonce': nonce })
    })
    const dpop = await createDpopKey()
    for (let count = 0; count < 3; count++)
      await wire.send(flow, 'api', fetch => fetch(url, {}), checked, { dpop })
    const sent = tab.sent.map(({ headers }) => decodeJwt(headers['dpop'] ?? '')['nonce'])
    expect(sent).toEqual([undefined, 'n1', 'n1'])
  })

  it('a refusal for another reason is not repeated, though a nonce came with it', async () => {
    const { tab, wire } = wired(async () => json({ error: 'invalid_grant' }, 400, { 'dpop-nonce': 'n' }))
    const dpop = await createDpopKey()
    await expect(wire.send(flow, 'token', fetch => fetch(url, {}), refuse, { dpop })).rejects.toMatchObject({
      code: 'token_response_error',
    })
    expect(tab.sent).toHaveLength(1)
  })
})
