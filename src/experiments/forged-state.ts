import { callbackWith, ofArrival } from '../attack/forged-callback.ts'
import type { Experiment } from '../lab/experiment.ts'
import { createMarks } from '../oauth/pkce.ts'

export const forgedState: Experiment = {
  id: 'forged-state',
  title: 'Forged state',
  sentence: 'Send you to the callback of a sign-in that this tab never began.',
  group: 'redirect',
  needs: ['session'],
  defender: 'app',
  defence: 'The app looks for the sign-in that it kept under this state, and finds none.',
  check: 'Not ours',
  clauses: [
    { document: 'RFC 6749', section: '10.12' },
    { document: 'RFC 9700', section: '4.7' },
  ],
  without: 'You would work in the account of the attacker, and everything you save there would be theirs.',
  async run({ app, attacker, log, bench }) {
    await app.leave()
    const own = await log.as('attacker', () => app.begin())
    attacker.plants('Sends you a link', { value: 'code', text: own.code })
    return ofArrival(await app.arriveAt(callbackWith(bench, own.url, { state: createMarks().state })))
  },
}
