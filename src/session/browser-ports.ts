/** The real ports of a browser tab. What records, pauses or tampers wraps these. */
import type { CallbackWindow, Channel, KeyValueStore, Ports, WakeUp } from './ports.ts'

export interface BrowserPortsOptions {
  /** The path the app is served under, with both slashes. */
  readonly basePath: string
  readonly observe?: Ports['observe']
  readonly hold?: Ports['hold']
  /**
   * Runs before this page is left for the provider; leaving waits for it. Firefox hands session storage to the next
   * document before `pagehide` when a page with Cross-Origin-Opener-Policy is left: what is written then is lost.
   */
  readonly onLeaving?: () => Promise<void>
}

export function browserPorts({
  basePath,
  observe = () => {},
  hold = async message => message,
  onLeaving = async () => {},
}: BrowserPortsOptions): Ports {
  const blocked = new Set<string>()
  document.addEventListener('securitypolicyviolation', event => blocked.add(event.blockedURI))
  return {
    origin: location.origin,
    basePath,
    isSecureContext: window.isSecureContext,
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
    isBlockedByPolicy: async url => {
      // The event is a task of its own and comes after the rejection of the fetch.
      await new Promise(done => setTimeout(done))
      return [...blocked].some(each => each !== '' && url.startsWith(each))
    },
    navigate: async to => {
      await onLeaving()
      const plainly = () => location.assign(to.url)
      if (to.method === 'GET') plainly()
      else void windows().then(({ postForm }) => postForm(to.url, to.body ?? ''), plainly)
    },
    openFrame: url => whenLoaded(windows().then(({ openFrame }) => openFrame(url))),
    openPopup: () => {
      const handle = window.open('', '_blank', 'popup,width=480,height=720')
      if (!handle) return null
      // The answer comes by BroadcastChannel, and no page in the popup shall lead this tab elsewhere.
      handle.opener = null
      let followed: CallbackWindow | undefined
      return {
        go: (url, state) =>
          (followed = whenLoaded(windows().then(({ followPopup }) => followPopup(handle, url, state)))),
        close: () => {
          followed?.close()
          handle.close()
        },
      }
    },
    sessionStorage: keyValueStore(() => sessionStorage),
    localStorage: keyValueStore(() => localStorage),
    channel: broadcastChannel('pkce-lens.session'),
    keepKey: async key => (await import('./key-store.ts')).keepKey(key, Date.now()),
    takeKey: async thumbprint => (await import('./key-store.ts')).takeKey(thumbprint).catch(() => null),
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
    random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
    isOnline: () => navigator.onLine,
    isVisible: () => document.visibilityState === 'visible',
    isDirty: () => document.querySelector('form[data-dirty]') !== null,
    onWakeUp,
  }
}

const windows = () => import('./browser-windows.ts')

/** A window whose code is still on its way. */
const whenLoaded = (loading: Promise<CallbackWindow>): CallbackWindow => ({
  answer: loading.then(window => window.answer),
  close: () =>
    void loading.then(
      window => window.close(),
      () => {},
    ),
})

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
export function keyValueStore(storage: () => Storage): KeyValueStore {
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

/** Silent where the browser refuses one, as Firefox does for a site whose data is blocked. */
function broadcastChannel(name: string): Channel {
  let channel: BroadcastChannel | undefined
  try {
    channel = new BroadcastChannel(name)
  } catch {
    // the other tabs are not heard; who signs in is told what the browser refuses
  }
  return {
    post: message => channel?.postMessage(message),
    listen: receive => {
      const hear = (event: MessageEvent<unknown>) => receive(event.data)
      channel?.addEventListener('message', hear)
      return () => channel?.removeEventListener('message', hear)
    },
  }
}
