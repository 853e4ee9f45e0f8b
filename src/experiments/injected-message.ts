import { signInUnderForgedMessages } from '../attack/forged-message.ts'
import { blocked, failed, notBlocked, ofError } from '../attack/verdict.ts'
import type { Experiment } from '../lab/experiment.ts'

export const injectedMessage: Experiment = {
  id: 'injected-message',
  title: 'Callback by postMessage',
  sentence: 'Post a made-up answer to the page while it waits for its hidden frame.',
  group: 'redirect',
  needs: ['session'],
  defender: 'app',
  defence:
    'The app hears only its own callback page, from its own origin, in exactly the frame that it opened.',
  check: 'Not its frame',
  clauses: [
    { document: 'RFC 9700', section: '4.17' },
    { document: 'RFC 10017', section: '6.3.3.3' },
  ],
  without: 'Any page that holds a reference to this window could finish your sign-in with its own {{code}}.',
  async run({ app, log, bench }) {
    const own = await log.as('attacker', () => app.begin())
    const { sent, accepted, error } = await signInUnderForgedMessages(bench, own.code)
    if (accepted) return error ? ofError(error) : notBlocked('signed_in')
    if (sent === 0) return failed('attack_not_made', 'The made-up messages did not reach the page.')
    const one =
      'Only one of the two messages reached the page. WebKit runs no script in a frame without an origin.'
    return error ? ofError(error) : blocked('app', 'message ignored', sent < 2 ? one : '')
  },
}
