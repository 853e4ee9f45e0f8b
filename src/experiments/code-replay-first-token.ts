import { onlyOpenId } from '../attack/app-under-attack.ts'
import { bearer } from '../attack/token-attack.ts'
import { ofAnswer, unreadable } from '../attack/verdict.ts'
import type { Experiment } from '../lab/experiment.ts'

export const codeReplayFirstToken: Experiment = {
  id: 'code-replay-first-token',
  title: 'The first token after a replay',
  sentence: 'A code was used twice. Go on using the token of the first exchange.',
  group: 'lifetime',
  needs: ['session', 'userinfo'],
  defender: 'authorization-server',
  defence: 'Nobody can tell which of the two was the thief, so the tokens of the first exchange die as well.',
  check: 'Died with the code',
  clauses: [
    { document: 'RFC 6749', section: '4.1.2' },
    { document: 'RFC 6749', section: '10.5' },
  ],
  without: 'A thief who was faster than the app would keep {{access_token}}, though the theft was noticed.',
  off: 'code_replay_keeps_tokens',
  destructive: true,
  async run({ app, attacker, metadata }) {
    const userinfo = metadata.userinfo_endpoint ?? ''
    const begun = await app.begin(onlyOpenId)
    const first = await app.finish(begun)
    await app.call(first, userinfo)
    attacker.copies('Was faster', { value: 'access_token', text: first.tokens.accessToken })
    const replay = ofAnswer(await attacker.redeems(begun), 'authorization-server')
    if (replay.verdict !== 'blocked') return replay
    const outcome = ofAnswer(
      await attacker.calls(bearer(first.tokens.accessToken), userinfo),
      'authorization-server',
    )
    return outcome.verdict === 'not-blocked'
      ? { ...outcome, because: 'The replay was refused, and the first token lives on.' }
      : outcome.verdict === 'unreadable'
        ? unreadable(outcome.code, 'The replay was refused. Whether the first token died could not be read.')
        : outcome
  },
}
