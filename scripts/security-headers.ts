/**
 * The security headers of the app, in one place: `npm run preview` sends them, `npm run deploy-files` writes them
 * for each host, the tests hold them. Everything runs from this origin; no inline script or style.
 */
export interface HeaderOptions {
  /** Origins that requests, frames, forms and pictures are pinned to; null: any https, and loopback. */
  readonly origins: readonly string[] | null
  /** More origins that pictures may come from when they are pinned. */
  readonly pictures?: readonly string[]
  /** More origins that the provider sends people on to: frames and the sign-out form may lead through them. */
  readonly pages?: readonly string[]
}

/** A policy has no word for the other addresses of 127.0.0.0/8, and none for IPv6. */
const loopback = 'http://localhost:* http://*.localhost:* http://127.0.0.1:*'

/** The one page that may be framed, by this origin only (SIL-07). */
export const silentCallback = /\/silent-callback(\.html)?$/

export function contentSecurityPolicy(
  framed: boolean,
  { origins, pictures = [], pages = [] }: HeaderOptions,
): string {
  const outside = origins ? origins.join(' ') : `https: ${loopback}`
  const images = origins ? [...origins, ...pictures].join(' ') : outside
  const visited = origins ? [...origins, ...pages].join(' ') : outside
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    `img-src 'self' data: ${images}`,
    `connect-src 'self' ${outside}`,
    `frame-src 'self' ${visited}`,
    `form-action 'self' ${visited}`,
    "base-uri 'none'",
    "object-src 'none'",
    `frame-ancestors ${framed ? "'self'" : "'none'"}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

/** Headers for a document of the app. `path` is the path of the request. */
export function securityHeaders(
  path: string,
  options: HeaderOptions = { origins: null },
): Record<string, string> {
  const framed = silentCallback.test(path)
  return {
    'Content-Security-Policy': contentSecurityPolicy(framed, options),
    'X-Frame-Options': framed ? 'SAMEORIGIN' : 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  }
}

/** Hashed files never change; everything else is asked for again. */
export const cacheControl = (path: string): string =>
  /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-store'
