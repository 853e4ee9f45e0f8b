import { bearer, ofTokenAttack } from '../attack/token-attack.ts'
import type { Experiment } from '../lab/experiment.ts'

export const insufficientScope: Experiment = {
  id: 'insufficient-scope',
  title: 'Scope too small',
  sentence: 'Read your orders with a token that may only read your profile.',
  group: 'access-token',
  needs: ['session', 'demo'],
  defender: 'resource-server',
  defence: 'The API looks at the scope in the token for every resource.',
  check: 'Scope is missing',
  clauses: [
    { document: 'RFC 6750', section: '3.1' },
    { document: 'RFC 9068', section: '4' },
  ],
  without: 'What you agreed to would mean nothing: any token would open everything.',
  off: 'api_ignores_scope',
  run: tools =>
    ofTokenAttack(tools, {
      attack: ({ attacker, api }, { tokens }) =>
        attacker.calls(bearer(tokens.accessToken), new URL('/user/orders', api ?? '').href),
    }),
}
