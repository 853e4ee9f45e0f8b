import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
import { useStore } from 'zustand/react'
import { useShortcut } from '../ui/use-shortcut.tsx'
import { enter, revealed, toggle, toggleAll } from './revealed.ts'

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

/** Which secrets are shown, value by value; V shows or hides all, in every part of the page that stands in a provider. */
export function RevealProvider({ children }: { children: ReactNode }) {
  const { all, apart } = useStore(revealed)
  useEffect(enter, [])
  // Of several providers the first hears the key, and that is enough.
  useShortcut('v', toggleAll)

  const reveal = useMemo<Reveal>(
    () => ({
      all,
      isShown: key => all !== apart.has(key),
      toggle,
      toggleAll,
    }),
    [all, apart],
  )
  return <RevealContext value={reveal}>{children}</RevealContext>
}

export function useReveal(): Reveal {
  return useContext(RevealContext)
}
