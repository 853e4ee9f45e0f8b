// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
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

/** It is fetched when the first window opens, and a busy machine takes longer for that than `waitFor` waits. */
beforeAll(async () => {
  await import('./browser-windows.ts')
})

beforeEach(() => void vi.stubGlobal('isSecureContext', true))

afterEach(() => {
  vi.unstubAllGlobals()
  for (const each of frames()) each.remove()
})

describe('a hidden frame', () => {
  it('WEB-06, SIL-03: hears our own page in exactly this frame, and nobody else', async () => {
    const { opened, frame } = await openFrame()
    expect([frame.hidden, frame.title, frame.src]).toEqual([
      true,
      'Silent sign-in',
      'https://op.example/authorize',
    ])
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

  it('RESP-09: what stands in the fragment is judged as well', async () => {
    const { opened, frame } = await openFrame()
    const fragment = '#access_token=a'
    deliver({ ...callback('?code=real'), fragment }, frame.contentWindow)
    expect(await opened.answer).toBe('?code=real#access_token=a')
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
  function openPopup(closed = false) {
    const handle = { location: { replace: vi.fn() }, close: vi.fn(), closed }
    const open = vi.fn(() => handle)
    vi.stubGlobal('open', open)
    const popup = browserPorts({ basePath: '/' }).openPopup()
    expect(open.mock.calls).toEqual([['', '_blank', 'popup,width=480,height=720']])
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
    handle.closed = true
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
    await expect(followed.answer).rejects.toMatchObject({
      details: { code: 'popup_closed', expected: 'an answer', received: 'none' },
    })
  })

  it('that was closed while the provider was asked is sent nowhere, and waited for no longer', async () => {
    const { handle, followed } = openPopup(true)
    await expect(followed.answer).rejects.toMatchObject({ details: { code: 'popup_closed' } })
    expect(handle.location.replace).not.toHaveBeenCalled()
  })

  it('that was not sent anywhere yet is closed all the same', () => {
    const handle = { close: vi.fn() }
    vi.stubGlobal('open', () => handle)
    browserPorts({ basePath: '/' }).openPopup()?.close()
    expect(handle.close).toHaveBeenCalledOnce()
  })

  it('WEB-09: is null when the browser blocked it', () => {
    vi.stubGlobal('open', () => null)
    expect(browserPorts({ basePath: '/' }).openPopup()).toBeNull()
  })
})

describe('leaving', () => {
  it('LOUT-06: by a form POST, nothing of it in the address', async () => {
    const submitted: [string, string, [string, unknown][]][] = []
    vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(function (this: HTMLFormElement) {
      submitted.push([this.method, this.action, [...new FormData(this)]])
      expect([this.hidden, this.isConnected]).toEqual([true, true])
      for (const each of this.elements) expect(each.getAttribute('type')).toBe('hidden')
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
    const policy = document.querySelector<HTMLMetaElement>('meta[name=referrer]')
    expect(policy?.content).toBe('strict-origin')
    dispatchEvent(new Event('pagehide'))
    expect(policy?.content).toBe('no-referrer')
    ports.navigate({ url: 'https://op.example/logout', method: 'POST', body: null })
    await vi.waitFor(() => expect(submitted[1]).toEqual(['post', 'https://op.example/logout', []]))
  })
})
