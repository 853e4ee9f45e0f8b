/** A second look when no document may be read at the issuer's path: what was meant, or the bare origin. */
import { readIssuerInput } from '../choice/issuer-input.ts'
import { parseUrl } from './address.ts'
import type { Facts } from './facts.ts'
import { type Fix, fixBy } from './finding.ts'
import { discoveryUrl, readMetadata } from './metadata.ts'
import { reach } from './reach.ts'

/** What was typed may be understood without asking anybody: the address of the document, or of an endpoint. */
export function issuerMeant({ config }: Facts): Fix | null {
  const meant = readIssuerInput(config.issuer)
  if (meant.kind !== 'issuer' || meant.issuer === config.issuer) return null
  return fixBy(`This is an address of the provider, and not its issuer, which is ${meant.issuer}.`, {
    field: 'issuer',
    value: meant.issuer,
    label: `Use ${meant.issuer}`,
  })
}

/** @returns the way to the issuer of the origin's own document; null without a path to leave out, or without a document */
export async function issuerAtOrigin({ config, ports }: Facts): Promise<Fix | null> {
  const given = parseUrl(config.issuer)
  if (!given || given.pathname === '/') return null
  const url = discoveryUrl(given.origin)
  const seen = await reach(ports, url, { headers: { accept: 'application/json' } }, url)
  const named = seen.kind === 'answered' && seen.status === 200 ? readMetadata(seen.body)?.issuer : undefined
  // What names another server is not offered: a press would lead to where nobody asked for.
  if (named === undefined || named === config.issuer || parseUrl(named)?.origin !== given.origin) return null
  return fixBy(`There is a document without the path, and it names its issuer: ${named}.`, {
    field: 'issuer',
    value: named,
    label: `Use ${named}`,
  })
}
