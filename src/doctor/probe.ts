/** What the doctor needs from the browser. Tests give scripted ones. */

export type PermissionAnswer = 'granted' | 'denied' | 'prompt' | 'unknown'

/** How a browser treats a provider's cookie inside a frame of another site (SESS-05). */
export type FrameCookies = 'blocked' | 'partitioned' | 'allowed' | 'unknown'

export interface ProbePorts {
  fetch(url: string, init: RequestInit): Promise<Response>
  /** Wall clock, milliseconds. */
  now(): number
  /** Monotonic clock, milliseconds. */
  monotonic(): number
  isOnline(): boolean
  /** True when the page's own policy has refused this address. */
  isBlockedByPolicy(url: string): Promise<boolean>
  /** The permission for addresses of this computer or of the local network. */
  localNetworkPermission(hostname: string): Promise<PermissionAnswer>
  readonly origin: string
  readonly isSecureContext: boolean
  readonly hasWebCrypto: boolean
  readonly hasSessionStorage: boolean
  /** Name of the browser and what it does with cookies in frames. */
  readonly browser: { readonly name: string; readonly frameCookies: FrameCookies }
  /** Milliseconds before a request is given up. */
  readonly timeout: number
}
