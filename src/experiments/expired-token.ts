import { bearer, ofTokenAttack } from '../attack/token-attack.ts'
import { notApplicable, RunEnded } from '../attack/verdict.ts'
import type { Experiment } from '../lab/experiment.ts'
import { remainingLife } from '../session/grant.ts'

/** Nobody waits longer than this in front of a page, in milliseconds. */
const longestWait = 150_000

export const expiredToken: Experiment = {
  id: 'expired-token',
  title: 'Expired token',
  sentence: 'Wait until a good token is over, then call the API with it.',
  group: 'access-token',
  needs: ['session'],
  defender: 'resource-server',
  defence: 'The API compares the expiry time with its own clock.',
  check: 'Too late',
  clauses: [
    { document: 'RFC 9068', section: '4' },
    { document: 'RFC 6750', section: '3.1' },
  ],
  without: 'A token that leaked once would be good for ever.',
  off: 'api_accepts_expired',
  async run(tools) {
    const { clean, wait, bench } = tools
    // The token of the clean run worked a moment ago, and it is older than a new one.
    const grant = clean ?? (await tools.app.signIn())
    const left = remainingLife(grant, bench.ports)
    if (left > longestWait)
      throw new RunEnded(
        notApplicable(
          'lives_too_long',
          'Tokens of this provider live too long to wait for the end of one here.',
        ),
      )
    if (left > -1_500) await wait(left + 1_500, 'Waiting until the token is over')
    return ofTokenAttack(tools, {
      attack: ({ attacker }) => attacker.calls(bearer(grant.tokens.accessToken)),
      grant,
      unfit: true,
    })
  },
}
