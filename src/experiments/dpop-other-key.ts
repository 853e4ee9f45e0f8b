import { ofTokenAttack } from '../attack/token-attack.ts'
import type { Experiment } from '../lab/experiment.ts'
import { createDpopKey } from '../oauth/dpop.ts'

export const dpopOtherKey: Experiment = {
  id: 'dpop-other-key',
  title: 'Proof with another key',
  sentence: 'Use a stolen token with a fresh proof, made with your own key.',
  group: 'dpop',
  needs: ['session', 'dpop'],
  defender: 'resource-server',
  defence: 'The token holds the fingerprint of its key. The key of this proof has another one.',
  check: 'Another key',
  clauses: [
    { document: 'RFC 9449', section: '7.1' },
    { document: 'RFC 9449', section: '6.1' },
  ],
  without: 'Anybody can make a key. {{access_token}} would be bound to nothing.',
  off: 'dpop_key_not_checked',
  run: async tools =>
    ofTokenAttack(tools, {
      attack: async ({ attacker }, { tokens }) =>
        attacker.callsWithProof(await createDpopKey(), tokens.accessToken),
      grant: await tools.app.signIn({ config: { dpop: true } }),
    }),
}
