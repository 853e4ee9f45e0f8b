/** Questions that the metadata answers, nearly alone: flow, PKCE, `iss`, DPoP, PAR, signed requests. */
import { askPar } from './ask-par.ts'
import type { Facts } from './facts.ts'
import { fixAt, fixBy, type Said } from './finding.ts'
import { signInElsewhere } from './sign-in-site.ts'

/** META-06. */
export async function askCodeFlow(facts: Facts): Promise<Said[]> {
  const types = (await facts.metadata())?.list('response_types_supported')
  const metadata = await facts.metadata()
  if (!metadata) return []
  const on = types?.includes('code') ?? false
  return [
    on
      ? {
          code: 'code_flow',
          level: 'pass',
          title: 'Authorization code flow is on',
          seen: 'response_type code',
          why: 'The only flow that this app uses.',
          requirement: 'META-06',
        }
      : {
          code: 'discovery_code_flow_unsupported',
          level: 'fail',
          stops: true,
          title: 'The authorization code flow is off',
          seen: types?.join(', ') || 'response_types_supported is missing',
          why: 'The provider does not offer response_type code. The older implicit flow puts tokens into the address bar, so this app does not use it.',
          fix: fixAt('Turn on the authorization code flow.', facts.place('publicClient')),
          requirement: 'META-06',
        },
  ]
}

/** PKCE-09, stuck points 14 and 15. */
export async function askPkce(facts: Facts): Promise<Said[]> {
  const metadata = await facts.metadata()
  if (!metadata) return []
  const methods = metadata.list('code_challenge_methods_supported')
  const requirement = 'PKCE-09'
  if (!methods)
    return [
      {
        code: 'discovery_pkce_not_advertised',
        level: 'warn',
        title: 'The provider does not say whether it knows PKCE',
        seen: 'code_challenge_methods_supported is missing',
        why: 'It may know PKCE all the same. If it does not, it ignores the challenge, and a stolen code would be enough. The experiments can find out after a sign-in.',
        fix: fixAt('Turn PKCE on for this client.', facts.place('pkce')),
        requirement,
      },
    ]
  if (!methods.includes('S256'))
    return [
      {
        code: 'discovery_pkce_s256_unsupported',
        level: 'fail',
        stops: true,
        title: 'The provider does not take S256',
        seen: methods.join(', ') || 'none',
        why: 'With plain the challenge is the verifier, so whoever sees the address can redeem the code. This app sends S256 or nothing.',
        fix: fixAt('Allow S256.', facts.place('pkce')),
        requirement,
      },
    ]
  if (methods.includes('plain'))
    return [
      {
        code: 'pkce_plain_accepted',
        level: 'warn',
        title: 'Challenge method plain is still accepted',
        seen: methods.join(', '),
        why: 'This app always sends S256. Closing plain stops a downgrade: a request whose method is left out counts as plain.',
        fix: fixAt('Demand S256 for this client.', facts.place('pkce')),
        requirement,
      },
    ]
  return [
    {
      code: 'pkce_s256',
      level: 'pass',
      title: 'PKCE with S256',
      seen: methods.join(', '),
      why: 'The verifier stays here; only its hash travels.',
      requirement,
    },
  ]
}

/** ISS-01, ISS-05. */
export async function askIssuerInResponse(facts: Facts): Promise<Said[]> {
  const metadata = await facts.metadata()
  if (!metadata) return []
  const requirement = 'ISS-01'
  return [
    metadata.flag('authorization_response_iss_parameter_supported')
      ? {
          code: 'issuer_in_response',
          level: 'pass',
          title: 'Answers name their issuer',
          seen: 'iss, RFC 9207',
          why: 'So an answer of another provider cannot be passed off as one of this.',
          requirement,
        }
      : {
          code: 'mix_up_defence_missing',
          level: 'warn',
          title: 'Answers do not name their issuer',
          seen: 'no iss, RFC 9207',
          why: (await signInElsewhere(facts))
            ? 'This provider sends people to sign in at another site, and nothing in an answer says which of the two it comes from. So it could be handed the code that the other site gives (a mix-up).'
            : 'It has no consequence for an app that only ever uses this provider. PKCE Lens also takes a provider from a link, and all providers send people back to one redirect address. So a hostile one, once somebody signs in there, could send them on to this provider and be handed the code that this provider gives (a mix-up).',
          fix: fixBy(
            'This is put right at the provider: let it announce iss in its metadata and send it with every answer (RFC 9207). Until then, sign in only at providers that you know.',
          ),
          requirement: 'ISS-05',
        },
  ]
}

