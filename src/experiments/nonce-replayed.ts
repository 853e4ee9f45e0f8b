import { ofForgedIdToken } from '../attack/forged-id-token.ts'
import type { Experiment } from '../lab/experiment.ts'

export const nonceReplayed: Experiment = {
  id: 'nonce-replayed',
  title: 'Nonce replayed',
  sentence: 'Slip in the ID token of an earlier sign-in. It is genuine in every part.',
  group: 'id-token',
  needs: ['session'],
  defender: 'app',
  defence: 'The nonce in the token is not the one of this sign-in.',
  check: 'Another nonce',
  clauses: [
    { document: 'OpenID Connect Core', section: '3.1.3.7' },
    { document: 'OpenID Connect Core', section: '15.5.2' },
  ],
  without: 'An old token, put into the answer while it is still valid, would pass for this sign-in.',
  async run(tools) {
    const earlier = await tools.app.signIn()
    tools.attacker.copies('Keeps an old ID token', { value: 'id_token', text: earlier.idToken })
    return ofForgedIdToken(tools, async () => earlier.idToken)
  },
}
