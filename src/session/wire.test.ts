import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { answer } from '../oauth/answers.test-data.ts'
import { checklist, type Judgement } from '../oauth/check.ts'
import { createDpopKey } from '../oauth/dpop.ts'
import type { Fetch } from '../oauth/metadata.ts'
import type { HttpRequest, HttpResponse } from '../oauth/step.ts'
import { createBrowser, type Server } from './fake-ports.test-data.ts'
import { json, offline, silence } from './fake-provider.test-data.ts'
import { asksForNonce, createWire, newFlow, type SendOptions } from './wire.ts'

const flow = newFlow('use')
const url = 'https://op.example/token?a=1'
const good = (response: HttpResponse): Judgement<string> => checklist().done(response.body)
const bad = (): Judgement<string> => {
  const list = checklist()
  list.add('TOK-05', 'x', 'y', 'a', 'b', false, 'token_response_error')
  return list.done<string>(null)
}

function wired(server: Server) {
  const browser = createBrowser()
  const tab = browser.openTab(server)
  const wire = createWire(tab.ports)
  const post = (fetch: Fetch) =>
    fetch(url, { method: 'POST', headers: { 'x-one': '1' }, body: new URLSearchParams({ b: '2' }) })
  return {
    browser,
    tab,
    wire,
    send: (judge = good, options: SendOptions = {}) => wire.send(flow, 'token', post, judge, options),
  }
}

describe('a message', () => {
  it('is told when it leaves and when its answer is judged, as one exchange', async () => {
    const { tab, send, browser } = wired(async () => {
      return json({ a: 1 }, 200, { 'x-two': '2' })
    })
    expect(await send()).toBe('{"a":1}')
    const [request] = tab.told('token_request')
    const [response] = tab.told('token_response')
    expect(request).toMatchObject({
      flow: flow.id,
      flowType: 'use',
      at: browser.now(),
      request: { method: 'POST', url, headers: { 'x-one': '1' }, body: 'b=2' },
    })
    expect(response).toMatchObject({ response: { status: 200, headers: { 'x-two': '2' }, body: '{"a":1}' } })
    expect(request?.exchange).toBe(response?.exchange)
    expect([request?.tampered, response?.tampered]).toEqual([undefined, undefined])
  })

  it('is refused by its judgement; the checks are told all the same', async () => {
    const { tab, send } = wired(async () => json({}))
    await expect(send(bad)).rejects.toMatchObject({ code: 'token_response_error' })
    expect(tab.told('token_response')[0]?.checks[0]?.code).toBe('token_response_error')
    expect(tab.told('failed')).toMatchObject([
      { during: 'token_response', error: { code: 'token_response_error' } },
    ])
    expect(tab.told('failed')[0]?.exchange).toBe(tab.told('token_request')[0]?.exchange)
  })

  it('measures its duration with the monotonic clock', async () => {
    const { tab, send, browser } = wired(async () => {
      browser.setClock(-5_000)
      await browser.advance(250)
      return json({})
    })
    await send()
    expect(tab.told('token_response')[0]?.duration).toBe(250)
  })
})

