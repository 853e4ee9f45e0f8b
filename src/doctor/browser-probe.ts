/** The real ports of a browser tab. */
import { isLoopback } from '../oauth/client-config.ts'
import type { FrameCookies, PermissionAnswer, ProbePorts } from './probe.ts'

/** Listens for refusals of the page's policy from now on; make one for the life of the page. */
export function browserProbe(): ProbePorts {
  const refused = new Set<string>()
  document.addEventListener('securitypolicyviolation', event => refused.add(event.blockedURI))
  return {
    fetch: (url, init) => fetch(url, init),
    now: Date.now,
    monotonic: () => performance.now(),
    isOnline: () => navigator.onLine,
    async isBlockedByPolicy(url) {
      // The event is a task of its own and may come after the rejection of the fetch.
      await new Promise(done => setTimeout(done))
      return [...refused].some(each => each !== '' && url.startsWith(each))
    },
    localNetworkPermission,
    origin: location.origin,
    isSecureContext,
    hasWebCrypto: typeof crypto !== 'undefined' && typeof crypto.subtle !== 'undefined',
    hasSessionStorage: canStore(),
    browser: browserOf(navigator.userAgent, 'brave' in navigator),
    timeout: 8_000,
  }
}

async function localNetworkPermission(hostname: string): Promise<PermissionAnswer> {
  for (const name of [isLoopback(hostname) ? 'loopback-network' : 'local-network', 'local-network-access']) {
    const state = await permission(name)
    if (state !== 'unknown') return state
  }
  return 'unknown'
}

async function permission(name: string): Promise<PermissionAnswer> {
  // The names are newer than the browser's list of names; one that it does not know makes it throw.
  const permissions: { query(descriptor: { name: string }): Promise<{ state: PermissionState }> } =
    navigator.permissions
  try {
    return (await permissions.query({ name })).state
  } catch {
    return 'unknown'
  }
}

function canStore(): boolean {
  try {
    sessionStorage.setItem('pkce-lens.test', '1')
    sessionStorage.removeItem('pkce-lens.test')
    return true
  } catch {
    return false
  }
}

/** Standards matrix 5.2, as of November 2026. Chrome's private windows block as well and cannot be told apart. */
export function browserOf(userAgent: string, brave: boolean): { name: string; frameCookies: FrameCookies } {
  if (brave) return { name: 'Brave', frameCookies: 'blocked' }
  if (/Firefox\//.test(userAgent)) return { name: 'Firefox', frameCookies: 'partitioned' }
  if (/Edg\//.test(userAgent)) return { name: 'Edge', frameCookies: 'allowed' }
  if (/(Chrome|Chromium)\//.test(userAgent)) return { name: 'Chrome', frameCookies: 'allowed' }
  if (/Safari\//.test(userAgent)) return { name: 'Safari', frameCookies: 'blocked' }
  return { name: 'This browser', frameCookies: 'unknown' }
}
