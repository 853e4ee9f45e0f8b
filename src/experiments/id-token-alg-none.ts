import { ofForgedIdToken, unsigned } from '../attack/forged-id-token.ts'
import type { Experiment } from '../lab/experiment.ts'

export const idTokenAlgNone: Experiment = {
  id: 'id-token-alg-none',
  title: 'Algorithm none',
  sentence: 'Remove the signature and say that none is needed.',
  group: 'id-token',
  needs: ['session'],
  defender: 'app',
  defence: 'The app decides which algorithms count. The token has no say in it.',
  check: 'Not allowed',
  clauses: [
    { document: 'RFC 8725', section: '3.1' },
    { document: 'OpenID Connect Core', section: '3.1.3.7' },
  ],
  without: 'Whoever could change the answer of the token endpoint could sign in as anybody.',
  incident: {
    name: 'jsonwebtoken, CVE-2022-23540',
    text: 'Up to version 8.5.1, a check without named algorithms could fall back to none.',
    url: 'https://nvd.nist.gov/vuln/detail/CVE-2022-23540',
  },
  run: tools => ofForgedIdToken(tools, async idToken => unsigned(idToken)),
}
