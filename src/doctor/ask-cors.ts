/**
 * Questions that send a request to an endpoint: may this origin read the answer (META-14)? Nothing here can spend a
 * code or end a session: the token request carries no code, and what is revoked is no token.
 */
import { entra } from '../presets/entra.ts'
import { parseUrl } from './address.ts'
import { blockedWords } from './blocked-words.ts'
import type { Facts } from './facts.ts'
import { fixAt, fixBy, type Said } from './finding.ts'

const requirement = 'META-14'

/** Stuck points 4 and 24. */
export async function askTokenCors(facts: Facts): Promise<Said[]> {
  const seen = await facts.token()
  if (!seen) return []
  if (seen.kind === 'answered' && (/^(404|405|415)$/.test(String(seen.status)) || seen.status >= 500))
    return [
      {
        code: 'token_http_error',
        level: 'warn',
        title: 'The token endpoint answers strangely',
        seen: String(seen.status),
        why: 'It was sent what the standard asks for, a form POST, and did not answer with a refusal that the standard knows. 405 and 415 mean that it wants something else, 404 that it is not there.',
        fix: fixBy(
          'Try a sign-in. If the exchange fails, compare the token endpoint in the discovery document with the provider’s manual.',
        ),
        requirement: 'TOK-09',
      },
    ]
  if (seen.kind === 'answered')
    return [
      {
        code: 'token_readable',
        level: 'pass',
        title: 'Token endpoint answers this origin',
        seen: `${seen.status}, ${Math.round(seen.ms)} ms`,
        why: 'A request without a code was refused, as it must be, and the refusal could be read.',
        requirement,
      },
    ]
  const host = parseUrl((await facts.metadata())?.endpoints.token_endpoint)?.host ?? ''
  const words = blockedWords(seen.code, host, facts.ports)
  if (seen.code !== 'cors_blocked')
    return [
      {
        code: seen.code,
        level: 'fail',
        stops: true,
        title: 'The token endpoint cannot be reached',
        seen: words.seen,
        why: words.why,
        fix: fixBy(words.advice),
        requirement,
      },
    ]
  return [
    {
      code: 'token_cors_blocked',
      level: 'fail',
      stops: true,
      title: 'The token endpoint refuses cross-origin requests',
      seen: words.seen,
      why: facts.config.dpop
        ? 'The browser asks first because of the DPoP header (a preflight), and the server says no. So no token can arrive, and no code is spent.'
        : 'The browser will block message 4.1, so no token can arrive. The server would still take the request, and the code is spent. Some servers only hide their refusals: then this clears up with the first sign-in.',
      fix: fixAt('Allow this origin.', facts.place('origin')),
      requirement,
    },
  ]
}

/** META-11, stuck points 1, 2, 5 and 27: what the refusal of the token endpoint says about the client. */
export async function askPublicClient(facts: Facts): Promise<Said[]> {
  const metadata = await facts.metadata()
  if (!metadata) return []
  const seen = await facts.token()
  const refusal = seen?.kind === 'answered' ? readRefusal(seen.body) : null
  const at = { requirement: 'META-11' }
  const known = refusal && facts.preset.errors.find(each => refusal.text.includes(each.code))
  if (refusal && /AADSTS900232[67]/.test(refusal.text))
    return [
      {
        ...at,
        code: 'entra_platform_type',
        level: 'fail',
        stops: true,
        title: 'The redirect address is registered under the wrong platform',
        seen: refusal.text.match(/AADSTS\d+/)?.[0] ?? refusal.error,
        why: 'Entra lets a browser redeem a code only for addresses of the platform Single-page application.',
        fix: fixAt(
          'Move the redirect address from Web to Single-page application.',
          facts.place('publicClient', entra),
        ),
      },
    ]
  if (refusal && /client_secret/i.test(refusal.text))
    return [
      {
        ...at,
        code: 'client_secret_wanted',
        level: 'fail',
        stops: true,
        title: 'The provider asks for a client secret',
        seen: refusal.text.slice(0, 80),
        why: `${known?.meaning ?? 'PKCE was accepted; the missing part is client authentication, and a page cannot keep a secret.'} Nothing in your code is wrong.`,
        fix: facts.preset.deadEnd
          ? fixBy(facts.preset.deadEnd.instead[0] ?? 'Use another provider.')
          : fixAt('Register the app as a public client.', facts.place('publicClient')),
      },
    ]
  if (refusal && /^(invalid_client|unauthorized_client)$/.test(refusal.error))
    return [
      {
        ...at,
        code: 'client_not_public',
        level: 'fail',
        stops: true,
        title: 'The provider does not accept this client without a secret',
        seen: refusal.text.slice(0, 80),
        why:
          known?.meaning ??
          'Either the client is confidential and a secret is expected, or this client id does not exist at this issuer.',
        fix: fixAt(
          'Make it a public client, and check the client id letter by letter.',
          facts.place('publicClient'),
        ),
      },
    ]
  const methods = metadata.list('token_endpoint_auth_methods_supported')
  if (methods && !methods.includes('none') && !refusal)
    return [
      {
        ...at,
        code: 'discovery_public_client_not_advertised',
        level: 'warn',
        title: 'Public clients are not mentioned',
        seen: methods.join(', '),
        why: 'The list leaves out none, the method of clients without a secret. Some providers take them and do not say so.',
        fix: fixAt('Register the app as a public client.', facts.place('publicClient')),
      },
    ]
  return [
    {
      ...at,
      code: 'public_client',
      level: 'pass',
      title: 'No secret is asked for',
      seen: refusal ? refusal.error : methods ? 'method none' : 'not said',
      why: refusal
        ? 'The token endpoint complained about the missing code and not about the client.'
        : 'Clients without a secret are welcome.',
    },
    ...(seen?.kind === 'answered' && seen.status === 200 && refusal
      ? [
          {
            ...at,
            code: 'error_with_status_200',
            level: 'warn' as const,
            title: 'Refusals come with status 200',
            seen: refusal.error,
            why: 'This server reports errors as if they were successes. The app looks for error before it trusts the status.',
            fix: fixBy('Nothing to do here.'),
          },
        ]
      : []),
  ]
}

function readRefusal(body: string): { error: string; text: string } | null {
  try {
    const json: unknown = JSON.parse(body)
    if (typeof json !== 'object' || json === null || !('error' in json)) return null
    const error = String(json.error)
    return { error, text: 'error_description' in json ? `${error}: ${json.error_description}` : error }
  } catch {
    const form = new URLSearchParams(body)
    const error = form.get('error')
    return error ? { error, text: `${error}: ${form.get('error_description') ?? ''}` } : null
  }
}
