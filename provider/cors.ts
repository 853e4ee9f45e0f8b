/** Which pages may read the answers (Fetch, CORS protocol; RFC 9700 §2.6: never the authorization endpoint). */

const exposed = 'WWW-Authenticate, DPoP-Nonce, Retry-After, Date'
const allowedRequestHeaders = 'authorization, content-type, dpop'
/** Chromium keeps a preflight for two hours at most. */
const maxAge = '7200'

/** Headers of an answer that a page on `origin` may read; none when the origin is not one of ours. */
export function corsHeaders(
  origin: string | undefined,
  allowed: ReadonlySet<string>,
): Record<string, string> {
  if (origin === undefined || !allowed.has(origin)) return {}
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': exposed }
}

/** Headers of the answer to a preflight. */
export function preflightHeaders(
  origin: string | undefined,
  allowed: ReadonlySet<string>,
  methods: string,
): Record<string, string> {
  if (origin === undefined || !allowed.has(origin)) return {}
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': allowedRequestHeaders,
    'Access-Control-Max-Age': maxAge,
  }
}
