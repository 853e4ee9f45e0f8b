import { ofCode } from '../attack/code-attack.ts'
import type { Experiment } from '../lab/experiment.ts'
import { createPkce } from '../oauth/pkce.ts'

export const pkcePlain: Experiment = {
  id: 'pkce-plain',
  title: 'Downgrade to plain',
  sentence: 'Begin a sign-in with the verifier itself as the challenge.',
  group: 'pkce',
  needs: ['session'],
  defender: 'authorization-server',
  defence: 'The server takes only S256, so that what stands in an address is never the secret.',
  check: 'Not S256',
  clauses: [
    { document: 'RFC 7636', section: '7.2' },
    { document: 'RFC 9700', section: '2.1.1' },
  ],
  without: 'Whoever reads the request knows the verifier, and waits only for {{code}}.',
  off: 'plain_allowed',
  async run(tools) {
    const { codeVerifier } = await createPkce()
    return ofCode(
      tools,
      parameters => {
        parameters.set('code_challenge', codeVerifier)
        parameters.set('code_challenge_method', 'plain')
      },
      form => form.set('code_verifier', codeVerifier),
    )
  },
}
