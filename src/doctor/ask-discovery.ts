/** Questions about the discovery document: can it be read, and does it name the issuer that was asked. */
import { differenceInWords, parseUrl } from './address.ts'
import { blockedWords } from './blocked-words.ts'
import { discoveryHidden } from './discovery-hidden.ts'
import type { DiscoverySeen, Facts } from './facts.ts'
import { type Finding, fixBy, type Said } from './finding.ts'
import { issuerAtOrigin, issuerMeant } from './issuer-at-origin.ts'
import { fixOfName } from './issuer-name.ts'

const requirement = 'META-05'
const milliseconds = (ms: number) => `${Math.round(ms)} ms`

/** META-05, META-14, stuck points 9 and 10. */
export async function askDiscovery(facts: Facts): Promise<Said[]> {
  const seen = await facts.discovery()
  if (seen.pasted) return [pastedFinding(seen, facts)]
  const origin = parseUrl(seen.url)?.origin ?? ''
  if (seen.reach.kind === 'blocked') {
    const { code } = seen.reach
    if (code === 'cors_blocked') return [await discoveryHidden(facts, seen.url)]
    const words = blockedWords(code, origin, facts.ports)
    return [
      {
        code,
        level: 'fail',
        stops: true,
        title: 'The discovery document cannot be reached',
        seen: words.seen,
        why: words.why,
        fix: fixBy(words.advice),
        requirement,
        ...(code === 'request_timeout' ? { paste: 'discovery' as const } : {}),
      },
    ]
  }
  const { status } = seen.reach
  const wrongPath = seen.metadata === null && status < 500 && status !== 429 && !seen.oauthLocation
  const elsewhere = wrongPath ? (issuerMeant(facts) ?? (await issuerAtOrigin(facts))) : null
  if (status !== 200) {
    const finding = httpFinding(seen, status)
    return [elsewhere ? { ...finding, fix: elsewhere } : finding]
  }
  if (!seen.metadata)
    return [
      {
        code: 'discovery_not_json',
        level: 'fail',
        stops: true,
        title: 'The answer is not a discovery document',
        seen: seen.reach.body.trimStart().startsWith('<') ? 'a web page' : 'not a JSON object',
        why: `${seen.url} answers, and what comes is no JSON. Usually the path of the issuer is wrong and the server shows one of its pages.`,
        fix:
          elsewhere ??
          fixBy(
            'Check the path of the issuer: the realm, the tenant or the application is missing or misspelt.',
          ),
        requirement,
      },
    ]
  return [
    {
      code: 'discovery_readable',
      level: 'pass',
      title: 'Discovery document found, readable from here',
      seen: `200, ${milliseconds(seen.reach.ms)}`,
      why: `The app reads everything else from it.${guessed(facts)}`,
      requirement,
    },
  ]
}

const guessed = ({ isGuessed, preset }: Facts): string =>
  isGuessed ? ` It looks like ${preset.name}, whose words are used below.` : ''

function pastedFinding(seen: DiscoverySeen, facts: Facts): Said {
  return seen.metadata
    ? {
        code: 'discovery_pasted',
        level: 'warn',
        title: 'The discovery document was pasted, not read',
        seen: 'unverified',
        why: `The doctor goes on with it, and a sign-in that begins here does, for eight hours in this tab. But nobody has checked that it comes from the provider, and it does not follow when the provider changes its endpoints or keys.${guessed(facts)}`,
        fix: fixBy('Let the provider allow this origin to read the document, then check again.'),
        requirement: 'META-08',
        paste: 'discovery',
      }
    : {
        code: 'discovery_not_json',
        level: 'fail',
        stops: true,
        title: 'What was pasted is not a discovery document',
        seen: 'not a JSON object',
        why: 'It has to be the whole text, from the first brace to the last.',
        fix: fixBy(`Open ${seen.url} in another tab and copy all of it.`),
        requirement,
        paste: 'discovery',
      }
}

function httpFinding(seen: DiscoverySeen, status: number): Said {
  if (seen.oauthLocation)
    return {
      code: 'discovery_oauth_location_only',
      level: 'fail',
      stops: true,
      title: 'This server describes OAuth and not OpenID Connect',
      seen: `${status}, but found at the place of RFC 8414`,
      why: `There is a document at ${seen.oauthLocation}, and none at the place of OpenID Connect. Such a server gives access tokens and may give no ID token, so nobody would know who signed in.`,
      fix: fixBy('Ask whether the server has OpenID Connect, perhaps under another issuer.'),
      requirement: 'META-03',
    }
  if (status === 429)
    return {
      code: 'rate_limited',
      level: 'fail',
      title: 'The provider asks to slow down',
      seen: '429',
      why: 'There were too many requests from here.',
      fix: fixBy('Wait a minute and check again.'),
      requirement,
    }
  return {
    code: 'discovery_http_error',
    level: 'fail',
    stops: true,
    title:
      status === 404 ? 'There is no discovery document at this issuer' : 'The provider answers with an error',
    seen: `${status} at ${parseUrl(seen.url)?.pathname ?? seen.url}`,
    why:
      status >= 500
        ? 'The server has trouble of its own.'
        : 'The server is there, and this path is not. The realm, the tenant or the application in the issuer is missing or misspelt.',
    fix: fixBy(
      status >= 500
        ? 'Wait and check again.'
        : 'Copy the issuer from the provider’s console. It is the address before /.well-known/openid-configuration.',
    ),
    requirement,
  }
}

/** META-04, stuck points 7 and 8. */
export async function askIssuer(facts: Facts): Promise<Said[]> {
  const metadata = await facts.metadata()
  if (!metadata) return []
  const [given, named] = [facts.config.issuer, metadata.issuer]
  const base: Pick<Finding, 'requirement'> = { requirement: 'META-04' }
  if (named === undefined)
    return [
      {
        ...base,
        code: 'discovery_missing_field',
        level: 'fail',
        stops: true,
        title: 'The document does not name its issuer',
        seen: 'issuer is missing',
        why: 'Without it nothing ties the document to the address that was asked.',
        fix: fixBy('This is a fault of the provider, or it is another kind of document.'),
      },
    ]
  if (named === given)
    return [
      {
        ...base,
        code: 'issuer_equal',
        level: 'pass',
        title: 'Issuer equals the address you gave',
        seen: parseUrl(named)?.pathname === '/' ? named : (parseUrl(named)?.pathname ?? named),
        why: 'They are compared character by character, so that no other server can answer in its name.',
      },
    ]
  if (/\{\w+\}/.test(named))
    return [
      {
        ...base,
        code: 'issuer_tenant_template',
        level: 'fail',
        stops: true,
        title: 'This address stands for many tenants',
        seen: named,
        compare: { given, named },
        why: 'The issuer in the document is a pattern with a hole in it. It can never equal an address, and filling the hole from a token would let the token name its own issuer.',
        fix: fixBy(
          'Put the id of your tenant in place of common or organizations. It is on the overview page of the registration.',
        ),
      },
    ]
  return [
    {
      ...base,
      code: 'discovery_issuer_mismatch',
      level: 'fail',
      stops: true,
      title: 'The document names another issuer',
      seen: 'compared character by character',
      compare: { given, named },
      why: `${differenceInWords(given, named)} An app that let this pass could be led to another server.`,
      fix: fixOfName(given, named),
    },
  ]
}
