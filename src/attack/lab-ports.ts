/** The ports of a run: the real network and the real clock, but nothing of the person's own session, storage or trace. */
import type { DpopKey } from '../oauth/dpop.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { KeyValueStore, Ports } from '../session/ports.ts'
import type { WatchedFrame } from './frame-watch.ts'

/** What a run needs from the browser beyond the ports of the session. */
export interface Surroundings {
  readonly ports: Ports
  /** Opens a hidden frame and watches it; `blind`: without cookies, where the browser can do that. */
  watchFrame(url: string, blind?: boolean): WatchedFrame
  /**
   * Runs while no other tab does: they share the session at the provider and the switches of the demo provider.
   * @param stop ends the waiting; the promise rejects then
   * @param onWait called when another tab is at it, with the end of the waiting
   */
  alone<T>(run: () => Promise<T>, stop: AbortSignal, onWait: (turn: Promise<void>) => void): Promise<T>
}

export interface LabPorts extends Ports {
  /** Where the app under attack wanted to go: the page stays, the address is kept. */
  readonly left: () => string | null
}

export function memoryStore(): KeyValueStore {
  const kept = new Map<string, string>()
  return {
    get: key => kept.get(key) ?? null,
    set: (key, value) => {
      kept.set(key, value)
      return true
    },
    remove: key => {
      kept.delete(key)
    },
    keys: () => [...kept.keys()],
  }
}

/** @param documents public documents of the provider, kept between runs */
export function createLabPorts(
  { ports, watchFrame }: Surroundings,
  documents: KeyValueStore,
  seams: Pick<Ports, 'hold' | 'observe'>,
): LabPorts {
  const keys = new Map<string, DpopKey>()
  let left: string | null = null
  return {
    ...ports,
    ...seams,
    left: () => left,
    navigate: to => {
      left = to.url
    },
    openFrame: url => {
      const frame = watchFrame(url)
      const silence = frame.silence.then(() => {
        throw new OAuthError({ code: 'silent_timeout', expected: 'an answer', received: 'a page that stays' })
      })
      return { answer: Promise.race([frame.answer, silence]), close: frame.close }
    },
    openPopup: () => null,
    sessionStorage: documents,
    localStorage: memoryStore(),
    channel: { post: () => undefined, listen: () => () => undefined },
    keepKey: async key => {
      keys.set(key.thumbprint, key)
      return true
    },
    takeKey: async thumbprint => keys.get(thumbprint) ?? null,
    onWakeUp: () => () => undefined,
  }
}