/** DPOP-15, PAR-05, PAR-07: what the form asks for has to be there, and what the provider demands has to be on. */
export async function askExtensions(facts: Facts): Promise<Said[]> {
  const metadata = await facts.metadata()
  if (!metadata) return []
  const { config } = facts
  const algorithms = metadata.list('dpop_signing_alg_values_supported')
  const said: Said[] = []
  if (config.dpop && !algorithms?.includes('ES256'))
    said.push({
      code: 'dpop_alg_unsupported',
      level: 'fail',
      stops: true,
      title: 'DPoP is on here, and the provider does not offer it',
      seen: algorithms ? `offers ${algorithms.join(', ')}` : 'dpop_signing_alg_values_supported is missing',
      why: 'With DPoP on, a token that is not bound to the key of this app is thrown away.',
      fix: fixBy('Turn DPoP off.', { field: 'dpop', value: 'false', label: 'Turn DPoP off' }),
      requirement: 'DPOP-15',
    })
  if (metadata.flag('require_signed_request_object'))
    said.push({
      code: 'signed_request_required',
      level: 'fail',
      stops: true,
      title: 'The provider takes signed requests only',
      seen: 'require_signed_request_object',
      why: 'The provider takes signed request objects only (JAR, RFC 9101), which this app does not make: a page has no key that the provider could know it by.',
      fix: fixBy('Switch the demand off at the provider, for this client or for the whole server.'),
      requirement: 'PAR-05',
    })
  const par = metadata.endpoints.pushed_authorization_request_endpoint
  const demanded = metadata.flag('require_pushed_authorization_requests')
  if (demanded && config.par === false)
    said.push({
      code: 'par_required_not_configured',
      level: 'fail',
      stops: true,
      title: 'The provider demands pushed requests, and they are off',
      seen: 'require_pushed_authorization_requests',
      why: 'The provider takes the parameters of a sign-in only when the app has handed them over directly before.',
      fix: fixBy('Set pushed requests to automatic.', {
        field: 'par',
        value: 'auto',
        label: 'Set to automatic',
      }),
      requirement: 'PAR-05',
    })
  if (config.par === true && !par)
    said.push({
      code: 'par_endpoint_missing',
      level: 'fail',
      stops: true,
      title: 'Pushed requests are on, and the provider has none',
      seen: 'pushed_authorization_request_endpoint is missing',
      why: 'There is no address to push the request to.',
      fix: fixBy('Set pushed requests to automatic.', {
        field: 'par',
        value: 'auto',
        label: 'Set to automatic',
      }),
      requirement: 'PAR-05',
    })
  const pushes = config.par === true || (config.par === 'auto' && demanded)
  const pushed = pushes ? await askPar(facts) : null
  const answers = pushes && (await facts.address('pushed_authorization_request_endpoint')) !== null
  if (pushed) said.push(pushed)
  if (said.length > 0) return said
  const offers = [algorithms && 'DPoP', par && 'PAR'].filter(Boolean).join(', ')
  return [
    {
      code: 'extensions_fit',
      level: 'pass',
      title: 'DPoP and pushed requests fit',
      seen: `${offers ? `offers ${offers}` : 'offers neither'}${answers ? ', PAR answers this origin' : ''}`,
      why: offers
        ? 'DPoP binds tokens to a key of this browser. Pushed requests keep the parameters out of the address bar.'
        : 'Neither is needed for a sign-in.',
      requirement: 'DPOP-15',
    },
  ]
}
