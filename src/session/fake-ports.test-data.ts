/**
 * A browser for tests: two clocks that move only when they are told to, the storage of an origin and of each tab,
 * a channel between the tabs, windows that are answered by hand. Nothing of the protocol is in here.
 */
import type { DpopKey } from '../oauth/dpop.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { HttpRequest, Step, StepKind, StepOf } from '../oauth/step.ts'
import type { CallbackWindow, KeyValueStore, Ports, WakeUp } from './ports.ts'

export const origin = 'https://app.example'

/** What stands behind `fetch`; a rejection is a network that failed. */
export type Server = (request: HttpRequest, cache: RequestCache | undefined) => Promise<Response>

/** Lets everything that waits for nothing but its turn run. */
export async function turn(): Promise<void> {
  for (let rounds = 0; rounds < 8; rounds++) await new Promise(resolve => setImmediate(resolve))
}

export interface Window {
  readonly url: string
  isClosed: boolean
  answer(query: string): void
  fail(error: unknown): void
}

/** What a test may change about one tab while it runs. */
export interface Conditions {
  online: boolean
  visible: boolean
  dirty: boolean
  secure: boolean
  reachable: boolean
  blockedByPolicy: boolean
  /** The browser refuses to store. */
  storageFull: boolean
  /** The browser refuses to keep a key. */
  keysRefused: boolean
  popupBlocked: boolean
  random: number
  hold: Ports['hold']
}

export interface Tab {
  readonly ports: Ports
  readonly conditions: Conditions
  readonly steps: Step[]
  readonly sent: HttpRequest[]
  readonly navigations: Parameters<Ports['navigate']>[0][]
  readonly frames: Window[]
  readonly popups: Window[]
  readonly session: Map<string, string>
  told<K extends StepKind>(kind: K): StepOf<K>[]
  /** Resolves when so many Steps of this kind were told. */
  until<K extends StepKind>(kind: K, count?: number): Promise<StepOf<K>>
  /** Resolves when so many frames, or popups, were opened. */
  opened(kind: 'frames' | 'popups', count?: number): Promise<Window>
  wake(reason: WakeUp): void
}

export interface Browser {
  readonly local: Map<string, string>
  readonly keys: Map<string, DpopKey>
  now(): number
  /** What everybody else's clock says: not moved by `setClock`. */
  trueTime(): number
  /** All clocks go on; timers fire in order, each with its turn. */
  advance(milliseconds: number): Promise<void>
  /** The machine sleeps: the monotonic clock stands still and no timer fires. */
  sleep(milliseconds: number): void
  /** Somebody sets the wall clock. */
  setClock(milliseconds: number): void
  /** A tab; with the session storage of an earlier one it is a reload of it. */
  openTab(server: Server, earlier?: Tab): Tab
  /** Delays of the timers that wait, in order. */
  timers(): number[]
}

function storage(entries: Map<string, string>, conditions: Conditions): KeyValueStore {
  return {
    get: key => entries.get(key) ?? null,
    set: (key, value) => {
      if (!conditions.storageFull) entries.set(key, value)
      return !conditions.storageFull
    },
    remove: key => void entries.delete(key),
    keys: () => [...entries.keys()],
  }
}

function openWindow(windows: Window[], url: string): CallbackWindow {
  let settle: { resolve: (query: string) => void; reject: (error: unknown) => void } | undefined
  const answer = new Promise<string>((resolve, reject) => {
    settle = { resolve, reject }
  })
  const opened: Window = {
    url,
    isClosed: false,
    answer: query => settle?.resolve(query),
    fail: error => settle?.reject(error),
  }
  windows.push(opened)
  return {
    answer,
    close: () => {
      opened.isClosed = true
      settle?.reject(new OAuthError({ code: 'popup_closed' }))
    },
  }
}

