import { editCallback } from '../attack/scripted-hold.ts'
import { notBlocked, ofError } from '../attack/verdict.ts'
import type { Experiment } from '../lab/experiment.ts'

export const mixUp: Experiment = {
  id: 'mix-up',
  title: 'Mix-up',
  sentence: 'Answer in the name of another provider.',
  group: 'redirect',
  needs: ['session', 'iss'],
  defender: 'app',
  defence: 'The app kept which provider it asked. The answer names another one.',
  check: 'Another issuer',
  clauses: [
    { document: 'RFC 9207', section: '2.4' },
    { document: 'RFC 9700', section: '4.4' },
  ],
  without: 'The app would hand {{code}} of an honest provider to the token endpoint of a hostile one.',
  async run({ app }) {
    const edit = editCallback(parameters => parameters.set('iss', 'https://provider.attacker.example'))
    try {
      await app.signIn({ edit })
      return notBlocked('signed_in')
    } catch (error) {
      return ofError(error)
    }
  },
}
