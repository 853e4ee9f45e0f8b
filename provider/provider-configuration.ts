/** The library's configuration: a pure function of what was chosen and which faults are on. */
import { randomBytes } from 'node:crypto'
import type { AdapterFactory, Configuration } from 'oidc-provider'
import type { DemoAccount } from './accounts.ts'
import { createClients } from './clients.ts'
import { consentPolicy } from './consent-policy.ts'
import type { SigningKey } from './keys.ts'
import { errors } from './oidc-provider.ts'
import { apiOf, appOrigins, type DemoOptions, defaultAccessTokenSeconds, otherApiOf } from './options.ts'
import { errorPage } from './pages/error-page.ts'
import { renderSignOutPage, signOutResultPage } from './pages/sign-out-page.ts'
import { apiScopes, asksForApi, claimsByScope } from './scopes.ts'
import type { Weaknesses } from './weaknesses.ts'

const day = 24 * 60 * 60
const signInSeconds = 8 * 60 * 60

/** How the person proved who they are: with a password, once (OIDC Core §2, `acr`). */
export const passwordAcr = 'urn:pkce-lens:acr:password'

/** What stays the same when faults are switched on and off, so that sessions and tokens survive the switch. */
export interface Foundations {
  readonly options: DemoOptions
  readonly weaknesses: Weaknesses
  readonly accounts: readonly DemoAccount[]
  readonly keys: readonly SigningKey[]
  readonly store: AdapterFactory
  readonly cookieKeys: string[]
  readonly nonceSecret: Buffer
}

/** Secrets for signing cookies and DPoP nonces, new at each start. */
export function createServerSecrets(): Pick<Foundations, 'cookieKeys' | 'nonceSecret'> {
  return { cookieKeys: [randomBytes(32).toString('base64url')], nonceSecret: randomBytes(32) }
}

export function createConfiguration(foundations: Foundations): Configuration {
  const { options, weaknesses, accounts } = foundations
  const origins = appOrigins(options)
  const api = apiOf(options.resourcePort)
  const implicit = weaknesses.has('implicit_allowed')
  const accessTokenSeconds = () =>
    weaknesses.has('long_lifetimes') ? day : (options.accessTokenSeconds ?? defaultAccessTokenSeconds)

  return {
    adapter: foundations.store,
    clients: createClients(origins, options.idTokenAlg ?? 'RS256', weaknesses),
    jwks: { keys: foundations.keys.map(key => key.privateJwk) },
    clientAuthMethods: ['none'],
    responseTypes: implicit ? ['code', 'id_token token'] : ['code'],
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: claimsByScope,
    acrValues: [passwordAcr],
    conformIdTokenClaims: false,
    allowOmittingSingleRegisteredRedirectUri: false,
    // Cookies do not know ports: the port in the name keeps two demos on one machine apart.
    cookies: {
      keys: foundations.cookieKeys,
      names: {
        session: `demo_session_${options.port}`,
        interaction: `demo_interaction_${options.port}`,
        resume: `demo_resume_${options.port}`,
      },
    },
    clientBasedCORS: (_ctx, origin) => origins.has(origin),
    routes: {
      authorization: '/authorize',
      token: '/token',
      jwks: '/jwks',
      userinfo: '/userinfo',
      revocation: '/revoke',
      end_session: '/logout',
      pushed_authorization_request: '/par',
    },
    pkce: {
      required: () => !weaknesses.has('no_pkce_required') && !weaknesses.has('pkce_downgrade_accepted'),
    },
    formats: { bitsOfOpaqueRandomness: weaknesses.has('short_secrets') ? 36 : 256 },
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 60,
      IdToken: 60 * 60,
      Interaction: 60 * 60,
      Grant: 14 * day,
      Session: signInSeconds,
      // A renewed token inherits what is left of the first lifetime (RFC 10017 §6.3.2.3).
      RefreshToken: ctx => ctx.oidc.entities.RotatedRefreshToken?.remainingTTL ?? signInSeconds,
    },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: !weaknesses.has('no_rotation'),
    // A replay or a revocation ends the tokens, not what the person agreed to: the next sign-in stays silent.
    revokeGrantPolicy: () => false,
    interactions: { policy: consentPolicy(), url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    renderError: errorPage(options.appOrigin),
    findAccount: (_ctx, sub) => {
      const account = accounts.find(each => each.sub === sub)
      return account && { accountId: sub, claims: () => ({ sub, ...account.claims }) }
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: {
        enabled: true,
        nonceSecret: foundations.nonceSecret,
        requireNonce: () => options.dpopNonce === true,
        allowReplay: weaknesses.has('dpop_replay_allowed'),
      },
      pushedAuthorizationRequests: { enabled: true },
      revocation: {
        enabled: true,
        // Refused and told (RFC 7009 §2.1), where the library would stay silent.
        allowedPolicy: (_ctx, client, token) => {
          if (token.clientId === client.clientId) return true
          throw new errors.CustomOIDCProviderError('invalid_grant', 'the token was issued to another client')
        },
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: renderSignOutPage,
        postLogoutSuccessSource: signOutResultPage(options.appOrigin),
      },
      resourceIndicators: {
        enabled: true,
        // Asked for an API scope: the token is for the API. Otherwise it is for UserInfo.
        defaultResource: (ctx, _client, oneOf) => {
          if (oneOf) return oneOf.includes(api) ? api : oneOf
          return asksForApi(textOf(ctx.oidc.params?.['scope'])) ? api : undefined
        },
        // A refresh may narrow the scope to the person's data and gets a token for UserInfo.
        useGrantedResource: ctx => {
          const narrowed = textOf(ctx.oidc.params?.['scope'])
          return (
            ctx.oidc.params?.['grant_type'] !== 'refresh_token' ||
            narrowed === undefined ||
            asksForApi(narrowed)
          )
        },
        getResourceServerInfo: (_ctx, resource) => {
          if (resource !== api && resource !== otherApiOf(options.resourcePort))
            throw new errors.InvalidTarget()
          return {
            scope: apiScopes.map(each => each.scope).join(' '),
            audience: resource,
            accessTokenFormat: 'jwt',
            accessTokenTTL: accessTokenSeconds(),
            jwt: { sign: { alg: 'RS256' } },
          }
        },
      },
    },
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
