import { ofCode } from '../attack/code-attack.ts'
import type { Experiment } from '../lab/experiment.ts'

export const verifierWithoutChallenge: Experiment = {
  id: 'verifier-without-challenge',
  title: 'Verifier without challenge',
  sentence: 'Take a code that was asked for without a challenge, and hand it in with any verifier.',
  group: 'pkce',
  needs: ['session'],
  defender: 'authorization-server',
  defence: 'A verifier for a code without challenge is a sign that somebody removed the challenge.',
  check: 'Nothing to compare',
  clauses: [
    { document: 'RFC 9700', section: '2.1.1' },
    { document: 'RFC 9700', section: '4.8.2' },
  ],
  without: 'A victim’s app, which always sends its verifier, could be made to use the code of the attacker.',
  switches: ['no_pkce_required'],
  off: 'pkce_downgrade_accepted',
  run: tools =>
    ofCode(tools, parameters => {
      parameters.delete('code_challenge')
      parameters.delete('code_challenge_method')
    }),
}
