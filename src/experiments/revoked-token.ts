import { onlyOpenId } from '../attack/app-under-attack.ts'
import { bearer } from '../attack/token-attack.ts'
import { ofAnswer } from '../attack/verdict.ts'
import type { Experiment } from '../lab/experiment.ts'

export const revokedToken: Experiment = {
  id: 'revoked-token',
  title: 'Revoked token',
  sentence: 'Use a copied access token after the app has handed it back.',
  group: 'lifetime',
  needs: ['session', 'revocation', 'userinfo'],
  defender: 'authorization-server',
  defence: 'The provider forgets a token that was handed back.',
  check: 'Handed back',
  clauses: [{ document: 'RFC 7009', section: '2' }],
  without: 'Signing out would only be a gesture: {{access_token}} would live on in other hands.',
  off: 'revocation_ignored',
  destructive: true,
  async run({ app, attacker, metadata }) {
    const userinfo = metadata.userinfo_endpoint ?? ''
    const grant = await app.signIn({ config: onlyOpenId })
    await app.call(grant, userinfo)
    attacker.copies('Copies the token', { value: 'access_token', text: grant.tokens.accessToken })
    await app.revoke(grant)
    return ofAnswer(await attacker.calls(bearer(grant.tokens.accessToken), userinfo), 'authorization-server')
  },
}
