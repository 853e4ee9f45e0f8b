// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { browserPorts } from './browser-ports.ts'

beforeEach(() => {
  vi.stubGlobal('isSecureContext', true)
  localStorage.clear()
  sessionStorage.clear()
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('leaving the page', () => {
  it('waits for what is put away before: what is stored on `pagehide` may come too late', async () => {
    let isPutAway = () => {}
    const onLeaving = () =>
      new Promise<void>(resolve => {
        isPutAway = resolve
      })
    const { navigate } = browserPorts({ basePath: '/', onLeaving })
    navigate({ url: `${location.origin}/#away`, method: 'GET', body: null })
    await Promise.resolve()
    expect(location.hash).toBe('')
    isPutAway()
    await vi.waitFor(() => expect(location.hash).toBe('#away'))
    location.hash = ''
  })
})

describe('a request', () => {
  it('TOK-04: brings no cookie and no referrer, follows no redirect, stays out of the cache', async () => {
    const asked = vi.fn(async () => new Response('x'))
    vi.stubGlobal('fetch', asked)
    const { signal } = new AbortController()
    const request = { method: 'POST', url: 'https://op.example/token', headers: { a: 'b' }, body: 'c=d' }
    await browserPorts({ basePath: '/' }).fetch(request, signal)
    await browserPorts({ basePath: '/' }).fetch(request, signal, 'reload')
    const options = {
      method: 'POST',
      headers: { a: 'b' },
      body: 'c=d',
      signal,
      credentials: 'omit',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
    }
    expect(asked.mock.calls).toEqual([
      ['https://op.example/token', { ...options, cache: 'no-store' }],
      ['https://op.example/token', { ...options, cache: 'reload' }],
    ])
  })

  it('4.9: whether a server answers at all is asked for three seconds, without reading anything', async () => {
    const timeout = new AbortController()
    const limit = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(timeout.signal)
    const asked = vi.fn(async () => new Response(null))
    vi.stubGlobal('fetch', asked)
    expect(await browserPorts({ basePath: '/' }).canReach('https://op.example')).toBe(true)
    expect(asked.mock.calls).toEqual([
      [
        'https://op.example',
        {
          mode: 'no-cors',
          credentials: 'omit',
          cache: 'no-store',
          referrerPolicy: 'no-referrer',
          signal: timeout.signal,
        },
      ],
    ])
    expect(limit).toHaveBeenCalledWith(3_000)
    asked.mockRejectedValueOnce(new TypeError('Failed to fetch'))
    expect(await browserPorts({ basePath: '/' }).canReach('https://op.example')).toBe(false)
  })

  it('4.9: an address that the policy of the page refused is known, though the event comes after the rejection', async () => {
    const ports = browserPorts({ basePath: '/' })
    const refuse = (blockedURI: string) =>
      document.dispatchEvent(
        Object.assign(new Event('securitypolicyviolation', { bubbles: true }), { blockedURI }),
      )
    setTimeout(() => refuse('https://blocked.example/token'))
    expect(await ports.isBlockedByPolicy('https://blocked.example/token?x=1')).toBe(true)
    // The name of a refusal that has no address.
    refuse('')
    expect(await ports.isBlockedByPolicy('https://op.example/token')).toBe(false)
  })
})

describe('storage', () => {
  it.each(['sessionStorage', 'localStorage'] as const)('%s keeps, gives, lists and removes', name => {
    const store = browserPorts({ basePath: '/' })[name]
    expect([store.get('a'), store.set('a', '1'), store.get('a'), store.keys()]).toEqual([
      null,
      true,
      '1',
      ['a'],
    ])
    store.remove('a')
    expect(store.keys()).toEqual([])
  })

  it('answers instead of throwing when the browser refuses it', () => {
    const refuse = () => {
      throw new DOMException('no', 'SecurityError')
    }
    for (const method of ['getItem', 'setItem', 'removeItem'] as const)
      vi.spyOn(Storage.prototype, method).mockImplementation(refuse)
    const { sessionStorage: store } = browserPorts({ basePath: '/' })
    expect([store.get('a'), store.set('a', '1'), store.remove('a')]).toEqual([null, false, undefined])
    vi.restoreAllMocks()
    vi.stubGlobal('localStorage', undefined)
    expect(browserPorts({ basePath: '/' }).localStorage.keys()).toEqual([])
  })

  it('DPOP-11: a browser that keeps no key says so', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('no', 'DataCloneError')
      },
    })
    const ports = browserPorts({ basePath: '/' })
    const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
    ])
    expect(await ports.keepKey({ privateKey, publicJwk: {}, thumbprint: 't' })).toBe(false)
    expect(await ports.takeKey('t')).toBeNull()
  })
})

