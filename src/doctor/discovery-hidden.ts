/** No discovery document that this page may read, and a server that answers: what that can mean. */
import { parseUrl } from './address.ts'
import type { Facts } from './facts.ts'
import { type Fix, fixAt, type Said } from './finding.ts'
import { issuerAtOrigin, issuerMeant } from './issuer-at-origin.ts'

/** META-14, stuck point 10. A mistyped issuer looks the same, and is likelier. */
export async function discoveryHidden(facts: Facts, url: string): Promise<Said> {
  const meant = issuerMeant(facts)
  const elsewhere = meant ?? (await issuerAtOrigin(facts))
  const { oauthLocation } = await facts.discovery()
  if (oauthLocation && !elsewhere) return foundForOAuth(facts, url, oauthLocation)
  const path = parseUrl(url)?.pathname ?? url
  return {
    code: 'discovery_cors_blocked',
    level: 'fail',
    stops: true,
    title: 'No discovery document that this page may read',
    seen: elsewhere && !meant ? 'blocked here, found without the path' : 'fetch blocked, server reachable',
    why: `The server is there. ${
      elsewhere ? 'Probably' : 'Either'
    } it has nothing at ${path}: error pages often lack CORS headers, so this page may not see them. Or the document is there, and its answer does not allow this origin. The browser hides which of the two it is.`,
    fix: elsewhere ?? whicheverItIs(facts, url),
    requirement: 'META-14',
    paste: 'discovery',
  }
}

// A redirect without CORS headers is refused by the browser like any other answer, so it cannot be told apart here.
const whicheverItIs = (facts: Facts, url: string): Fix =>
  fixAt(
    `If it shows a document, CORS is closed: allow the origin ${facts.ports.origin} at the provider. The document is public, so nothing is lost by letting everybody read it.`,
    facts.place('origin'),
    `Open ${url} in another tab. If the address bar changed, use the address it ended at. If it shows an error, the issuer is misspelt: compare it letter by letter, the realm or tenant too. `,
  )

/** META-03: the other location answers this page, so the server is willing, and probably has nothing at the first. */
const foundForOAuth = (facts: Facts, url: string, oauthLocation: string): Said => ({
  code: 'discovery_oauth_location_only',
  level: 'fail',
  stops: true,
  title: 'This server describes OAuth and not OpenID Connect',
  seen: 'blocked here, but found at the place of RFC 8414',
  why: `There is a document at ${oauthLocation}, and none that this page may read at the place of OpenID Connect. Such a server gives access tokens and may give no ID token, so nobody would know who signed in.`,
  fix: fixAt(
    `If it shows a document, allow the origin ${facts.ports.origin} to read it.`,
    facts.place('origin'),
    `Open ${url} in another tab. If it shows an error, ask whether the server has OpenID Connect, perhaps under another issuer. `,
  ),
  requirement: 'META-03',
  paste: 'discovery',
})
