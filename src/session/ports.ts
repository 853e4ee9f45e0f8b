/**
 * Everything outside reaches the session through these. Recording observes them, pausing holds a message at
 * them, tampering edits the message that is held, an experiment wraps them with a scripted edit.
 */
import type { DpopKey } from '../oauth/dpop.ts'
import type { FlowType, HeldMessage, HttpRequest, Step } from '../oauth/step.ts'

export interface KeyValueStore {
  get(key: string): string | null
  /** False when the browser refused to store (full, blocked). */
  set(key: string, value: string): boolean
  remove(key: string): void
  keys(): string[]
}

/** Messages between the tabs of this origin. */
export interface Channel {
  post(message: unknown): void
  /** Returns a function that stops listening. */
  listen(receive: (message: unknown) => void): () => void
}

/** A hidden frame or a popup that ends at one of our own callback pages. */
export interface CallbackWindow {
  /** Resolves with the query string of the callback, from a frame with its fragment (RESP-09). */
  readonly answer: Promise<string>
  close(): void
}

export interface Popup {
  /** Goes to the provider; the answer is the one that carries this `state`. */
  go(url: string, state: string): CallbackWindow
  /** An answer that has not come by then never comes: `popup_closed`. */
  close(): void
}

export type WakeUp = 'visible' | 'pageshow' | 'online' | 'focus'

export interface Ports {
  fetch(request: HttpRequest, signal: AbortSignal, cache?: RequestCache): Promise<Response>
  /** Whether a server answers there at all; asked without reading the answer, only after a failure. */
  canReach(origin: string): Promise<boolean>
  /** The page's own Content-Security-Policy refused this address. */
  isBlockedByPolicy(url: string): Promise<boolean>
  /** Leaves the page. With a body: a form POST. */
  navigate(to: { url: string; method: 'GET' | 'POST'; body: string | null }): void
  openFrame(url: string): CallbackWindow
  /** Opened inside the click, before any await; null when the browser blocked it. */
  openPopup(): Popup | null
  /** Holds a message until the person lets it go, perhaps edited; null drops it. Default: at once, unchanged. */
  hold(
    message: HeldMessage,
    flow: { readonly id: string; readonly type: FlowType },
  ): Promise<HeldMessage | null>
  observe(step: Step): void
  /** Per tab, survives a reload: transactions, never tokens. */
  readonly sessionStorage: KeyValueStore
  /** Per origin: hints and counters, never a secret. */
  readonly localStorage: KeyValueStore
  readonly channel: Channel
  /** Keeps a DPoP key over the redirect; it cannot be exported. False when the browser refuses (DPOP-11). */
  keepKey(key: DpopKey): Promise<boolean>
  takeKey(thumbprint: string): Promise<DpopKey | null>
  /** Wall clock, milliseconds. */
  now(): number
  /** Monotonic clock, milliseconds; stops or not during sleep, as the browser likes. */
  monotonic(): number
  /** Runs later; returns a function that cancels. */
  after(milliseconds: number, run: () => void): () => void
  /** Uniform in [0, 1): for spread and jitter only, never for secrets. */
  random(): number
  isOnline(): boolean
  isVisible(): boolean
  /** A form is half filled: do not leave the page on our own. */
  isDirty(): boolean
  onWakeUp(run: (reason: WakeUp) => void): () => void
  readonly origin: string
  /** The path the app is served under, with both slashes: `/` or `/lens/`. */
  readonly basePath: string
  readonly isSecureContext: boolean
}
