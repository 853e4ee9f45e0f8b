/** Demonstrating Proof of Possession (RFC 9449): a token that is useless without the key of this browser. */
import { base64url } from './keys.ts'

export interface DpopKey {
  /** Not extractable: script can use it, nobody can copy it (DPOP-10). */
  readonly privateKey: CryptoKey
  /** Public part only: kty, crv, x, y. */
  readonly publicJwk: Readonly<Record<string, string>>
  /** RFC 7638, base64url of SHA-256: `jkt` and `dpop_jkt`. */
  readonly thumbprint: string
}

const bytes = (text: string) => new TextEncoder().encode(text)
const sha256 = async (text: string) =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes(text))))
const part = (value: object) => base64url(bytes(JSON.stringify(value)))

export async function createDpopKey(): Promise<DpopKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const publicJwk = { crv: 'P-256', kty: 'EC', x, y }
  return { privateKey: pair.privateKey, publicJwk, thumbprint: await thumbprint(publicJwk) }
}

/** RFC 7638 §3.2: the required members in lexicographic order, no white space. */
export function thumbprint({ crv, kty, x, y }: Readonly<Record<string, string>>): Promise<string> {
  return sha256(JSON.stringify({ crv, kty, x, y }))
}

export interface ProofOf {
  readonly method: string
  readonly url: string
  /** Wall clock, milliseconds. */
  readonly now: number
  /** The newest one that this server gave (§8, §9). */
  readonly nonce?: string | undefined
  /** For a resource, not for the token endpoint (DPOP-03, DPOP-04). */
  readonly accessToken?: string | undefined
}

/** One proof for one request (§4.2): a new `jti`, the target without query and fragment. */
export async function createProof(key: DpopKey, of: ProofOf): Promise<string> {
  const { origin, pathname } = new URL(of.url)
  const input = `${part({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicJwk })}.${part({
    jti: crypto.randomUUID(),
    // As `fetch` writes it: `post` is sent as POST.
    htm: new Request(of.url, { method: of.method }).method,
    htu: origin + pathname,
    iat: Math.floor(of.now / 1000),
    nonce: of.nonce,
    ath: of.accessToken === undefined ? undefined : await sha256(of.accessToken),
  })}`
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, bytes(input))
  return `${input}.${base64url(new Uint8Array(signature))}`
}
