import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { useShortcut } from '../ui/use-shortcut.tsx'

export interface ThreadChoice {
  /** Fingerprint of the value whose thread is drawn: under the pointer, else the pinned one. */
  readonly lit: string | null
  readonly pinned: string | null
  light(fingerprint: string | null): void
  pin(fingerprint: string | null): void
}

const nothing: ThreadChoice = { lit: null, pinned: null, light: () => undefined, pin: () => undefined }
const ThreadContext = createContext<ThreadChoice>(nothing)

/** Which value is lit, for everything below. Escape lets it go. */
export function ThreadProvider({ children }: { children: ReactNode }) {
  const [pointed, light] = useState<string | null>(null)
  const [pinned, pin] = useState<string | null>(null)
  const lit = pointed ?? pinned
  const letGo = () => {
    light(null)
    pin(null)
  }
  useShortcut('Escape', letGo, lit !== null)

  useEffect(() => {
    // The chips of the whole page step back, wherever they stand: one attribute at the root tells them.
    if (lit === null) return
    document.documentElement.dataset['thread'] = lit.slice(0, 4)
    return () => {
      delete document.documentElement.dataset['thread']
    }
  }, [lit])

  const choice = useMemo(() => ({ lit, pinned, light, pin }), [lit, pinned])
  return <ThreadContext value={choice}>{children}</ThreadContext>
}

export function useThread(): ThreadChoice {
  return useContext(ThreadContext)
}
