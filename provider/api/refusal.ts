/** How the API says no: status, code, and the `WWW-Authenticate` header (RFC 6750 §3, RFC 9449 §7.1). */

export type Scheme = 'Bearer' | 'DPoP'

export const dpopAlgs = ['ES256', 'Ed25519', 'EdDSA']

export class Refusal extends Error {
  readonly status: 400 | 401 | 403
  /** Error code, or null when the request carried no token at all. */
  readonly code: string | null
  readonly scope: string | null

  constructor(
    status: 400 | 401 | 403,
    code: string | null,
    description: string,
    scope: string | null = null,
  ) {
    super(description)
    this.status = status
    this.code = code
    this.scope = scope
  }
}

const quoted = (text: string): string => `"${text.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "'")}"`

function challenge(scheme: Scheme, realm: string, refusal: Refusal): string {
  const parts = [`realm=${quoted(realm)}`]
  if (refusal.code !== null)
    parts.push(`error=${quoted(refusal.code)}`, `error_description=${quoted(refusal.message)}`)
  if (refusal.scope !== null) parts.push(`scope=${quoted(refusal.scope)}`)
  if (scheme === 'DPoP') parts.push(`algs=${quoted(dpopAlgs.join(' '))}`)
  return `${scheme} ${parts.join(', ')}`
}

/**
 * The header value. A request without a token is told every scheme that works; otherwise the one it used.
 * @param realm the API's identifier
 */
export function wwwAuthenticate(refusal: Refusal, scheme: Scheme, realm: string): string {
  if (refusal.code !== null) return challenge(scheme, realm, refusal)
  return `${challenge('Bearer', realm, refusal)}, ${challenge('DPoP', realm, refusal)}`
}
