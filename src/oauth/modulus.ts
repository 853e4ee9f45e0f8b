import { base64urlBytes, type PublicKey } from './keys.ts'

/** Length of the modulus of an RSA key in bits (RFC 7518 §6.3.1.1); zeros in front do not count, 0 when it is none. */
export function modulusBits({ n }: Pick<PublicKey, 'n'>): number {
  try {
    const octets = base64urlBytes(n ?? '')
    const first = octets.findIndex(octet => octet !== 0)
    const top = octets[first]
    return top === undefined ? 0 : (octets.length - first) * 8 - Math.clz32(top) + 24
  } catch {
    return 0
  }
}