describe('its bounds', () => {
  it('a network that fails has the code of its cause in the hints', async () => {
    const { tab, send, wire } = wired(async () => offline({ url, method: 'POST', headers: {}, body: null }))
    await expect(send()).rejects.toMatchObject({ code: 'network_or_cors_blocked' })
    tab.conditions.online = false
    const get = (fetch: Fetch) => fetch(url, {})
    for (const [purpose, code] of [
      ['discovery', 'discovery_fetch_failed'],
      ['keys', 'jwks_fetch_failed'],
      ['refresh', 'refresh_network_failed'],
      ['userinfo', 'userinfo_request_failed'],
      ['profile', 'resource_request_failed'],
      ['api', 'resource_request_failed'],
      ['revocation', 'revocation_failed'],
      ['par', 'network_offline'],
      ['token', 'network_offline'],
    ] as const)
      await expect(wire.send(flow, purpose, get, good)).rejects.toMatchObject({
        code,
        details: { endpoint: 'https://op.example/token', hints: expect.arrayContaining(['network_offline']) },
      })
  })

  it('15 seconds without an answer, or what the caller says', async () => {
    const { browser, send } = wired(async () => silence({ url, method: 'POST', headers: {}, body: null }))
    for (const [timeout, options] of [
      [15_000, {}],
      [2_000, { timeout: 2_000 }],
    ] as const) {
      const sending = send(good, options)
      let over = false
      const ended = sending.catch(() => {
        over = true
      })
      await browser.advance(timeout - 1)
      expect(over).toBe(false)
      await browser.advance(1)
      await expect(sending).rejects.toMatchObject({ code: 'request_timeout' })
      await ended
    }
    expect(browser.timers()).toEqual([])
  })

  it('the clock does not run while the message is held', async () => {
    const { browser, tab, send } = wired(async () => json({}))
    tab.conditions.hold = async message => {
      await browser.advance(60_000)
      return message
    }
    expect(await send()).toBe('{}')
    expect([browser.timers(), tab.told('token_response')[0]?.duration]).toEqual([[], 0])
  })

  it('one mebibyte, counted as it arrives', async () => {
    const chunk = new Uint8Array(65_536).fill(97)
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull: controller => controller.enqueue(chunk),
      cancel: () => {
        cancelled = true
      },
    })
    const { send } = wired(async () => new Response(endless))
    await expect(send()).rejects.toMatchObject({ code: 'response_too_large' })
    expect(cancelled).toBe(true)
    const exactly = wired(async () => new Response('a'.repeat(1_048_576)))
    expect(await exactly.send()).toHaveLength(1_048_576)
  })

  it('reads text that is cut in the middle of a character', async () => {
    const bytes = new TextEncoder().encode('"日本"')
    const halves = new ReadableStream<Uint8Array>({
      start: controller => {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    const { send } = wired(async () => new Response(halves))
    expect(await send()).toBe('"日本"')
  })

  it('TOK-04: a redirect is refused, not followed', async () => {
    const { send, tab } = wired(async () => {
      const response = new Response(null)
      Object.defineProperty(response, 'type', { value: 'opaqueredirect' })
      return response
    })
    await expect(send()).rejects.toMatchObject({ code: 'redirect_refused', details: { endpoint: url } })
    expect(tab.sent).toHaveLength(1)
  })

  it.each([204, 205, 304])('an answer %s without a body is an answer', async status => {
    const { send } = wired(async () => new Response(null, { status }))
    expect(await send()).toBe('')
  })

  it('a request that cannot even be made is told as what it is', async () => {
    const { wire, tab } = wired(async () => json({}))
    const broken = () => Promise.reject(new TypeError('no such endpoint'))
    await expect(wire.send(flow, 'token', broken, good)).rejects.toMatchObject({
      code: 'unexpected',
      details: { received: 'no such endpoint' },
    })
    expect(tab.told('failed')).toMatchObject([{ during: 'token_request' }])
  })
})

describe('a message that is held', () => {
  it('is sent as it was edited, and the names of what was changed are told', async () => {
    const { tab, send } = wired(async () => json({}))
    tab.conditions.hold = async message =>
      message.type === 'request'
        ? { ...message, request: { ...message.request, body: 'b=3&c=4', headers: { 'x-one': '2' } } }
        : message
    await send()
    expect(tab.sent[0]).toMatchObject({ body: 'b=3&c=4' })
    expect(tab.told('token_request')[0]?.tampered?.toSorted()).toEqual(['b', 'c', 'x-one'])
  })

  it('is judged as its answer was edited', async () => {
    const { tab, send } = wired(async () => json({ a: 1 }))
    tab.conditions.hold = async message =>
      message.type === 'response' ? { ...message, response: answer({ a: 2 }) } : message
    expect(await send()).toBe('{"a":2}')
    expect(tab.told('token_response')[0]?.tampered).toEqual(['response'])
  })

  it('with a status that no Response can have is still judged', async () => {
    const { tab, send } = wired(async () => json({}))
    tab.conditions.hold = async message =>
      message.type === 'response' ? { ...message, response: { ...message.response, status: 7 } } : message
    expect(await send(response => checklist().done(String(response.status)))).toBe('7')
  })

  it.each(['request', 'response'] as const)('is dropped as %s', async type => {
    const { tab, send } = wired(async () => json({}))
    tab.conditions.hold = async message => (message.type === type ? null : message)
    await expect(send()).rejects.toMatchObject({ code: 'message_dropped' })
    expect(tab.sent).toHaveLength(type === 'request' ? 0 : 1)
    expect(tab.told('failed')).toMatchObject([{ error: { code: 'message_dropped' } }])
  })
})

describe('DPoP', () => {
  const wanting = (nonce: string, status = 400) =>
    json({ error: 'use_dpop_nonce' }, status, nonce === '' ? {} : { 'dpop-nonce': nonce })
  const noncesOf = (sent: readonly HttpRequest[]) =>
    sent.map(each => decodeJwt(each.headers['dpop'] ?? '')['nonce'])

  it('DPOP-06: a nonce that is wanted is sent once more with it, in a new proof', async () => {
    const answers = [wanting('n1'), json({})]
    const { send, tab } = wired(async () => answers.shift() ?? json({}, 500))
    await send(response => (response.status === 200 ? good(response) : bad()), {
      dpop: await createDpopKey(),
    })
    expect(noncesOf(tab.sent)).toEqual([undefined, 'n1'])
    const proofs = tab.sent.map(each => decodeJwt(each.headers['dpop'] ?? '')['jti'])
    expect(new Set(proofs).size).toBe(2)
  })

  it('DPOP-06: and not a third time', async () => {
    const { send, tab } = wired(async () => wanting('again'))
    await expect(send(bad, { dpop: await createDpopKey() })).rejects.toMatchObject({
      code: 'dpop_nonce_retry_exhausted',
    })
    expect(tab.sent).toHaveLength(2)
  })

  it('DPOP-09: wanted, but hidden by CORS', async () => {
    const { send, tab } = wired(async () => wanting(''))
    await expect(send(bad, { dpop: await createDpopKey() })).rejects.toMatchObject({
      code: 'dpop_nonce_missing',
    })
    expect(tab.sent).toHaveLength(1)
  })

  it('DPOP-08: the newest nonce of each server, also from a good answer; never that of another server', async () => {
    let count = 0
    const { wire, tab } = wired(async () => json({}, 200, { 'dpop-nonce': `n${++count}` }))
    const dpop = await createDpopKey()
    for (const host of ['op', 'op', 'api', 'op'])
      await wire.send(flow, 'api', fetch => fetch(`https://${host}.example/`, {}), good, { dpop })
    expect(noncesOf(tab.sent)).toEqual([undefined, 'n1', undefined, 'n2'])
  })

  it('DPOP-03: the access token is hashed into the proof when there is one', async () => {
    const { send, tab } = wired(async () => json({}))
    const dpop = await createDpopKey()
    await send(good, { dpop, accessToken: 'at' })
    await send(good, { dpop })
    expect(tab.sent.map(each => 'ath' in decodeJwt(each.headers['dpop'] ?? ''))).toEqual([true, false])
  })

  it('without a key nobody repeats anything', async () => {
    const { send, tab } = wired(async () => wanting('n1'))
    await expect(send(bad)).rejects.toMatchObject({ code: 'token_response_error' })
    expect(tab.sent).toHaveLength(1)
  })

  it('DPOP-07: the wish for a nonce is read from the body or the challenge', () => {
    const challenge = { 'www-authenticate': 'dPoP error="use_dpop_nonce"' }
    expect(asksForNonce(answer({ error: 'use_dpop_nonce' }, 400))).toBe(true)
    expect(asksForNonce(answer('', 401, challenge))).toBe(true)
    expect(asksForNonce(answer({ error: 'invalid_token' }, 401))).toBe(false)
  })
})
