/** The target of a request line: nearly always a path, but whoever connects may write anything there (RFC 9112 §3.2). */

/** @returns the address that is asked for, or null when the target is none */
export function targetUrl(target: string | undefined, origin: string): URL | null {
  const text = target ?? '/'
  // Put together, not resolved: a path that begins with `//` or `/\` would name another host, or none.
  const address = text.startsWith('/') ? origin + text : text
  return URL.canParse(address) ? new URL(address) : null
}
