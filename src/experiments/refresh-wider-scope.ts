import { grantsMore } from '../attack/refresh-attack.ts'
import { blocked, notApplicable, notBlocked, ofAnswer } from '../attack/verdict.ts'
import type { Experiment } from '../lab/experiment.ts'

export const refreshWiderScope: Experiment = {
  id: 'refresh-wider-scope',
  title: 'More scope at renewal',
  sentence: 'Renew a copied refresh token and ask for a scope that nobody agreed to.',
  group: 'lifetime',
  needs: ['session', 'refresh-token'],
  defender: 'authorization-server',
  defence: 'A renewal can never hold more than the person agreed to.',
  check: 'Never agreed to',
  clauses: [
    { document: 'RFC 6749', section: '6' },
    { document: 'RFC 9700', section: '4.14.2' },
  ],
  without: 'One yes to a little would silently become a yes to everything.',
  off: 'wide_scope_on_refresh',
  async run({ app, attacker, metadata, config }) {
    const grant = await app.signIn()
    // A token for an API may name only the API's scopes; what was asked for was agreed to as well.
    const granted = `${grant.scope} ${config.scope}`.split(' ')
    const more = (metadata.scopes_supported ?? []).find(
      scope => !granted.includes(scope) && scope !== 'offline_access',
    )
    if (more === undefined)
      return notApplicable('no_other_scope', 'The app has every scope that this provider names.')
    const token = grant.tokens.refreshToken ?? ''
    attacker.copies('Copies the token', { value: 'refresh_token', text: token })
    const answer = await attacker.refreshes(grant, token, form =>
      form.set('scope', `${config.scope} ${more}`),
    )
    const outcome = ofAnswer(answer, 'authorization-server')
    if (outcome.verdict !== 'not-blocked') return outcome
    return grantsMore(answer, more)
      ? notBlocked(`200 with ${more}`)
      : blocked('authorization-server', '200, scope unchanged')
  },
}
