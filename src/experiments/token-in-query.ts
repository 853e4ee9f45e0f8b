import { ofTokenAttack } from '../attack/token-attack.ts'
import type { Experiment } from '../lab/experiment.ts'

export const tokenInQuery: Experiment = {
  id: 'token-in-query',
  title: 'Token in the address',
  sentence: 'Send a good token in the query instead of the header.',
  group: 'access-token',
  needs: ['session'],
  defender: 'resource-server',
  defence: 'The API does not read tokens from addresses, so nobody gets used to writing them there.',
  check: 'Not from there',
  clauses: [
    { document: 'RFC 9700', section: '4.3.2' },
    { document: 'RFC 6750', section: '2.3' },
  ],
  without: 'Logs, histories and referrers would fill with {{access_token}}, ready to be copied.',
  off: 'api_accepts_query_token',
  run: tools =>
    ofTokenAttack(tools, {
      attack: ({ attacker, api }, { tokens }) => {
        const url = new URL(api ?? '')
        url.searchParams.set('access_token', tokens.accessToken)
        return attacker.calls({}, url.href)
      },
    }),
}
