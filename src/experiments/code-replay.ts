import { ofAnswer } from '../attack/verdict.ts'
import type { Experiment } from '../lab/experiment.ts'

export const codeReplay: Experiment = {
  id: 'code-replay',
  title: 'Code used twice',
  sentence: 'Replay a code that the app has already exchanged, verifier and all.',
  group: 'lifetime',
  needs: ['session'],
  defender: 'authorization-server',
  defence: 'A code works once. The second time it is a sign of theft.',
  check: 'Already used',
  clauses: [
    { document: 'RFC 6749', section: '4.1.2' },
    { document: 'RFC 9700', section: '4.2.4' },
  ],
  without: 'A request that was written down somewhere could be sent again to get {{access_token}}.',
  off: 'code_replay_allowed',
  destructive: true,
  async run({ app, attacker }) {
    const begun = await app.begin()
    await app.finish(begun)
    attacker.copiesCode(begun)
    return ofAnswer(await attacker.redeems(begun), 'authorization-server')
  },
}
