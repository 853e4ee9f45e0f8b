import { bearer, ofTokenAttack } from '../attack/token-attack.ts'
import type { Experiment } from '../lab/experiment.ts'

export const dpopNoProof: Experiment = {
  id: 'dpop-no-proof',
  title: 'Stolen token, no proof',
  sentence: 'Use a token that is bound to a key as if it were a plain one.',
  group: 'dpop',
  needs: ['session', 'dpop'],
  defender: 'resource-server',
  defence: 'The token names the key it is bound to, so the API wants a proof made with that key.',
  check: 'No proof',
  clauses: [
    { document: 'RFC 9449', section: '7.1' },
    { document: 'RFC 9449', section: '7.2' },
  ],
  without: 'Binding {{access_token}} to a key would be a decoration.',
  off: 'dpop_not_required',
  run: async tools =>
    ofTokenAttack(tools, {
      attack: ({ attacker }, { tokens }) => attacker.calls(bearer(tokens.accessToken)),
      grant: await tools.app.signIn({ config: { dpop: true } }),
    }),
}