export function createBrowser(): Browser {
  let wall = 1_800_000_000_000
  let ahead = 0
  let monotonic = 5_000
  const timers = new Set<{ readonly at: number; readonly run: () => void }>()
  const listeners = new Map<Tab, Set<(message: unknown) => void>>()
  const local = new Map<string, string>()
  const keys = new Map<string, DpopKey>()
  const next = () => [...timers].sort((a, b) => a.at - b.at)[0]

  function openTab(server: Server, earlier?: Tab): Tab {
    const conditions: Conditions = {
      online: true,
      visible: true,
      dirty: false,
      secure: true,
      reachable: true,
      blockedByPolicy: false,
      storageFull: false,
      keysRefused: false,
      popupBlocked: false,
      random: 0,
      hold: async message => message,
    }
    const session = earlier?.session ?? new Map<string, string>()
    const waiting = new Set<() => void>()
    const wakers = new Set<(reason: WakeUp) => void>()
    const there = <T>(find: () => T | undefined) =>
      new Promise<T>(resolve => {
        const look = () => {
          const found = find()
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      })
    const noticed = <T>(value: T): T => {
      for (const look of [...waiting]) look()
      return value
    }
    const tab: Tab = {
      conditions,
      steps: [],
      sent: [],
      navigations: [],
      frames: [],
      popups: [],
      session,
      told: kind => tab.steps.filter((step): step is StepOf<typeof kind> => step.kind === kind),
      until: (kind, count = 1) => there(() => tab.told(kind)[count - 1]),
      opened: (kind, count = 1) => there(() => tab[kind][count - 1]),
      wake: reason => {
        for (const run of wakers) run(reason)
      },
      ports: {
        origin,
        basePath: '/',
        get isSecureContext() {
          return conditions.secure
        },
        fetch: (request, signal, cache) => {
          tab.sent.push(request)
          return new Promise((resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason))
            server(request, cache).then(resolve, reject)
          })
        },
        canReach: async () => conditions.reachable,
        isBlockedByPolicy: async () => conditions.blockedByPolicy,
        navigate: to => void tab.navigations.push(to),
        openFrame: url => noticed(openWindow(tab.frames, url)),
        openPopup: () => {
          if (conditions.popupBlocked) return null
          const opened: CallbackWindow[] = []
          return {
            go: url => {
              const window = noticed(openWindow(tab.popups, url))
              opened.push(window)
              return window
            },
            close: () => {
              for (const window of opened) window.close()
            },
          }
        },
        hold: (message, flow) => conditions.hold(message, flow),
        observe: step => {
          noticed(tab.steps.push(step))
        },
        sessionStorage: storage(session, conditions),
        localStorage: storage(local, conditions),
        channel: {
          post: message => {
            for (const [other, hearing] of listeners)
              if (other !== tab) for (const hear of hearing) queueMicrotask(() => hear(message))
          },
          listen: receive => {
            listeners.set(tab, new Set([...(listeners.get(tab) ?? []), receive]))
            return () => void listeners.get(tab)?.delete(receive)
          },
        },
        keepKey: async key => {
          if (!conditions.keysRefused) keys.set(key.thumbprint, key)
          return !conditions.keysRefused
        },
        takeKey: async thumbprint => {
          const key = keys.get(thumbprint) ?? null
          keys.delete(thumbprint)
          return key
        },
        now: () => wall + ahead,
        monotonic: () => monotonic,
        after: (milliseconds, run) => {
          const timer = { at: monotonic + milliseconds, run }
          timers.add(timer)
          return () => void timers.delete(timer)
        },
        random: () => conditions.random,
        isOnline: () => conditions.online,
        isVisible: () => conditions.visible,
        isDirty: () => conditions.dirty,
        onWakeUp: run => {
          wakers.add(run)
          return () => void wakers.delete(run)
        },
      },
    }
    return tab
  }

  return {
    local,
    keys,
    openTab,
    now: () => wall + ahead,
    trueTime: () => wall,
    sleep: milliseconds => {
      wall += milliseconds
    },
    setClock: milliseconds => {
      ahead += milliseconds
    },
    timers: () => [...timers].map(timer => timer.at - monotonic).sort((a, b) => a - b),
    async advance(milliseconds) {
      await turn()
      const end = monotonic + milliseconds
      for (let timer = next(); timer && timer.at <= end; timer = next()) {
        timers.delete(timer)
        wall += timer.at - monotonic
        monotonic = timer.at
        timer.run()
        await turn()
      }
      wall += end - monotonic
      monotonic = end
      await turn()
    },
  }
}
