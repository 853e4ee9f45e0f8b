/** Showing a token to the API, after a good call with a good token has shown that the API is there. */
import type { Grant } from '../session/grant.ts'
import type { Tools } from './tools.ts'
import { type Answer, type Outcome, ofAnswer } from './verdict.ts'

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })

/**
 * @param attack is given the grant whose token was stolen
 * @param grant a grant of its own; the clean one when the run needs nothing special
 * @param works false when this very token is not meant to open the API: the clean one shows that the API is there
 */
export async function ofTokenAttack(
  tools: Tools,
  attack: (tools: Tools, grant: Grant) => Promise<Answer>,
  grant?: Grant,
  works = true,
): Promise<Outcome> {
  const { app, attacker } = tools
  const stolen = grant ?? (await app.signIn())
  if (works) await app.call(stolen)
  attacker.copies('Copies the token', { value: 'access_token', text: stolen.tokens.accessToken })
  return ofAnswer(await attack(tools, stolen), 'resource-server')
}

/** Another character in the middle of the last part: the length stays, the bytes do not. */
export function flipped(token: string): string {
  const at = token.lastIndexOf('.') + 1 + Math.floor((token.length - token.lastIndexOf('.') - 1) / 2)
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
}
