/** The debugger in React: loaded only when somebody pauses. */
import { createContext, type ReactNode, use, useSyncExternalStore } from 'react'
import type { Debugger, DebuggerState } from './debugger.ts'

/** How the app lends the debugger: null while it is off and not loaded. */
export interface DebuggerAccess {
  subscribe(run: () => void): () => void
  get(): Debugger | null
  /** Loads it when needed. */
  load(): Promise<Debugger>
}

const AccessContext = createContext<DebuggerAccess | null>(null)

export function DebuggerProvider({ access, children }: { access: DebuggerAccess; children: ReactNode }) {
  return <AccessContext value={access}>{children}</AccessContext>
}

const off: DebuggerState = { each: false, once: false, breakpoints: [], held: null }

export function useDebugger(): { access: DebuggerAccess; state: DebuggerState; current: Debugger | null } {
  const access = use(AccessContext)
  if (!access) throw new Error('useDebugger needs a <DebuggerProvider> above it')
  const current = useSyncExternalStore(access.subscribe, access.get)
  const state = useSyncExternalStore(access.subscribe, () => access.get()?.getState() ?? off)
  return { access, state, current }
}
