/** No discovery document that this page may read, and a server that answers: what that can mean. */
import { parseUrl } from './address.ts'
import type { Facts } from './facts.ts'
import { type Fix, fixAt, type Said } from './finding.ts'
import { issuerAtOrigin } from './issuer-at-origin.ts'

/** META-14, stuck point 10. A mistyped issuer looks the same, and is likelier. */
export async function discoveryHidden(facts: Facts, url: string): Promise<Said> {
  const elsewhere = await issuerAtOrigin(facts)
  const path = parseUrl(url)?.pathname ?? url
  return {
    code: 'discovery_cors_blocked',
    level: 'fail',
    stops: true,
    title: 'No discovery document that this page may read',
    seen: elsewhere ? 'blocked here, found without the path' : 'fetch blocked, server reachable',
    why: `The server is there. ${
      elsewhere ? 'Probably' : 'Either'
    } it has nothing at ${path}: error pages often lack CORS headers, so this page may not see them. Or the document is there, and its answer does not allow this origin. The browser hides which of the two it is.`,
    fix: elsewhere ?? whicheverItIs(facts, url),
    requirement: 'META-14',
    paste: 'discovery',
  }
}

const whicheverItIs = (facts: Facts, url: string): Fix =>
  fixAt(
    `Open ${url} in another tab. If it shows an error, the issuer is misspelt: compare it letter by letter, the realm or tenant too. If it shows a document, CORS is closed: allow the origin ${facts.ports.origin} at the provider. The document is public, so nothing is lost by letting everybody read it.`,
    facts.place('origin'),
  )
