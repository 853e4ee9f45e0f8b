/**
 * Which addresses of a discovery document may be asked. A person agreed to talk to the issuer, and a document can name
 * any address: a request that a foreign page cannot send by itself would so reach a program on this computer.
 */
import { isSecureUrl } from '../oauth/client-config.ts'
import { isThisComputer } from '../oauth/this-computer.ts'
import { isLocalNetwork } from './address.ts'

export type NotAsked = 'insecure' | 'this_computer' | 'local_network'

/** Null when it may be asked. A public name that leads to a near address is not seen here; browsers ask about that. */
export function whyNotAsked(address: URL, issuer: URL): NotAsked | null {
  if (!isSecureUrl(address)) return 'insecure'
  if (nearness(address) <= nearness(issuer)) return null
  return nearness(address) === 2 ? 'this_computer' : 'local_network'
}

function nearness(address: URL): 0 | 1 | 2 {
  if (isThisComputer(address)) return 2
  return isLocalNetwork(address.hostname.replace(/\.$/, '')) ? 1 : 0
}
