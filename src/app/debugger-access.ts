/** The debugger's place in the ports: nothing is loaded until somebody pauses, or has paused before the redirect. */
import type { HeldMessage, Step } from '../oauth/step.ts'
import type { Debugger } from '../pause/debugger.ts'
import { pauseKey } from '../pause/pause-key.ts'
import type { DebuggerAccess } from '../pause/use-debugger.tsx'
import type { Ports } from '../session/ports.ts'
import { tabStorage } from './tab-storage.ts'

export interface PausablePorts extends DebuggerAccess {
  readonly hold: Ports['hold']
}

export function pausable(observe: (step: Step) => void): PausablePorts {
  let loaded: Debugger | null = null
  let loading: Promise<Debugger> | null = null
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const load = (): Promise<Debugger> => {
    loading ??= import('../pause/debugger.ts').then(
      ({ createDebugger }) => {
        loaded = createDebugger({ storage: tabStorage, observe, now: Date.now })
        loaded.subscribe(tell)
        tell()
        return loaded
      },
      error => {
        // Asked for again by the next press; until then nothing is held.
        loading = null
        throw error
      },
    )
    return loading
  }
  const pausedBefore = tabStorage.get(pauseKey) !== null
  if (pausedBefore) load().catch(() => {})
  return {
    get: () => loaded,
    load,
    subscribe: run => {
      listeners.add(run)
      return () => listeners.delete(run)
    },
    async hold(message: HeldMessage, flow) {
      const active = loaded ?? (await loading?.catch(() => null))
      return active ? active.hold(message, flow) : message
    },
  }
}
