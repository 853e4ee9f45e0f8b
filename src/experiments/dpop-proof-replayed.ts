import { ofTokenAttack } from '../attack/token-attack.ts'
import type { Experiment } from '../lab/experiment.ts'

export const dpopProofReplayed: Experiment = {
  id: 'dpop-proof-replayed',
  title: 'Proof replayed',
  sentence: 'Use a stolen token with the very proof that the app just sent.',
  group: 'dpop',
  needs: ['session', 'dpop'],
  defender: 'resource-server',
  defence: 'Every proof has a number of its own. An API that remembers the numbers takes each once.',
  check: 'Seen before',
  clauses: [
    { document: 'RFC 9449', section: '11.1' },
    { document: 'RFC 9449', section: '4.3' },
  ],
  without: 'One proof from a log would be as good as the key, for as long as it is fresh.',
  off: 'dpop_replay_allowed',
  run: async tools =>
    ofTokenAttack(tools, {
      attack: ({ attacker, log }, { tokens }) => {
        const proof = log.lastRequest('api_request')?.request.headers['dpop'] ?? ''
        return attacker.calls({ authorization: `DPoP ${tokens.accessToken}`, dpop: proof })
      },
      grant: await tools.app.signIn({ config: { dpop: true } }),
    }),
}
