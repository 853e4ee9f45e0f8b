import { altered, ofForgedIdToken } from '../attack/forged-id-token.ts'
import type { Experiment } from '../lab/experiment.ts'

export const idTokenAltered: Experiment = {
  id: 'id-token-altered',
  title: 'ID token altered',
  sentence: 'Change who it is about and keep the old signature.',
  group: 'id-token',
  needs: ['session'],
  defender: 'app',
  defence: 'The signature was made over other bytes. With the provider’s key, anybody can see that.',
  check: 'Signature is off',
  clauses: [
    { document: 'OpenID Connect Core', section: '3.1.3.7' },
    { document: 'RFC 8725', section: '3.3' },
  ],
  without:
    'Whoever could change the answer of the token endpoint could be anybody: the app would believe what it says.',
  incident: {
    name: 'Java, CVE-2022-21449',
    text: 'Java 15 to 18 took a signature of nothing but zeros as good for any content.',
    url: 'https://nvd.nist.gov/vuln/detail/CVE-2022-21449',
  },
  run: tools => ofForgedIdToken(tools, async idToken => altered(idToken)),
}
