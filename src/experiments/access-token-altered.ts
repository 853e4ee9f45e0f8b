import { flipped } from '../attack/forge.ts'
import { bearer, ofTokenAttack } from '../attack/token-attack.ts'
import type { Experiment } from '../lab/experiment.ts'

export const accessTokenAltered: Experiment = {
  id: 'access-token-altered',
  title: 'Access token altered',
  sentence: 'Change one character of a good token.',
  group: 'access-token',
  needs: ['session'],
  defender: 'resource-server',
  defence: 'The API checks the signature of the token, or asks for it at the provider.',
  check: 'Signature is off',
  clauses: [
    { document: 'RFC 9068', section: '4' },
    { document: 'RFC 6750', section: '3.1' },
  ],
  without: 'The attacker could write any name and any scope into {{access_token}}.',
  off: 'api_accepts_altered',
  run: tools =>
    ofTokenAttack(tools, {
      attack: ({ attacker }, { tokens }) => attacker.calls(bearer(flipped(tokens.accessToken))),
    }),
}
