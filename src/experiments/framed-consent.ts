import { framedSignIn } from '../attack/framed-page.ts'
import { blocked, failed, notBlocked } from '../attack/verdict.ts'
import type { Experiment } from '../lab/experiment.ts'

export const framedConsent: Experiment = {
  id: 'framed-consent',
  title: 'Clickjacked consent',
  sentence: 'Put the provider’s page into a frame, where a click can be stolen.',
  group: 'page',
  needs: [],
  defender: 'browser',
  defence: 'The provider says who may frame its pages: nobody. Your browser keeps to it.',
  check: 'Not in a frame',
  clauses: [
    { document: 'RFC 9700', section: '4.16' },
    { document: 'RFC 6749', section: '10.13' },
  ],
  without: 'A page could lay a game over the consent button and let you press it without knowing.',
  off: 'frameable_pages',
  asks: true,
  async run({ bench, person, log }) {
    log.act({ from: 'attacker', to: 'browser', text: 'Frames the page' })
    const url = await framedSignIn(bench)
    // A page cannot look into a frame of another site, not even to see whether anything is there.
    const seen = await person.look(url)
    if (seen === null)
      return failed('person_declined', 'Only you can see what is in the frame, and you did not say.')
    log.act({ from: 'browser', to: 'attacker', text: seen === 'shown' ? 'The page' : 'An empty frame' })
    return seen === 'refused' ? blocked('browser', 'not shown') : notBlocked('shown in a frame')
  },
}
