/** A link that carries configuration and nothing else: no value of any run can be in it. */
import type { Expectation } from './message.ts'

/** @param base address the app is served under, with a slash at the end */
export function shareLink(
  base: string,
  configuration: Pick<Expectation, 'issuer' | 'clientId' | 'scope'>,
): string {
  const url = new URL('provider', base)
  url.search = new URLSearchParams({
    issuer: configuration.issuer,
    client_id: configuration.clientId,
    scope: configuration.scope,
  }).toString()
  return url.href
}
