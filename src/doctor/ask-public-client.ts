/** META-11: what the refusal of the token endpoint, and the document, say about clients without a secret. */
import { presetOfIssuer } from '../presets/presets.ts'
import { clientRefusal, type TokenRefusal } from './client-refusal.ts'
import type { Facts } from './facts.ts'
import { fixAt, fixBy, type Said } from './finding.ts'
import type { Answered } from './reach.ts'

interface Refusal extends TokenRefusal {
  readonly error: string
}

const at = { requirement: 'META-11' }

/** Stuck points 1, 2, 5 and 27. */
export async function askPublicClient(facts: Facts): Promise<Said[]> {
  const metadata = await facts.metadata()
  const deadEnd = deadEndOf(facts)
  // Some of them have no document at all.
  if (!metadata) return deadEnd ? [deadEnd] : []
  const seen = await facts.token()
  const answer = seen?.kind === 'answered' ? seen : null
  const refusal = answer && readRefusal(answer.body)
  const refused = refusal && aboutClient(refusal, facts)
  if (deadEnd?.stops && refused?.code !== 'client_secret_wanted') return [deadEnd]
  const perhaps = deadEnd && !deadEnd.stops ? [deadEnd] : []
  if (refused) return [refused, ...perhaps]
  return [
    withoutComplaint(facts, answer, refusal, metadata.list('token_endpoint_auth_methods_supported')),
    ...perhaps,
    ...(answer?.status === 200 && refusal ? [refusedWith200(refusal)] : []),
  ]
}

/** A provider that refuses every page, whatever its token endpoint says to a request without a code. */
function deadEndOf({ config, preset }: Facts): Said | null {
  const found = [preset, presetOfIssuer(config.issuer)].find(each => each.deadEnd)
  if (!found?.deadEnd) return null
  const isSure = found.suitability === 'no'
  return {
    ...at,
    code: 'provider_dead_end',
    level: isSure ? 'fail' : 'warn',
    ...(isSure ? { stops: true } : {}),
    title: `${found.name} ${isSure ? 'does not' : 'may'} work from a page alone`,
    seen: `${found.name}, last verified ${found.verified}`,
    why: found.deadEnd.refusal,
    fix: fixBy(found.deadEnd.instead.join(' ')),
  }
}

function aboutClient(refusal: Refusal, facts: Facts): Said | null {
  const cause = clientRefusal(refusal, facts)
  if (!cause) return null
  const { likelihood: _, ...said } = cause
  return { ...at, ...said, level: 'fail', stops: true, seen: said.seen.slice(0, 80) }
}

/** Its list leaves out none, and it looks at the client before the code. */
const clientFirst = 'keycloak'

function withoutComplaint(
  facts: Facts,
  answer: Answered | null,
  refusal: Refusal | null,
  methods: readonly string[] | undefined,
): Said {
  const listed = methods?.includes('none')
  if (refusal) {
    if (!isAboutCode(refusal))
      return unknown(
        facts,
        refusal.error,
        'The token endpoint refused a request without a code for another reason than the missing code.',
      )
    if (listed === false && facts.preset.id !== clientFirst)
      return unknown(
        facts,
        refusal.error,
        'The token endpoint looked at the code first, and the list of the document leaves out none, the method of clients without a secret.',
      )
    return welcome(
      refusal.error,
      'The token endpoint complained about the missing code and not about the client.',
    )
  }
  if (methods && !listed)
    return {
      ...at,
      code: 'discovery_public_client_not_advertised',
      level: 'warn',
      title: 'Public clients are not mentioned',
      seen: methods.join(', '),
      why: 'The list leaves out none, the method of clients without a secret. Some providers take them and do not say so.',
      fix: fixAt('Register the app as a public client.', facts.place('publicClient')),
    }
  if (answer?.status === 401 || answer?.status === 403)
    return unknown(
      facts,
      `${answer.status}${answer.body.trimStart().startsWith('<') ? ', a web page' : ' without a reason'}`,
      'The token endpoint turned a request without a code away and gave no reason that the standard knows: it may want a secret, or a firewall may stand in front of it.',
    )
  if (listed) return welcome('method none', 'Clients without a secret are welcome: the document lists none.')
  return unknown(facts, 'not said', 'Neither the document nor the token endpoint says anything about it.')
}

const welcome = (seen: string, why: string): Said => ({
  ...at,
  code: 'public_client',
  level: 'pass',
  title: 'No secret is asked for',
  seen,
  why,
})

const unknown = (facts: Facts, seen: string, why: string): Said => ({
  ...at,
  code: 'public_client_unknown',
  level: 'later',
  title: 'No secret is asked for',
  seen,
  why: `${why} Only a sign-in shows whether a secret is wanted.`,
  fix: fixAt('If the exchange fails, register the app as a public client.', facts.place('publicClient')),
})

const refusedWith200 = ({ error }: Refusal): Said => ({
  ...at,
  code: 'error_with_status_200',
  level: 'warn',
  title: 'Refusals come with status 200',
  seen: error,
  why: 'This server reports errors as if they were successes. The app looks for error before it trusts the status.',
  fix: fixBy('Nothing to do here.'),
})

const missingCode = /(missing|required|parameter).*\bcode\b|\bcode\b.*(missing|required|parameter|invalid)/i

/** A demand of another kind may come before the look at the client, and under the same error. */
function isAboutCode({ error, text }: Refusal): boolean {
  if (/dpop|pushed|certificate|request.object|client|authenticat/i.test(text)) return false
  const isBare = /^invalid_request:? *$/.test(text)
  return isBare || error === 'invalid_grant' || /_code$/.test(error) || missingCode.test(text)
}

function readRefusal(body: string): Refusal | null {
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
