import { jsonObject } from '../oauth/check.ts'
import { kept } from '../ui/preference.ts'

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

const keptDock = kept('pkce-lens.dock', parseDock, state => JSON.stringify(state))

export const dock = {
  ...keptDock,
  set: (change: Partial<DockState>) => keptDock.set({ ...keptDock.get(), ...change }),
}

/** Anything that is not as it should be is as usual. */
export function parseDock(text: string | null): DockState {
  const { side, open, width, height } = jsonObject(text) ?? {}
  return {
    side: side === 'bottom' || side === 'right' ? side : usualDock.side,
    open: typeof open === 'boolean' ? open : usualDock.open,
    width: within(width, dockLimits.width, usualDock.width),
    height: within(height, dockLimits.height, usualDock.height),
  }
}

function within(value: unknown, limits: { min: number; max: number }, usual: number): number {
  return typeof value === 'number' && value >= limits.min && value <= limits.max ? value : usual
}
