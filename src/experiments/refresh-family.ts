import { letGracePass, longerGrace, rotated } from '../attack/refresh-attack.ts'
import { notBlocked, ofAnswer } from '../attack/verdict.ts'
import type { Experiment } from '../lab/experiment.ts'

export const refreshFamily: Experiment = {
  id: 'refresh-family',
  title: 'The family after a replay',
  sentence: 'An old refresh token was replayed. Go on with its successor.',
  group: 'lifetime',
  needs: ['session', 'refresh-token'],
  defender: 'authorization-server',
  defence: 'A replay means that two parties hold the token. The whole family ends, and you sign in again.',
  check: 'Family ended',
  clauses: [{ document: 'RFC 9700', section: '4.14.2' }],
  without: 'A thief who renewed first would stay, and only you would be sent away.',
  off: 'refresh_family_survives',
  destructive: true,
  async run(tools) {
    const { grant, old } = await rotated(tools)
    await letGracePass(tools)
    const replay = ofAnswer(await tools.attacker.refreshes(grant, old), 'authorization-server')
    if (replay.verdict === 'not-blocked') return notBlocked(replay.code, longerGrace)
    if (replay.verdict !== 'blocked') return replay
    await letGracePass(tools)
    const outcome = ofAnswer(
      await tools.attacker.refreshes(grant, grant.tokens.refreshToken ?? ''),
      'authorization-server',
    )
    return outcome.verdict === 'not-blocked'
      ? notBlocked(outcome.code, 'The replay was refused, and its successor still works.')
      : outcome
  },
}
