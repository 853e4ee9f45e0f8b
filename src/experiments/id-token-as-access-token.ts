import { bearer, ofTokenAttack } from '../attack/token-attack.ts'
import type { Experiment } from '../lab/experiment.ts'

export const idTokenAsAccessToken: Experiment = {
  id: 'id-token-as-access-token',
  title: 'ID token as access token',
  sentence: 'Show the API the ID token instead.',
  group: 'access-token',
  needs: ['session'],
  defender: 'resource-server',
  defence: 'The API takes access tokens that were made for it. An ID token is a letter to the app.',
  check: 'Wrong kind',
  clauses: [
    { document: 'RFC 9068', section: '4' },
    { document: 'RFC 9068', section: '2.1' },
  ],
  without: 'Every app that you sign in to could use your ID token at the API.',
  off: 'api_accepts_id_token',
  run: tools =>
    ofTokenAttack(tools, { attack: ({ attacker }, { idToken }) => attacker.calls(bearer(idToken)) }),
}
