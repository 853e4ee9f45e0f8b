import { ofStolenCode } from '../attack/code-attack.ts'
import type { Experiment } from '../lab/experiment.ts'
import { createPkce } from '../oauth/pkce.ts'

export const stolenCodeWrongVerifier: Experiment = {
  id: 'stolen-code-wrong-verifier',
  title: 'Stolen code, wrong verifier',
  sentence: 'Hand in a copied code with a made-up verifier.',
  group: 'code',
  needs: ['session'],
  defender: 'authorization-server',
  defence: 'The hash of the made-up verifier is not the challenge that the server kept.',
  check: 'Hashes differ',
  clauses: [
    { document: 'RFC 7636', section: '4.6' },
    { document: 'RFC 9700', section: '4.5' },
  ],
  without: 'The attacker would now hold {{access_token}} and be you.',
  incident: {
    name: 'Gitea, CVE-2026-26247',
    text: 'The S256 challenge was not enforced until version 1.25.5.',
    url: 'https://nvd.nist.gov/vuln/detail/CVE-2026-26247',
  },
  off: 'wrong_verifier_accepted',
  async run(tools) {
    const { app, attacker } = tools
    const begun = await app.begin()
    attacker.copiesCode(begun)
    const { codeVerifier } = await createPkce()
    return ofStolenCode(tools, begun, form => form.set('code_verifier', codeVerifier))
  },
}
