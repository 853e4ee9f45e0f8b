/** Where the lens is docked and how large it is: remembered in this browser, nothing secret in it. */
export interface DockState {
  readonly side: 'right' | 'bottom'
  readonly open: boolean
  /** Px beside the app. */
  readonly width: number
  /** Px under the app. */
  readonly height: number
}

export const usualDock: DockState = { side: 'right', open: true, width: 404, height: 344 }
export const dockLimits = { width: { min: 320, max: 760 }, height: { min: 180, max: 720 } } as const

const key = 'pkce-lens.dock'
const watchers = new Set<() => void>()
let current: DockState | null = null

export const dock = {
  get(): DockState {
    current ??= parseDock(stored())
    return current
  },

  set(change: Partial<DockState>): void {
    current = { ...dock.get(), ...change }
    keep(JSON.stringify(current))
    for (const changed of watchers) changed()
  },

  /** Calls back after every change, in this tab or another; returns the way to stop. */
  subscribe(changed: () => void): () => void {
    if (watchers.size === 0) globalThis.addEventListener('storage', onStorage)
    watchers.add(changed)
    return () => {
      watchers.delete(changed)
      if (watchers.size === 0) globalThis.removeEventListener('storage', onStorage)
    }
  },
}

/** Anything that is not as it should be is as usual. */
export function parseDock(text: string | null): DockState {
  const kept = record(text)
  const { side, open } = kept
  return {
    side: side === 'bottom' || side === 'right' ? side : usualDock.side,
    open: typeof open === 'boolean' ? open : usualDock.open,
    width: within(kept['width'], dockLimits.width, usualDock.width),
    height: within(kept['height'], dockLimits.height, usualDock.height),
  }
}

function record(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function within(value: unknown, limits: { min: number; max: number }, usual: number): number {
  return typeof value === 'number' && value >= limits.min && value <= limits.max ? value : usual
}

function onStorage(event: StorageEvent): void {
  if (event.key !== key && event.key !== null) return
  current = parseDock(event.newValue)
  for (const changed of watchers) changed()
}

/* Reading `localStorage` itself throws where a browser blocks storage. */
function stored(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(text: string): void {
  try {
    localStorage.setItem(key, text)
  } catch {
    return
  }
}
