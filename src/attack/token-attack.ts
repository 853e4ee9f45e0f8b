/** Showing a token to the API, after a good call with a good token has shown that the API is there. */
import type { Grant } from '../session/grant.ts'
import type { Tools } from './tools.ts'
import { type Answer, type Outcome, ofAnswer } from './verdict.ts'

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })

export interface TokenAttack {
  /** Is given the grant whose token was stolen. */
  readonly attack: (tools: Tools, grant: Grant) => Promise<Answer>
  /** Whose token is stolen; a grant of its own when the run needs nothing special. */
  readonly grant?: Grant
  /** This very token is not meant to open the API: the app does not call with it first, the clean run did with its own. */
  readonly unfit?: true
}

export async function ofTokenAttack(tools: Tools, { attack, grant, unfit }: TokenAttack): Promise<Outcome> {
  const { app, attacker } = tools
  const stolen = grant ?? (await app.signIn())
  if (!unfit) await app.call(stolen)
  attacker.copies('Copies the token', { value: 'access_token', text: stolen.tokens.accessToken })
  return ofAnswer(await attack(tools, stolen), 'resource-server')
}
