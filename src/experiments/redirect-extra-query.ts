import { ofRedirect } from '../attack/redirect-attack.ts'
import type { Experiment } from '../lab/experiment.ts'

export const redirectExtraQuery: Experiment = {
  id: 'redirect-extra-query',
  title: 'Redirect address, longer',
  sentence: 'Ask for the code at the registered address with a query of your own behind it.',
  group: 'redirect',
  needs: ['session'],
  defender: 'authorization-server',
  defence: 'The server compares the address with the registered one character by character.',
  check: 'Not registered',
  clauses: [
    { document: 'RFC 9700', section: '2.1' },
    { document: 'RFC 9700', section: '4.1.3' },
  ],
  without:
    'The attacker could steer what happens on the page where {{code}} arrives, and often where it goes next.',
  off: 'loose_redirect_query',
  run: tools =>
    ofRedirect(tools, {
      address: tools.callback.replace(/$/, '?extra=lens'),
      isThere: url => url.searchParams.get('extra') === 'lens',
    }),
}
