import { ofStolenCode } from '../attack/code-attack.ts'
import type { Experiment } from '../lab/experiment.ts'

export const stolenCodeNoVerifier: Experiment = {
  id: 'stolen-code-no-verifier',
  title: 'Stolen code, no verifier',
  sentence: 'Hand in a copied code and leave the verifier out.',
  group: 'code',
  needs: ['session'],
  defender: 'authorization-server',
  defence: 'The code was asked for with a challenge, so the server wants the verifier that belongs to it.',
  check: 'No verifier',
  clauses: [
    { document: 'RFC 7636', section: '4.6' },
    { document: 'RFC 9700', section: '2.1.1' },
  ],
  without: 'Whoever reads the address bar, a log or the history would now hold {{access_token}} and be you.',
  incident: {
    name: 'authentik, CVE-2023-48228',
    text: 'The verifier was compared only when one was sent. Leaving it out was enough.',
    url: 'https://nvd.nist.gov/vuln/detail/CVE-2023-48228',
  },
  off: 'missing_verifier_accepted',
  async run(tools) {
    const { app, attacker } = tools
    const begun = await app.begin()
    attacker.copiesCode(begun)
    return ofStolenCode(tools, begun, form => form.delete('code_verifier'))
  },
}