describe('the world outside', () => {
  it('wakes the session, until it stops listening', () => {
    const heard: string[] = []
    const stop = browserPorts({ basePath: '/' }).onWakeUp(reason => heard.push(reason))
    const visible = vi.spyOn(document, 'visibilityState', 'get')
    for (const state of ['hidden', 'visible'] as const) {
      visible.mockReturnValue(state)
      document.dispatchEvent(new Event('visibilitychange'))
    }
    for (const persisted of [false, true]) dispatchEvent(Object.assign(new Event('pageshow'), { persisted }))
    dispatchEvent(new Event('online'))
    dispatchEvent(new Event('focus'))
    expect(heard).toEqual(['visible', 'pageshow', 'online', 'focus'])
    stop()
    dispatchEvent(new Event('focus'))
    expect(heard).toHaveLength(4)
  })

  it('carries messages between tabs', async () => {
    const { channel } = browserPorts({ basePath: '/' })
    const other = new BroadcastChannel('pkce-lens.session')
    const heard: unknown[] = []
    const stop = channel.listen(message => heard.push(message))
    const answered = new Promise(resolve => {
      other.onmessage = event => resolve(event.data)
    })
    channel.post({ type: 'signed_out' })
    expect(await answered).toEqual({ type: 'signed_out' })
    other.postMessage('hello')
    await vi.waitFor(() => expect(heard).toEqual(['hello']))
    stop()
    other.close()
  })

  it('starts without a channel where the browser refuses one', () => {
    class Refused {
      constructor() {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      }
    }
    for (const refused of [Refused, undefined]) {
      vi.stubGlobal('BroadcastChannel', refused)
      const { channel } = browserPorts({ basePath: '/' })
      expect([channel.post('hello'), channel.listen(() => {})()]).toEqual([undefined, undefined])
    }
  })

  it('has two clocks, timers that can be cancelled, and chance from the system (WEB-12)', () => {
    vi.spyOn(Math, 'random').mockImplementation(() => {
      throw new Error('not random enough')
    })
    vi.useFakeTimers({ now: 5_000 })
    const ports = browserPorts({ basePath: '/' })
    const run = vi.fn()
    const cancel = ports.after(100, run)
    ports.after(200, run)
    cancel()
    vi.advanceTimersByTime(200)
    expect([run.mock.calls.length, ports.now()]).toEqual([1, 5_200])
    const chances = Array.from({ length: 100 }, ports.random)
    expect(chances.every(each => each >= 0 && each < 1)).toBe(true)
    expect(new Set(chances).size).toBeGreaterThan(90)
    vi.spyOn(performance, 'now').mockReturnValue(1_234)
    expect(ports.monotonic()).toBe(1_234)
  })

  it('knows whether it is online, seen, and half filled in', () => {
    const ports = browserPorts({ basePath: '/lens/' })
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const visible = vi.spyOn(document, 'visibilityState', 'get')
    expect([ports.isSecureContext, ports.isVisible()]).toEqual([true, true])
    visible.mockReturnValue('hidden')
    expect(ports.isVisible()).toBe(false)
    expect([ports.isOnline(), ports.isDirty(), ports.basePath, ports.origin]).toEqual([
      false,
      false,
      '/lens/',
      location.origin,
    ])
    const form = document.createElement('form')
    form.dataset['dirty'] = ''
    document.body.append(form)
    expect(ports.isDirty()).toBe(true)
    form.remove()
  })

  it('lets every message pass when nobody holds or watches', async () => {
    const ports = browserPorts({ basePath: '/' })
    const message = { type: 'callback', url: 'https://app.example/callback' } as const
    expect(await ports.hold(message, { id: 'f', type: 'use' })).toBe(message)
    const step = {
      kind: 'session_changed',
      status: 'renewed',
      reason: 'x',
      flow: 'f',
      flowType: 'use',
      at: 0,
    } as const
    expect(ports.observe(step)).toBeUndefined()
  })
})
