/**
 * Which addresses of a discovery document may be asked. A person agreed to talk to the issuer, and a document can name
 * any address: a request that a foreign page cannot send by itself would so reach a program on this computer.
 */
import { isLoopback, isSecureUrl } from '../oauth/client-config.ts'
import { isLocalNetwork } from './address.ts'

export type NotAsked = 'insecure' | 'this_computer' | 'local_network'

/** Null when it may be asked. A public name that leads to a near address is not seen here; browsers ask about that. */
export function whyNotAsked(address: URL, issuer: URL): NotAsked | null {
  if (!isSecureUrl(address)) return 'insecure'
  if (nearness(address) <= nearness(issuer)) return null
  return nearness(address) === 2 ? 'this_computer' : 'local_network'
}

function nearness({ hostname }: URL): 0 | 1 | 2 {
  const host = hostname.replace(/\.$/, '')
  // The unspecified address and IPv4 written as IPv6 lead here as well.
  if (isLoopback(host) || /^(0\.0\.0\.0|\[::(ffff:[\da-f:]+)?\])$/.test(host)) return 2
  return isLocalNetwork(host) ? 1 : 0
}
