/** The real ports of a browser tab. What records, pauses or tampers wraps these. */
import { isObject, textOf } from '../oauth/check.ts'
import type { DpopKey } from '../oauth/dpop.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { CallbackWindow, Channel, KeyValueStore, Ports, WakeUp } from './ports.ts'

export interface BrowserPortsOptions {
  /** The path the app is served under, with both slashes. */
  readonly basePath: string
  readonly observe?: Ports['observe']
  readonly hold?: Ports['hold']
  readonly isDirty?: () => boolean
}

export function browserPorts({
  basePath,
  observe = () => {},
  hold = async message => message,
  isDirty,
}: BrowserPortsOptions): Ports {
  const blocked = new Set<string>()
  document.addEventListener('securitypolicyviolation', event => blocked.add(event.blockedURI))
  return {
    origin: location.origin,
    basePath,
    isSecureContext,
    observe,
    hold,
    fetch: (request, signal, cache = 'no-store') =>
      fetch(request.url, {
        method: request.method,
        headers: request.headers,
        body: request.body,
        signal,
        cache,
        credentials: 'omit',
        redirect: 'manual',
        referrerPolicy: 'no-referrer',
      }),
    canReach: origin =>
      fetch(origin, {
        mode: 'no-cors',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(3_000),
      }).then(
        () => true,
        () => false,
      ),
    isBlockedByPolicy: url => [...blocked].some(each => url.startsWith(each)),
    navigate: to => (to.method === 'POST' ? postForm(to.url, to.body ?? '') : location.assign(to.url)),
    openFrame: url => openFrame(url),
    openPopup: () => {
      const handle = window.open('', '_blank', 'popup,width=480,height=720')
      return handle && { go: (url, state) => followPopup(handle, url, state), close: () => handle.close() }
    },
    sessionStorage: keyValueStore(() => sessionStorage),
    localStorage: keyValueStore(() => localStorage),
    channel: broadcastChannel('pkce-lens.session'),
    keepKey: key =>
      withKeys('readwrite', keys => keys.put(key, key.thumbprint)).then(
        () => true,
        () => false,
      ),
    takeKey: thumbprint => takeKey(thumbprint).catch(() => null),
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
    random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
    isOnline: () => navigator.onLine,
    isVisible: () => document.visibilityState === 'visible',
    isDirty: isDirty ?? (() => document.querySelector('form[data-dirty]') !== null),
    onWakeUp,
  }
}

function onWakeUp(run: (reason: WakeUp) => void): () => void {
  const giveUp = new AbortController()
  const { signal } = giveUp
  document.addEventListener(
    'visibilitychange',
    () => document.visibilityState === 'visible' && run('visible'),
    { signal },
  )
  addEventListener('pageshow', event => event.persisted && run('pageshow'), { signal })
  addEventListener('online', () => run('online'), { signal })
  addEventListener('focus', () => run('focus'), { signal })
  return () => giveUp.abort()
}

/** A store that never throws: blocked or full storage is an answer, not an accident. */
function keyValueStore(storage: () => Storage): KeyValueStore {
  const attempt = <T>(run: (store: Storage) => T, otherwise: T): T => {
    try {
      return run(storage())
    } catch {
      return otherwise
    }
  }
  return {
    get: key => attempt(store => store.getItem(key), null),
    set: (key, value) =>
      attempt(store => {
        store.setItem(key, value)
        return true
      }, false),
    remove: key => attempt(store => store.removeItem(key), undefined),
    keys: () => attempt(store => Object.keys(store), []),
  }
}

function broadcastChannel(name: string): Channel {
  const channel = new BroadcastChannel(name)
  return {
    post: message => channel.postMessage(message),
    listen: receive => {
      const hear = (event: MessageEvent<unknown>) => receive(event.data)
      channel.addEventListener('message', hear)
      return () => channel.removeEventListener('message', hear)
    },
  }
}

/** LOUT-06: leaves by a form POST, so that nothing secret stands in an address. */
function postForm(url: string, body: string): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = url
  form.hidden = true
  for (const [name, value] of new URLSearchParams(body)) {
    const input = document.createElement('input')
    input.type = 'hidden'
    input.name = name
    input.value = value
    form.append(input)
  }
  document.body.append(form)
  form.submit()
  form.remove()
}

/** WEB-06: only our own callback page, in exactly this frame, is heard. */
function openFrame(url: string): CallbackWindow {
  const frame = document.createElement('iframe')
  frame.hidden = true
  frame.title = 'Silent sign-in'
  frame.src = url
  const giveUp = new AbortController()
  const answer = new Promise<string>(resolve => {
    const hear = (event: MessageEvent<unknown>) => {
      if (event.origin !== location.origin || event.source !== frame.contentWindow) return
      const query = callbackQuery(event.data)
      if (query !== null) resolve(query)
    }
    addEventListener('message', hear, { signal: giveUp.signal })
  })
  document.documentElement.append(frame)
  return {
    answer,
    close: () => {
      giveUp.abort()
      frame.remove()
    },
  }
}

/** The popup's answer is the broadcast that carries our `state`; `closed` alone is no answer (WEB-08). */
function followPopup(handle: Window, url: string, state: string): CallbackWindow {
  const channel = new BroadcastChannel('pkce-lens.callback')
  const answer = new Promise<string>((resolve, reject) => {
    channel.addEventListener('message', (event: MessageEvent<unknown>) => {
      const query = callbackQuery(event.data)
      if (query !== null && new URLSearchParams(query).get('state') === state) resolve(query)
      if (query === 'closed')
        reject(
          new OAuthError({ code: 'popup_closed', expected: 'an answer', received: 'the window was closed' }),
        )
    })
  })
  handle.location.replace(url)
  return {
    answer,
    close: () => {
      channel.close()
      handle.close()
    },
  }
}

function callbackQuery(data: unknown): string | null {
  return isObject(data) && data['type'] === 'pkce-lens.callback' ? (textOf(data['query']) ?? null) : null
}

function withKeys<T>(mode: IDBTransactionMode, use: (keys: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('pkce-lens', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('dpop-keys')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      try {
        const request = use(database.transaction('dpop-keys', mode).objectStore('dpop-keys'))
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
        request.transaction?.addEventListener('complete', () => database.close())
      } catch (error) {
        database.close()
        reject(error)
      }
    }
  })
}

async function takeKey(thumbprint: string): Promise<DpopKey | null> {
  const found: unknown = await withKeys<unknown>('readonly', keys => keys.get(thumbprint))
  await withKeys('readwrite', keys => keys.delete(thumbprint))
  if (!isObject(found) || !(found['privateKey'] instanceof CryptoKey) || !isObject(found['publicJwk']))
    return null
  const publicJwk = Object.fromEntries(
    Object.entries(found['publicJwk']).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )
  return { privateKey: found['privateKey'], publicJwk, thumbprint }
}
