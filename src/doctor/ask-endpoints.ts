/** META-06, META-07: the endpoints that a document names, whether they are there, and where they lead. */
import { parseUrl } from './address.ts'
import type { Facts } from './facts.ts'
import { fixBy, type Said } from './finding.ts'
import { type EndpointName, endpointNames } from './metadata.ts'
import { type NotAsked, whyNotAsked } from './not-asked.ts'
import { type SignInElsewhere, signInElsewhere } from './sign-in-site.ts'

export async function askEndpoints(facts: Facts): Promise<Said[]> {
  const metadata = await facts.metadata()
  if (!metadata) return []
  const issuer = new URL(facts.config.issuer)
  const said: Said[] = []
  const missing = (['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const).filter(
    name => !parseUrl(metadata.endpoints[name]),
  )
  if (missing.length > 0)
    said.push({
      code: 'discovery_missing_field',
      level: 'fail',
      stops: true,
      title: 'The document leaves out what a sign-in needs',
      seen: missing.join(', '),
      why: 'These members are required for the code flow, and there is no safe way to guess them.',
      fix: fixBy('This is a fault of the provider, or the document of another kind of server.'),
      requirement: 'META-06',
    })
  for (const reason of ['insecure', 'this_computer', 'local_network'] as const) {
    const names = endpointNames.filter(name => {
      const url = parseUrl(metadata.endpoints[name])
      return url !== null && whyNotAsked(url, issuer) === reason
    })
    if (names.length > 0) said.push({ ...leadsElsewhere(reason, names), requirement: 'META-07' })
  }
  const elsewhere = await signInElsewhere(facts)
  if (elsewhere) said.push(differentSites(elsewhere, issuer))
  if (said.length > 0) return said
  const page = parseUrl(metadata.endpoints.authorization_endpoint)?.host ?? ''
  const named = endpointNames.filter(name => metadata.endpoints[name]).length
  return [
    {
      code: 'endpoints_complete',
      level: 'pass',
      title: 'All endpoints are there and protected',
      seen: `${named} of ${endpointNames.length}${page === issuer.host ? '' : `, sign-in at ${page}`}`,
      why: 'Authorization, token and key endpoints are required; the others make more possible.',
      requirement: 'META-06',
    },
  ]
}

/** Also when the provider promises `iss`: that stops it only where the other site sends one. */
const differentSites = ({ page, token }: SignInElsewhere, issuer: URL): Said => ({
  code: 'endpoints_on_different_sites',
  level: 'fail',
  stops: true,
  title: 'People would sign in at one site, and the code would go to another',
  seen: `sign-in at ${page.host}, code to ${token.host}`,
  why: `This document sends people to ${page.host} and this app with their code to ${token.host}. Whoever is there could use the code in their place at ${page.host} (a mix-up, RFC 9700 §4.4). Providers keep the sign-in page beside their issuer, here ${issuer.host}, or beside their token endpoint; this one does neither.`,
  fix: fixBy(
    `To sign in at ${page.host}, type the issuer of that provider instead. A private network with short names or IP addresses, or a domain of your own for the sign-in page alone, can look like this too. Then go on with the buttons below the form, "Use … anyway" or "Sign in". Press them only when you know that the same people run both sites, and never because a link said so. Who runs the provider can put both endpoints below one domain.`,
  ),
  requirement: 'ISS-05',
})

const proxy = 'Often the provider is behind a proxy and does not know its own public address.'

function leadsElsewhere(reason: NotAsked, names: readonly EndpointName[]): Omit<Said, 'requirement'> {
  const seen = names.join(', ')
  if (reason === 'insecure')
    return {
      code: 'discovery_insecure_endpoint',
      level: 'fail',
      stops: true,
      title: 'An endpoint is on plain http',
      seen,
      why: `Codes and tokens would travel unprotected, so it was not asked. ${proxy}`,
      fix: fixBy('Tell the provider its public address, so that all endpoints begin with https.'),
    }
  const here = reason === 'this_computer'
  return {
    code: 'endpoint_not_asked',
    level: here ? 'fail' : 'warn',
    ...(here ? { stops: true } : {}),
    title: here ? 'An endpoint leads to this very computer' : 'An endpoint leads into the local network',
    seen,
    why: `It was not asked, because it is ${here ? 'on this computer' : 'in the local network'} and the issuer is not: a document from elsewhere must not make this page talk to ${here ? 'programs that run here' : 'devices nearby'}. ${proxy}`,
    fix: fixBy(
      'Tell the provider its public address, so that all endpoints can be reached where the issuer is.',
    ),
  }
}
