import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { useShortcut } from '../ui/use-shortcut.tsx'

export interface Reveal {
  /** Secrets are shown unless hidden one by one. */
  readonly all: boolean
  /** @param key see `revealKey` */
  isShown(key: string): boolean
  toggle(key: string): void
  toggleAll(): void
}

const hidden: Reveal = {
  all: false,
  isShown: () => false,
  toggle: () => undefined,
  toggleAll: () => undefined,
}
const RevealContext = createContext<Reveal>(hidden)

/** Which secrets are shown, value by value; V shows or hides all. Nothing is remembered: a reload hides again. */
export function RevealProvider({ children }: { children: ReactNode }) {
  const [{ all, apart }, set] = useState<{ all: boolean; apart: ReadonlySet<string> }>({
    all: false,
    apart: new Set(),
  })
  const toggleAll = () => set(before => ({ all: !before.all, apart: new Set() }))
  useShortcut('v', toggleAll)

  const reveal = useMemo<Reveal>(
    () => ({
      all,
      isShown: key => all !== apart.has(key),
      toggle: key =>
        set(before => {
          const next = new Set(before.apart)
          if (!next.delete(key)) next.add(key)
          return { all: before.all, apart: next }
        }),
      toggleAll: () => set(before => ({ all: !before.all, apart: new Set() })),
    }),
    [all, apart],
  )
  return <RevealContext value={reveal}>{children}</RevealContext>
}

export function useReveal(): Reveal {
  return useContext(RevealContext)
}
