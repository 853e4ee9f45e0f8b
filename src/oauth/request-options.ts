/** How the requests that `oauth4webapi` builds reach the network. */
import { allowInsecureRequests, customFetch } from 'oauth4webapi'
import type { Fetch } from './metadata.ts'

/** Options for every `oauth4webapi` request: our fetch, and http where `isSecureUrl` has let it pass (loopback). */
export const through = (fetch: Fetch, issuer: string) => ({
  [customFetch]: fetch,
  [allowInsecureRequests]: issuer.startsWith('http:'),
})
