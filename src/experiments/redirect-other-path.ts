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
  incident: {
    name: 'Keycloak, CVE-2026-3872',
    text: 'Until 26.5.7, a path with ..;/ in it passed the comparison of redirect addresses.',
    url: 'https://github.com/keycloak/keycloak/issues/47718',
  },
  off: 'loose_redirect_path',
  run: tools =>
    ofRedirect(tools, {
      address: tools.callback.replace(/\.html$/, ''),
      isThere: url => !url.pathname.endsWith('.html'),
    }),
}
