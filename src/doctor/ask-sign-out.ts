/** Questions about the end: whether the provider's own session can be ended, and whether tokens can be handed back. */
import { jsonObject, textOf } from '../oauth/check.ts'
import { blockedWords } from './blocked-words.ts'
import type { Facts } from './facts.ts'
import { fixAt, fixBy, type Said } from './finding.ts'
import { noSignOut, signOutOfItsOwn } from './sign-out-words.ts'

/** LOUT-01, REV-06, stuck point 34. */
export async function askSignOut(facts: Facts): Promise<Said[]> {
  const metadata = await facts.metadata()
  if (!metadata) return []
  const { preset } = facts
  const said: Said[] = []
  const noWayBack = metadata.endpoints.end_session_endpoint ? signOutOfItsOwn(preset) : noSignOut
  if (noWayBack) said.push({ ...noWayBack, level: 'warn', requirement: 'LOUT-01' })
  const revocation = await facts.address('revocation_endpoint')
  const trouble = revocation && (await revocationTrouble(facts, revocation))
  if (trouble) said.push(trouble)
  if (said.length > 0) return said
  return [
    {
      code: 'sign_out_possible',
      level: 'pass',
      title: revocation ? 'Sign-out and revocation endpoints' : 'Sign-out endpoint',
      seen: revocation ? '2 of 2' : '1 of 2',
      why: preset.logout.text,
      fix: fixAt('Register the address to come back to.', facts.place('logout')),
      requirement: 'LOUT-01',
    },
  ]
}

/** A token that does not exist is answered with 200 (RFC 7009 §2.2), so a refusal is about the client. */
async function revocationTrouble(facts: Facts, { origin }: URL): Promise<Said | null> {
  const seen = await facts.endpoint('revocation_endpoint', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token: 'no-token', client_id: facts.config.clientId }).toString(),
  })
  if (!seen) return null
  const at = { level: 'warn', requirement: 'REV-06' } as const
  const refusal = seen.kind === 'answered' ? textOf(jsonObject(seen.body)?.['error']) : undefined
  const isRefused =
    seen.kind === 'answered'
      ? seen.status === 401 || seen.status === 403 || /^(invalid|unauthorized)_client$/.test(refusal ?? '')
      : seen.code === 'redirect_refused'
  if (isRefused)
    return {
      ...at,
      code: 'revocation_refused',
      title: 'Tokens cannot be handed back at a sign-out',
      seen: seen.kind === 'answered' ? `${seen.status} ${refusal ?? ''}`.trim().slice(0, 80) : 'redirected',
      why: `${
        seen.kind === 'answered'
          ? 'The revocation endpoint does not take this client without a secret, or does not know it.'
          : 'The revocation endpoint leads elsewhere, perhaps to a sign-in page: then it does not take this client without a secret.'
      } The sign-out works all the same: the app forgets its tokens, and at the provider they end when their time is over.`,
      fix: fixAt('Let public clients revoke their tokens, if the provider can.', facts.place('publicClient')),
    }
  if (seen.kind === 'answered') return null
  const words = blockedWords(seen.code, origin, facts.ports)
  const isCors = seen.code === 'cors_blocked'
  return {
    ...at,
    code: isCors ? 'revocation_cors_blocked' : seen.code,
    title: 'Revocation cannot be confirmed from here',
    seen: words.seen,
    why: isCors
      ? 'The request is sent and its answer may not be read. The sign-out here works all the same.'
      : `${words.why} The sign-out here works all the same.`,
    fix: isCors
      ? fixAt('Allow this origin at the revocation endpoint.', facts.place('origin'))
      : fixBy(words.advice),
  }
}
