/**
 * The debugger: a `hold` for the ports that lets messages pass, or keeps one until the person sends or drops it.
 * What is set survives the redirect, so that the address is held before the tab leaves and the callback before it
 * is judged.
 */
import { jsonObject } from '../oauth/check.ts'
import type { FlowType, HeldMessage, Step } from '../oauth/step.ts'
import { heldAs } from '../sequence/pairing.ts'
import { type Breakpoint, breakpointKinds } from './breakpoints.ts'
import { pauseKey } from './pause-key.ts'

export interface Held {
  readonly message: HeldMessage
  readonly kind: Breakpoint
  readonly flow: string
  /** Rises with every held message, so that a form starts afresh. */
  readonly serial: number
}

export interface DebuggerState {
  /** Pause before each message. */
  readonly each: boolean
  /** Stop once, at the next message. */
  readonly once: boolean
  readonly breakpoints: readonly Breakpoint[]
  readonly held: Held | null
}

export interface Debugger {
  getState(): DebuggerState
  subscribe(run: () => void): () => void
  hold(
    message: HeldMessage,
    flow: { readonly id: string; readonly type: FlowType },
  ): Promise<HeldMessage | null>
  /** Pausing before each message on or off; what is held stays held. */
  pauseEach(on: boolean): void
  /** Turns pausing off and lets go of what is held, unchanged. */
  run(): void
  /** Lets go of what is held, as `message` when it was edited, and stops at the next message. */
  next(message?: HeldMessage): void
  /** Sends `message`, edited or not, in place of what is held. */
  send(message: HeldMessage): void
  /** Ends the flow here. */
  drop(): void
  setBreakpoints(breakpoints: readonly Breakpoint[]): void
}

export interface DebuggerOptions {
  readonly storage: {
    get(key: string): string | null
    set(key: string, value: string): unknown
    remove(key: string): void
  }
  readonly observe: (step: Step) => void
  readonly now: () => number
}

export function createDebugger({ storage, observe, now }: DebuggerOptions): Debugger {
  let state: DebuggerState = { ...readKept(storage.get(pauseKey)), held: null }
  let serial = 0
  /** Answers of held messages, oldest first: a second message that arrives meanwhile waits its turn. */
  const waiting: { held: Held; flowType: FlowType; letGo: (message: HeldMessage | null) => void }[] = []
  const listeners = new Set<() => void>()

  function change(part: Partial<DebuggerState>): void {
    state = { ...state, ...part }
    const { each, once, breakpoints } = state
    if (each || once || breakpoints.length > 0)
      storage.set(pauseKey, JSON.stringify({ each, once, breakpoints }))
    else storage.remove(pauseKey)
    for (const listener of listeners) listener()
  }

  /** Shows the oldest held message, one at a time. */
  function showFirst(): void {
    const first = waiting[0]
    if (first && first.held !== state.held) {
      const { message, flow } = first.held
      observe({ kind: 'held', message, flow, flowType: first.flowType, at: now() })
    }
    change({ held: first?.held ?? null })
  }

  function letGo(message: HeldMessage | null): void {
    const first = waiting.shift()
    first?.letGo(message)
    showFirst()
  }

  return {
    getState: () => state,
    subscribe: run => {
      listeners.add(run)
      return () => listeners.delete(run)
    },
    async hold(message, flow) {
      const kind = heldAs(message)
      // What is asked for while the page loads belongs to no sign-in yet; it stops at a breakpoint only.
      const stops = flow.type !== 'prepare' && (state.each || state.once)
      if (!stops && !state.breakpoints.includes(kind)) return message
      if (state.once) change({ once: false })
      serial += 1
      const held: Held = { message, kind, flow: flow.id, serial }
      return new Promise(resolve => {
        waiting.push({ held, flowType: flow.type, letGo: resolve })
        showFirst()
      })
    },
    pauseEach: each => change({ each }),
    run() {
      const all = waiting.splice(0)
      change({ each: false, once: false, held: null })
      for (const each of all) each.letGo(each.held.message)
    },
    next(message) {
      if (!state.each) change({ once: true })
      letGo(message ?? state.held?.message ?? null)
    },
    send: message => letGo(message),
    drop: () => letGo(null),
    setBreakpoints: breakpoints => change({ breakpoints }),
  }
}

function readKept(text: string | null): Omit<DebuggerState, 'held'> {
  const { each, once, breakpoints } = jsonObject(text) ?? {}
  const named: readonly unknown[] = Array.isArray(breakpoints) ? breakpoints : []
  return {
    each: each === true,
    once: once === true,
    breakpoints: breakpointKinds.filter(kind => named.includes(kind)),
  }
}
