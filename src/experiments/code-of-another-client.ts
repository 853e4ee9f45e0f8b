import { ofStolenCode } from '../attack/code-attack.ts'
import type { Experiment } from '../lab/experiment.ts'

/** The second app that is registered at the demo provider. */
const anotherClient = 'pkce-lens-other'

export const codeOfAnotherClient: Experiment = {
  id: 'code-of-another-client',
  title: 'A code from another app',
  sentence: 'Another app hands in the code that was given to this one, verifier and all.',
  group: 'code',
  needs: ['session', 'demo'],
  defender: 'authorization-server',
  defence: 'A code belongs to the client it was given to, and to no other.',
  check: 'Another client',
  clauses: [{ document: 'RFC 6749', section: '4.1.3' }],
  without: 'A harmful app that got hold of code and verifier could use them as its own.',
  off: 'code_not_bound_to_client',
  async run(tools) {
    const { app, attacker } = tools
    const begun = await app.begin()
    attacker.copiesCode(begun)
    attacker.copies('And the verifier', {
      value: 'code_verifier',
      text: begun.leaving.transaction.codeVerifier,
    })
    return ofStolenCode(tools, begun, form => form.set('client_id', anotherClient))
  },
}
