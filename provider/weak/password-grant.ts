/** The grant that RFC 9700 §2.4 forbids: names and passwords at the token endpoint. */
import { checkPassword, type DemoAccount } from '../accounts.ts'
import { errors, type Provider } from '../oidc-provider.ts'

/** Teaches the provider `grant_type=password`. */
export function allowPasswordGrant(provider: Provider, accounts: readonly DemoAccount[]): void {
  const parameters = ['username', 'password', 'scope']
  provider.registerGrantType<{ username?: string; password?: string }>(
    'password',
    async ctx => {
      const { username = '', password = '', scope = 'openid' } = ctx.oidc.params
      const account = checkPassword(accounts, username, password)
      if (!account) throw new errors.InvalidGrant('wrong username or password')
      const { client } = ctx.oidc
      const grant = new provider.Grant({ accountId: account.sub, clientId: client.clientId })
      grant.addOIDCScope(scope)
      const token = new provider.AccessToken({
        client,
        accountId: account.sub,
        grantId: await grant.save(),
        gty: 'password',
        scope: grant.getOIDCScopeFiltered(scope.split(' ')),
      })
      ctx.body = {
        access_token: await token.save(),
        token_type: 'Bearer',
        expires_in: token.expiration,
        scope: token.scope,
      }
    },
    parameters,
  )
}
