import { ofForgedIdToken, signedByAttacker } from '../attack/forged-id-token.ts'
import type { Experiment } from '../lab/experiment.ts'

export const idTokenKeySwapped: Experiment = {
  id: 'id-token-key-swapped',
  title: 'Key swapped',
  sentence: 'Sign an altered ID token properly, with your own key under the provider’s name for it.',
  group: 'id-token',
  needs: ['session'],
  defender: 'app',
  defence: 'The app takes keys only from the provider’s published set. The name of a key is not the key.',
  check: 'Another key',
  clauses: [
    { document: 'OpenID Connect Core', section: '10.1' },
    { document: 'RFC 8725', section: '3.10' },
  ],
  without: 'A properly signed lie would pass as the provider’s word.',
  incident: {
    name: 'node-jose, CVE-2018-0114',
    text: 'Before version 0.11.0, the key that came inside the token was used to check that very token.',
    url: 'https://nvd.nist.gov/vuln/detail/CVE-2018-0114',
  },
  run: tools => ofForgedIdToken(tools, signedByAttacker),
}
