import { callbackWith, ofArrival } from '../attack/forged-callback.ts'
import type { Experiment } from '../lab/experiment.ts'

export const missingState: Experiment = {
  id: 'missing-state',
  title: 'State left out',
  sentence: 'Send you to the callback with a code and no state at all.',
  group: 'redirect',
  needs: ['session'],
  defender: 'app',
  defence: 'An answer without state is nobody’s answer. The app does not even look at the code.',
  check: 'No state',
  clauses: [
    { document: 'RFC 6749', section: '4.1.2' },
    { document: 'RFC 9700', section: '4.7' },
  ],
  without: 'Only PKCE and the nonce would be left to notice that the code is somebody else’s.',
  async run({ app, attacker, log, bench }) {
    await app.leave()
    const own = await log.as('attacker', () => app.begin())
    attacker.plants('Sends you a link', { value: 'code', text: own.code })
    return ofArrival(await app.arriveAt(callbackWith(bench, own.url, { state: null })))
  },
}
