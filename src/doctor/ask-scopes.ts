/** Questions about what is asked for and what comes back: scopes, refresh tokens, the form of the access token. */
import { splitWords } from '../choice/form-values.ts'
import { unknownPlace } from '../presets/place.ts'
import type { Facts } from './facts.ts'
import { askOffline, fixAt, fixBy, fixSeen, type Said, withoutRefreshToken } from './finding.ts'
import type { Metadata } from './metadata.ts'

/** An empty list tells as little as none. */
function offeredScopes(metadata: Metadata | null): readonly string[] | undefined {
  const offered = metadata?.list('scopes_supported')
  return offered?.length ? offered : undefined
}

/** AREQ-06, stuck point 17. */
export async function askScopes(facts: Facts): Promise<Said[]> {
  const metadata = await facts.metadata()
  const asked = splitWords(facts.config.scope)
  if (!asked.includes('openid'))
    return [
      {
        code: 'scope_openid_missing',
        level: 'fail',
        stops: true,
        title: 'Without openid there is no ID token',
        seen: facts.config.scope,
        why: 'openid turns a permission into a sign-in. Without it only an access token comes, and the app does not learn who signed in.',
        fix: fixBy('Add the scope openid.', {
          field: 'add_scopes',
          value: 'openid',
          label: 'Add openid',
        }),
        requirement: 'AREQ-06',
      },
    ]
  if (!metadata) return []
  const offered = offeredScopes(metadata)
  // Without openid there is no sign-in, and a list may leave out what is taken.
  const unknown = offered ? asked.filter(scope => scope !== 'openid' && !offered.includes(scope)) : []
  if (unknown.length > 0)
    return [
      {
        code: 'scope_not_offered',
        level: 'warn',
        title: unknown.length === 1 ? 'One scope is not offered' : `${unknown.length} scopes are not offered`,
        seen: unknown.join(' '),
        why: 'The list of a provider may be shorter than what it takes. If it does not take them, the sign-in ends with invalid_scope, or they are left out silently.',
        fix: fixBy('If the sign-in ends with invalid_scope, take them out.', {
          field: 'remove_scopes',
          value: unknown.join(' '),
          label: `Take ${unknown.length === 1 ? 'it' : 'them'} out`,
        }),
        requirement: 'AREQ-06',
      },
    ]
  return [
    {
      code: 'scopes_offered',
      level: 'pass',
      title: offered ? 'All scopes are offered' : 'The provider does not list its scopes',
      seen: asked.join(' '),
      why: 'What comes in the end is decided at the sign-in.',
      requirement: 'AREQ-06',
    },
  ]
}

/** RT-09, RT-10, stuck point 32; rotation as seen at the last sign-in (RFC 9700 §4.14.2). */
export async function askRefresh(facts: Facts): Promise<Said[]> {
  const metadata = await facts.metadata()
  const { config, preset, lastSignIn } = facts
  const requirement = 'RT-09'
  if (lastSignIn?.refreshTokenRotated === false && !config.dpop)
    return [
      {
        code: 'refresh_not_rotated',
        level: 'warn',
        title: 'Refresh tokens are not rotated',
        seen: 'seen at the last renewal',
        why: 'A stolen refresh token would stay usable, and nobody would notice.',
        fix: fixSeen('Turn rotation on.', facts.place('rotation')),
        requirement,
      },
    ]
  const grants = metadata?.list('grant_types_supported')
  const offered = !grants || grants.includes('refresh_token')
  const offersOffline = offeredScopes(metadata)?.includes('offline_access') ?? preset.refresh.offlineAccess
  const asksOffline = splitWords(config.scope).includes('offline_access')
  const couldAsk =
    metadata !== null && offered && preset.refresh.offlineAccess && offersOffline && !asksOffline
  if (lastSignIn?.refreshTokenCame === false && !couldAsk)
    return [
      {
        code: 'refresh_token_missing',
        level: 'warn',
        title: 'No refresh token came',
        seen: 'seen at the last sign-in',
        why: `${withoutRefreshToken(config)} ${preset.refresh.text}`,
        fix: fixSeen('Allow refresh tokens for this client.', facts.place('refresh')),
        requirement,
      },
    ]
  if (!metadata) return []
  if (grants && !offered)
    return [
      {
        code: 'refresh_not_offered',
        level: 'warn',
        title: 'The provider offers no refresh tokens',
        seen: grants.join(', '),
        why: withoutRefreshToken(config),
        fix: fixSeen('Allow the refresh token grant, if the provider has it.', facts.place('refresh')),
        requirement,
      },
    ]
  // One that came without asking is the better witness.
  if (couldAsk && !lastSignIn?.refreshTokenCame)
    return [
      {
        code: 'refresh_not_asked',
        level: 'warn',
        title:
          lastSignIn?.refreshTokenCame === false ? 'No refresh token came' : 'A refresh token may not come',
        seen: 'offline_access is not asked for',
        why: `${withoutRefreshToken(config)} ${preset.refresh.text}`,
        fix: askOffline,
        requirement,
      },
    ]
  const place = facts.place('refresh')
  return [
    {
      code: 'refresh_possible',
      level: lastSignIn?.refreshTokenCame ? 'pass' : 'later',
      title: lastSignIn?.refreshTokenCame ? 'A refresh token came' : 'A refresh token may come',
      seen: lastSignIn?.refreshTokenCame ? 'seen at the last sign-in' : 'known after the first sign-in',
      why: preset.refresh.text,
      fix:
        lastSignIn?.refreshTokenCame || place === unknownPlace
          ? null
          : fixAt('If none comes, look here.', place),
      requirement,
    },
  ]
}

/** BEAR-08, stuck points 29 and 30. */
export async function askAccessToken(facts: Facts): Promise<Said[]> {
  await facts.discovery()
  const { lastSignIn, preset, config } = facts
  const requirement = 'BEAR-08'
  if (lastSignIn?.accessTokenForGraph)
    return [
      {
        code: 'access_token_not_yours',
        level: 'pass',
        title: 'The access token is for Microsoft Graph',
        seen: 'its header has a nonce',
        why: 'It is not yours to verify: that nonce is hashed before signing, so only Graph can check the signature. A decoder that calls it invalid is wrong.',
        requirement,
      },
    ]
  if (lastSignIn?.accessTokenForm === 'opaque')
    return [
      {
        code: 'access_token_opaque',
        level: 'pass',
        title: 'The access token is opaque, on purpose',
        seen: 'no JWT',
        why: `Only the issuer reads it, so a decoder calls it invalid. ${
          config.audience || config.resource
            ? ''
            : 'To get a JWT for an API, name the API in resource or audience. '
        }${preset.accessToken.text}`,
        requirement,
      },
    ]
  return [
    {
      code: 'access_token_form',
      level: lastSignIn?.accessTokenForm ? 'pass' : 'later',
      title: 'The access token is for the API, not for this app',
      seen: lastSignIn?.accessTokenForm === 'jwt' ? 'a JWT' : 'known after the first sign-in',
      why: preset.accessToken.text,
      requirement,
    },
  ]
}
