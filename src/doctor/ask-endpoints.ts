/** META-06, META-07: the endpoints that a document names, whether they are there, and where they lead. */
import { parseUrl } from './address.ts'
import type { Facts } from './facts.ts'
import { fixBy, type Said } from './finding.ts'
import { type EndpointName, endpointNames } from './metadata.ts'
import { type NotAsked, whyNotAsked } from './not-asked.ts'

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
    if (names.length > 0) said.push({ ...elsewhere(reason, names), requirement: 'META-07' })
  }
  if (said.length > 0) return said
  return [
    {
      code: 'endpoints_complete',
      level: 'pass',
      title: 'All endpoints are there and protected',
      seen: `${endpointNames.filter(name => metadata.endpoints[name]).length} of ${endpointNames.length}`,
      why: 'Authorization, token and key endpoints are required; the others make more possible.',
      requirement: 'META-06',
    },
  ]
}

const proxy = 'Often the provider is behind a proxy and does not know its own public address.'

function elsewhere(reason: NotAsked, names: readonly EndpointName[]): Omit<Said, 'requirement'> {
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
