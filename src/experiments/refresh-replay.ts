import { letGracePass, longerGrace, rotated } from '../attack/refresh-attack.ts'
import { notBlocked, ofAnswer } from '../attack/verdict.ts'
import type { Experiment } from '../lab/experiment.ts'

export const refreshReplay: Experiment = {
  id: 'refresh-replay',
  title: 'Refresh token replayed',
  sentence: 'Use a refresh token that the app has already traded for a new one.',
  group: 'lifetime',
  needs: ['session', 'refresh-token'],
  defender: 'authorization-server',
  defence: 'Every renewal brings a new refresh token and ends the old one.',
  check: 'Already used',
  clauses: [
    { document: 'RFC 9700', section: '4.14.2' },
    { document: 'RFC 6749', section: '10.4' },
  ],
  without: 'A copy of one refresh token would renew itself for weeks beside you.',
  incident: {
    name: 'Keycloak, issue 16081',
    text: 'The other side of it: two tabs that renew at once look like a replay, and everyone is signed out.',
    url: 'https://github.com/keycloak/keycloak/issues/16081',
  },
  off: 'refresh_reuse_accepted',
  destructive: true,
  async run(tools) {
    const { grant, old } = await rotated(tools)
    await letGracePass(tools)
    const outcome = ofAnswer(await tools.attacker.refreshes(grant, old), 'authorization-server')
    return outcome.verdict === 'not-blocked' ? notBlocked(outcome.code, longerGrace) : outcome
  },
}
