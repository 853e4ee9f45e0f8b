// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { browserPorts } from './browser-ports.ts'

const frames = () => [...document.querySelectorAll('iframe')]
const callback = (query: string) => ({ type: 'pkce-lens.callback', query })

/** A message as a window of this origin would send it; what differs is said. */
function deliver(data: unknown, source: MessageEventSource | null, origin = location.origin) {
  dispatchEvent(new MessageEvent('message', { data, origin, source }))
}

async function openFrame() {
  const opened = browserPorts({ basePath: '/' }).openFrame('https://op.example/authorize')
  await vi.waitFor(() => expect(frames()).toHaveLength(1))
  const [frame] = frames()
  if (!frame) throw new Error('a frame was opened')
  return { opened, frame }
}

beforeEach(() => {
  vi.stubGlobal('isSecureContext', true)
  localStorage.clear()
  sessionStorage.clear()
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  for (const each of frames()) each.remove()
})

describe('leaving the page', () => {
  it('tells before the address changes: what is stored on `pagehide` may come too late', () => {
    const seen: string[] = []
    const { navigate } = browserPorts({ basePath: '/', onLeaving: () => seen.push(location.hash) })
    navigate({ url: `${location.origin}/#away`, method: 'GET', body: null })
    expect([...seen, location.hash]).toEqual(['', '#away'])
    location.hash = ''
  })
})

describe('a hidden frame', () => {
  it('WEB-06, SIL-03: hears our own page in exactly this frame, and nobody else', async () => {
    const { opened, frame } = await openFrame()
    expect([frame.hidden, frame.src]).toEqual([true, 'https://op.example/authorize'])
    deliver(callback('?code=forged-1'), frame.contentWindow, 'https://op.example')
    deliver(callback('?code=forged-2'), frame.contentWindow, 'null')
    deliver(callback('?code=forged-3'), window)
    deliver(callback('?code=forged-4'), null)
    deliver({ type: 'other', query: '?code=forged-5' }, frame.contentWindow)
    deliver({ type: 'pkce-lens.callback', query: 6 }, frame.contentWindow)
    deliver('?code=forged-7', frame.contentWindow)
    deliver(callback('?code=real'), frame.contentWindow)
    expect(await opened.answer).toBe('?code=real')
  })

  it('SIL-04: is gone with its listener when it is closed', async () => {
    const { opened, frame } = await openFrame()
    const source = frame.contentWindow
    opened.close()
    await vi.waitFor(() => expect(frames()).toEqual([]))
    let heard = false
    void opened.answer.then(() => {
      heard = true
    })
    deliver(callback('?code=late'), source)
    await Promise.resolve()
    expect(heard).toBe(false)
  })
})

describe('a popup', () => {
  function openPopup() {
    const handle = { location: { replace: vi.fn() }, close: vi.fn(), closed: true }
    vi.stubGlobal('open', () => handle)
    const popup = browserPorts({ basePath: '/' }).openPopup()
    if (!popup) throw new Error('a popup was opened')
    return { handle, followed: popup.go('https://op.example/authorize', 'our-state'), popup }
  }
  const speak = (message: unknown) => {
    const channel = new BroadcastChannel('pkce-lens.callback')
    channel.postMessage(message)
    channel.close()
  }

  it('WEB-08: its answer is the broadcast with our state, even when the handle looks closed', async () => {
    const { handle, followed } = openPopup()
    await vi.waitFor(() =>
      expect(handle.location.replace).toHaveBeenCalledWith('https://op.example/authorize'),
    )
    speak(callback('?code=a&state=other'))
    speak({ type: 'other', query: '?state=our-state' })
    speak(callback('?code=b&state=our-state'))
    expect(await followed.answer).toBe('?code=b&state=our-state')
  })

  it('that is given up says so, and hears nothing any more', async () => {
    const { handle, followed, popup } = openPopup()
    await vi.waitFor(() => expect(handle.location.replace).toHaveBeenCalled())
    popup.close()
    expect(handle.close).toHaveBeenCalled()
    await expect(followed.answer).rejects.toMatchObject({ code: 'popup_closed' })
  })

  it('WEB-09: is null when the browser blocked it', () => {
    vi.stubGlobal('open', () => null)
    expect(browserPorts({ basePath: '/' }).openPopup()).toBeNull()
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

  it('4.9: whether a server answers at all is asked without reading anything', async () => {
    const asked = vi.fn(async () => new Response(null))
    vi.stubGlobal('fetch', asked)
    expect(await browserPorts({ basePath: '/' }).canReach('https://op.example')).toBe(true)
    expect(asked).toHaveBeenCalledWith(
      'https://op.example',
      expect.objectContaining({ mode: 'no-cors', credentials: 'omit', cache: 'no-store' }),
    )
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

describe('leaving', () => {
  it('LOUT-06: by a form POST, nothing of it in the address', async () => {
    const submitted: [string, string, [string, unknown][]][] = []
    vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(function (this: HTMLFormElement) {
      submitted.push([this.method, this.action, [...new FormData(this)]])
    })
    const ports = browserPorts({ basePath: '/' })
    ports.navigate({ url: 'https://op.example/logout', method: 'POST', body: 'id_token_hint=a.b.c&state=s' })
    await vi.waitFor(() =>
      expect(submitted).toEqual([
        [
          'post',
          'https://op.example/logout',
          [
            ['id_token_hint', 'a.b.c'],
            ['state', 's'],
          ],
        ],
      ]),
    )
    expect(document.querySelector('form')).toBeNull()
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
    expect(typeof ports.monotonic()).toBe('number')
  })

  it('knows whether it is online, seen, and half filled in', () => {
    const ports = browserPorts({ basePath: '/lens/' })
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
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
    expect(browserPorts({ basePath: '/', isDirty: () => true }).isDirty()).toBe(true)
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
