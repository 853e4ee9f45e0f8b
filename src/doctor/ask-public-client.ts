/** META-11: what the refusal of the token endpoint, and the document, say about clients without a secret. */
import { clientRefusal } from './client-refusal.ts'
import type { Facts } from './facts.ts'
import { fixAt, fixBy, type Said } from './finding.ts'

/** Stuck points 1, 2, 5 and 27. */
export async function askPublicClient(facts: Facts): Promise<Said[]> {
  const metadata = await facts.metadata()
  if (!metadata) return []
  const seen = await facts.token()
  const refusal = seen?.kind === 'answered' ? readRefusal(seen.body) : null
  const at = { requirement: 'META-11' }
  const refused = refusal && clientRefusal(refusal, facts)
  if (refused) {
    const { likelihood: _, ...said } = refused
    return [{ ...at, ...said, level: 'fail', stops: true, seen: said.seen.slice(0, 80) }]
  }
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
