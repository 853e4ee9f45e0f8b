/** A refresh token that the app has traded for a new one, while a copy of the old one is elsewhere. */
import { jsonObject, textOf } from '../oauth/check.ts'
import type { Grant } from '../session/grant.ts'
import type { Tools } from './tools.ts'
import { type Answer, notApplicable, RunEnded } from './verdict.ts'

/**
 * Some providers take a used refresh token for a few seconds more, because answers get lost: what is tried sooner
 * says nothing.
 */
export const letGracePass = ({ wait }: Pick<Tools, 'wait'>): Promise<void> =>
  wait(2_500, 'A few seconds of grace for a used token are common, and shall be over.')

export const longerGrace = 'A grace period that is longer than a few seconds looks the same.'

/** @returns the grant after the renewal, and the refresh token before it */
export async function rotated({ app, attacker }: Tools): Promise<{ grant: Grant; old: string }> {
  const before = await app.signIn()
  const old = before.tokens.refreshToken
  if (old === null)
    throw new RunEnded(notApplicable('no_refresh_token', 'This provider gave no refresh token.'))
  attacker.copies('Copies the token', { value: 'refresh_token', text: old })
  return { grant: await app.renew(before), old }
}

/** Whether the answer to a renewal says that this scope was given. */
export function grantsMore(answer: Answer, scope: string): boolean {
  if (answer.type === 'unread') return false
  return textOf(jsonObject(answer.response.body)?.['scope'])?.split(' ').includes(scope) === true
}
