/**
 * What is revealed on this page, for every part of it that shows secrets: they stand apart, and V means them all.
 * Nothing is remembered: a reload hides again, and so does leaving the last of those parts.
 */

export interface Revealed {
  /** Secrets are shown unless hidden one by one. */
  readonly all: boolean
  /** The other way round than `all` says. */
  readonly apart: ReadonlySet<string>
}

const nothing: Revealed = { all: false, apart: new Set() }
const watchers = new Set<() => void>()
let current = nothing

function set(next: Revealed): void {
  current = next
  for (const changed of watchers) changed()
}

export const revealed = {
  get: (): Revealed => current,

  toggle(key: string): void {
    const apart = new Set(current.apart)
    if (!apart.delete(key)) apart.add(key)
    set({ all: current.all, apart })
  },

  toggleAll(): void {
    set({ all: !current.all, apart: new Set() })
  },

  /** Calls back after every change; returns the way to stop. */
  subscribe(changed: () => void): () => void {
    watchers.add(changed)
    return () => {
      watchers.delete(changed)
      if (watchers.size === 0) current = nothing
    }
  },
}
