import { ofRedirect } from '../attack/redirect-attack.ts'
import type { Experiment } from '../lab/experiment.ts'

export const redirectOtherPath: Experiment = {
  id: 'redirect-other-path',
  title: 'Redirect address, elsewhere',
  sentence: 'Ask for the code at another path of the same site.',
  group: 'redirect',
  needs: ['session'],
  defender: 'authorization-server',
  defence: 'Only the exact addresses that were registered get an answer. The same site is not enough.',
  check: 'Not registered',
  clauses: [
    { document: 'RFC 9700', section: '2.1' },
    { document: 'RFC 9700', section: '4.1.3' },
  ],
  without: 'A forgotten page with an open redirect would pass {{code}} on to anybody.',
  loot: 'code',
  incident: {
    name: 'Keycloak, CVE-2023-6291',
    text: 'The comparison of redirect addresses could be passed with an address that was not allowed.',
    url: 'https://nvd.nist.gov/vuln/detail/CVE-2023-6291',
  },
  off: 'loose_redirect_path',
  run: tools =>
    ofRedirect(tools, {
      address: tools.callback.replace(/\.html$/, ''),
      isThere: url => !url.pathname.endsWith('.html'),
    }),
}
