import { ofCode } from '../attack/code-attack.ts'
import type { Experiment } from '../lab/experiment.ts'

export const pkceLeftOut: Experiment = {
  id: 'pkce-left-out',
  title: 'PKCE left out',
  sentence: 'Begin a sign-in without any challenge.',
  group: 'pkce',
  needs: ['session'],
  defender: 'authorization-server',
  defence: 'The server gives no code to a public client that shows no challenge.',
  check: 'No challenge',
  clauses: [
    { document: 'RFC 7636', section: '4.4.1' },
    { document: 'RFC 9700', section: '2.1.1' },
  ],
  without: 'There would be nothing to compare: whoever copied such a {{code}} would get {{access_token}}.',
  incident: {
    name: 'authentik, CVE-2024-23647',
    text: 'When an attacker removed the challenge from the request, the whole check was skipped.',
    url: 'https://nvd.nist.gov/vuln/detail/CVE-2024-23647',
  },
  off: 'no_pkce_required',
  run: tools =>
    ofCode(
      tools,
      parameters => {
        parameters.delete('code_challenge')
        parameters.delete('code_challenge_method')
      },
      form => form.delete('code_verifier'),
    ),
}
