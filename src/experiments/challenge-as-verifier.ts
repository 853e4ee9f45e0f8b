import { challengeOf } from '../attack/authorize.ts'
import { ofStolenCode } from '../attack/code-attack.ts'
import type { Experiment } from '../lab/experiment.ts'

export const challengeAsVerifier: Experiment = {
  id: 'challenge-as-verifier',
  title: 'The challenge as verifier',
  sentence: 'Hand in a copied code with the challenge that stood in the same address.',
  group: 'code',
  needs: ['session'],
  defender: 'authorization-server',
  defence: 'The server hashes what it gets. The hash of the challenge is not the challenge.',
  check: 'Hash of a hash',
  clauses: [
    { document: 'RFC 7636', section: '4.6' },
    { document: 'RFC 7636', section: '7.2' },
  ],
  without: 'Who can read the request and the answer would need nothing else to get {{access_token}}.',
  off: 'challenge_as_verifier_accepted',
  async run(tools) {
    const { app, attacker } = tools
    const begun = await app.begin()
    const challenge = await challengeOf(begun)
    attacker.copiesCode(begun)
    attacker.copies('Copies the challenge', { value: 'code_challenge', text: challenge })
    return ofStolenCode(tools, begun, form => form.set('code_verifier', challenge))
  },
}
