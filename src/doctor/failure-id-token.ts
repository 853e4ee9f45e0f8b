/** Failures in which an ID token came and was not accepted: stuck point 31, and who it is for. */
import { textsOf } from '../oauth/check.ts'
import { leeway } from '../oauth/id-token-claims.ts'
import type { Cause, Failure } from './diagnosis.ts'
import { fixBy } from './finding.ts'

/** @returns no causes when the failure is of another kind */
export function idTokenCauses(failure: Failure): Cause[] {
  const { code } = failure.error
  if (/^id_token_(issued_in_future|expired|not_yet_valid|too_old)$/.test(code)) return clock(failure)
  return code === 'id_token_audience_untrusted' ? [audienceUntrusted(failure)] : []
}

/** Stuck point 31. */
function clock({ error, facts }: Failure): Cause[] {
  const offset = facts.clockOffset
  return [
    {
      code: 'clock_differs',
      likelihood: offset !== null && Math.abs(offset) > leeway ? 'certain' : 'likely',
      title: 'The clock of this computer and the provider’s differ',
      seen:
        offset === null
          ? (error.received ?? error.code)
          : `this computer is ${Math.abs(offset)} s ${offset > 0 ? 'behind' : 'ahead'}`,
      why: 'An ID token carries the time it was made and the time it ends. One minute of difference is borne.',
      fix: fixBy('Set the clock of this computer from the network, and look at the time zone.'),
    },
  ]
}

/** IDT-04: providers may name others, and a client must refuse those it was not told of (Core §3.1.3.7, rule 3). */
function audienceUntrusted({ error, facts }: Failure): Cause {
  const { clientId, trustedAudiences } = facts.config
  const known = [clientId, ...trustedAudiences]
  const others = audiencesOf(error.received).filter(each => !known.includes(each))
  const named = others.join(' ')
  return {
    code: 'id_token_audience_untrusted',
    likelihood: 'certain',
    title: 'The ID token is for others as well',
    seen: named || (error.received ?? 'another audience'),
    why: 'Its aud names this client and somebody else. ZITADEL names the project and its other applications, Keycloak what an audience mapper adds. A client must refuse whom it was not told to trust: a token that others may show could be theirs.',
    fix: fixBy(
      'If you know each of them, your own project or API, trust them. Else let the provider put this client alone into the ID token.',
      named && !others.some(each => /\s/.test(each))
        ? { field: 'trusted_audiences', value: named, label: `Trust ${shortened(others)}` }
        : undefined,
    ),
  }
}

/** The audiences as the failed check shows them, which cuts long ones off: then none can be told. */
function audiencesOf(text = ''): string[] {
  try {
    return textsOf(JSON.parse(text)) ?? []
  } catch {
    return []
  }
}

const shortened = ([first = '', ...more]: readonly string[]): string =>
  more.length > 0 ? `${first} and ${more.length} more` : first
