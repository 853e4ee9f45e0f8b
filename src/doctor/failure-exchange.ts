/** Failures at the provider's endpoints: token, keys, profile. Stuck points 1, 2, 4, 5, 10, 24 to 30. */
import { splitWords } from '../choice/form-values.ts'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { clientRefusal } from './client-refusal.ts'
import type { Cause, Failure, FailureFacts } from './diagnosis.ts'
import { placeOf, providerText } from './diagnosis.ts'
import { silentCauses } from './failure-background.ts'
import { askOffline, fixAt, fixBy, fixSeen, withoutRefreshToken } from './finding.ts'
import { invalidGrantCauses } from './invalid-grant.ts'

/**
 * The first rule that fits decides: what the provider says of the client counts before the code of the error.
 * @returns no causes when the failure is of another kind
 */
export function exchangeCauses(failure: Failure): Cause[] {
  const { error, facts } = failure
  const text = providerText(error)
  // The authorization endpoint asks nobody for a secret.
  const aboutClient = error.code.startsWith('auth_response_')
    ? null
    : clientRefusal(
        { error: error.protocolError, text },
        { preset: facts.preset, place: (name, preset = facts.preset) => placeOf({ ...facts, preset }, name) },
      )
  if (aboutClient) return [{ ...aboutClient, seen: aboutClient.seen.slice(0, 120) }]
  if (/bad_verification_code/.test(text) || (error.httpStatus === 200 && error.protocolError))
    return [refusedWithSuccess(text)]
  if (error.code === 'refresh_rejected') return [refreshRefused(failure)]
  if (error.code === 'session_expired') return sessionOver(failure)
  if (error.protocolError === 'invalid_grant')
    return facts.during === 'refresh' ? [refreshRefused(failure)] : invalidGrantCauses(failure)
  if (isFormRefused(failure)) return [formRefused(failure)]
  if (error.code === 'token_response_missing_id_token') return [noIdToken(facts)]
  if (error.code === 'refresh_token_missing') return [noRefreshToken(facts)]
  return blockedCauses(failure)
}

/** Stuck point 27. */
const refusedWithSuccess = (text: string): Cause => ({
  code: 'error_with_status_200',
  likelihood: 'certain',
  title: 'The provider refused, with status 200',
  seen: text.slice(0, 120),
  why: 'This server reports errors as if they were successes. GitHub does so with bad_verification_code: the code is wrong or spent.',
  fix: fixBy('Start the sign-in again. The app looks for error before it trusts the status.'),
})

/** Elsewhere these statuses are about another request. */
const isFormRefused = ({ error, facts: { during } }: Failure): boolean =>
  error.protocolError === 'unsupported_grant_type' ||
  ((during === 'exchange' || during === 'refresh') && (error.httpStatus === 405 || error.httpStatus === 415))

/** Stuck point 26. */
const formRefused = ({ error }: Failure): Cause => ({
  code: 'token_request_form_refused',
  likelihood: 'likely',
  title: 'The endpoint did not take a form POST',
  seen: String(error.httpStatus ?? error.protocolError),
  why: 'Some libraries send GET or JSON here and get this answer. This app sends a form POST, so the address is probably not the token endpoint, or a proxy changes the request.',
  fix: fixBy('Compare the token endpoint in the discovery document with the provider’s manual.'),
})

/** Stuck point 17. */
const noIdToken = ({ config }: FailureFacts): Cause => ({
  code: 'scope_openid_missing',
  likelihood: config.scope.split(' ').includes('openid') ? 'possible' : 'certain',
  title: 'No ID token came',
  seen: `asked for: ${config.scope}`,
  why: 'An ID token comes only when openid is among the scopes, and when the provider allows it to this client.',
  fix: fixBy('Add the scope openid, and allow it at the provider.'),
})

/** A session ends when the last way to renew it failed: the refresh token, or without one the hidden frame. */
function sessionOver(failure: Failure): Cause[] {
  const { error, facts } = failure
  const last = facts.lastRenewal
  const frame = last?.by === 'frame' ? causesOfFrame(failure, last.code) : null
  const isRefused = error.protocolError === 'invalid_grant' || error.hints?.includes('refresh_rejected')
  if (isRefused) return [refreshRefused(failure), ...(frame ?? [])]
  // What the session says by itself, and nothing was tried: there was nothing to try.
  return frame ?? [last === null && error.expected ? noRefreshToken(facts) : refreshRefused(failure)]
}

const causesOfFrame = (failure: Failure, code: string): Cause[] =>
  code.startsWith('silent_')
    ? silentCauses({ ...failure, facts: { ...failure.facts, inFrame: true } }, code)
    : exchangeCauses({ ...failure, error: { ...failure.error, code } })

/** Stuck point 32. */
function noRefreshToken(facts: FailureFacts): Cause {
  return {
    code: 'refresh_token_missing',
    likelihood: 'certain',
    title: 'No refresh token came',
    seen: `asked for: ${facts.config.scope}`,
    why: `${withoutRefreshToken(facts.config)} ${facts.preset.refresh.text}`,
    fix:
      facts.preset.refresh.offlineAccess && !splitWords(facts.config.scope).includes('offline_access')
        ? askOffline
        : fixSeen('Allow refresh tokens for this client.', placeOf(facts, 'refresh')),
  }
}

/** Stuck point 33. */
function refreshRefused({ error }: Failure): Cause {
  return {
    code: 'refresh_token_reused',
    likelihood: 'likely',
    title: 'The refresh token is spent, too old, or was revoked',
    seen: providerText(error) || 'refused',
    why: 'Where refresh tokens rotate, a second use looks like a theft, and the provider ends the whole family: two that renew with one token do this. Entra ends every refresh token of a page after 24 hours.',
    fix: fixBy(
      'Sign in again. Every tab of this app has a grant of its own, so its tabs never spend the same token; another app that shares one may.',
    ),
  }
}

/** Stuck points 4, 10, 24, and the one without a number: refusals that carry no CORS headers. */
function blockedCauses({ error, facts }: Failure): Cause[] {
  const unreadable =
    error.code === 'network_or_cors_blocked' ||
    error.code === 'cors_blocked' ||
    error.hints?.includes('cors_blocked')
  if (!unreadable) return []
  const host = error.endpoint ?? 'the endpoint'
  if (facts.during === 'profile')
    return [
      {
        code: 'profile_cors_blocked',
        likelihood: 'likely',
        title: 'The profile may not be read from here',
        seen: host,
        why: 'The endpoint does not allow this origin, or it does and sends its refusals without CORS headers: an expired token looks like this too.',
        fix: fixAt('Allow this origin, with the header Authorization.', placeOf(facts, 'origin')),
      },
    ]
  const cors: Cause = {
    code: 'token_cors_blocked',
    likelihood: 'likely',
    title: 'The answer may not be read from here',
    seen: `${host} is reachable, fetch was blocked`,
    why:
      facts.during === 'sign_in'
        ? 'Its answer does not allow this origin, so the sign-in did not begin: nobody was asked anything.'
        : facts.config.dpop
          ? 'The browser asked first because of the DPoP header, and the server said no. No code was spent.'
          : 'The server took the request, and its answer does not allow this origin. The code is spent: a new try needs a new sign-in.',
    fix: facts.config.dpop
      ? fixSeen('Allow this origin, with the header DPoP.', placeOf(facts, 'origin'))
      : fixAt('Allow this origin.', placeOf(facts, 'origin')),
  }
  if (facts.during !== 'exchange') return [cors]
  return [
    cors,
    {
      code: 'error_unreadable',
      likelihood: 'possible',
      title: 'The provider refused, and hides the reason',
      seen: 'an answer without CORS headers',
      why: 'The provider did answer; your browser may not show it. Some servers, older Keycloak among them, send CORS headers with tokens and not with refusals.',
      fix: fixBy(
        'Open the Code tab of this message in the lens: the same request as a curl command shows the reason in a terminal.',
      ),
    },
  ]
}

/** BEAR-05, BEAR-06: a 403 whose reason could not be read may be about a role, or about the person, as well. */
function scopeMissing({ hints, protocolError, httpStatus }: OAuthErrorDetails, facts: FailureFacts): Cause {
  const isSaid = protocolError !== undefined || hints?.some(each => each.startsWith('scope:'))
  const cause = { code: 'resource_scope_missing', seen: `asked for: ${facts.config.scope}` }
  return isSaid
    ? {
        ...cause,
        likelihood: 'certain',
        title: 'The token lacks a scope',
        why: 'The API wants a permission that was not asked for or not granted.',
        fix: fixBy('Add the scope that the API names, and sign in again.'),
      }
    : {
        ...cause,
        likelihood: 'possible',
        title: 'The token may lack a scope',
        why: `The API knows who asks and said no${httpStatus === undefined ? '' : ` (${httpStatus})`}. A scope may be missing, or a role, or a right of this person. This page could not read the reason: there was no WWW-Authenticate, or CORS hides it.`,
        fix: fixBy(
          'See in the manual or the log of the API what it wants. With Access-Control-Expose-Headers: WWW-Authenticate it can tell this page.',
        ),
      }
}

/** Stuck point 28: an API or the profile refused the token. */
export function resourceCauses({ error, facts }: Failure): Cause[] {
  if (!/^(resource_|userinfo_http_error)/.test(error.code)) return []
  // Any other status is no refusal of the token.
  if (![undefined, 401, 403].includes(error.httpStatus)) return []
  if (error.code === 'resource_insufficient_scope') return [scopeMissing(error, facts)]
  const asked = facts.config.resource ?? facts.config.audience
  if (asked !== null && facts.config.profileUrl === null)
    return [
      {
        code: 'userinfo_token_for_api',
        likelihood: 'likely',
        title: 'The token is for an API, and the profile was asked of the provider',
        seen: `asked for: ${asked}`,
        why: 'A token that names an API need not be taken by the userinfo endpoint (RFC 8707 §2).',
        fix: fixBy('Give the profile address of that API, or take resource and audience out.'),
      },
    ]
  return [
    {
      code: 'resource_audience_wrong',
      likelihood: /aud/i.test(providerText(error)) ? 'likely' : 'possible',
      title: 'The token is not meant for this API',
      seen: providerText(error) || String(error.httpStatus ?? error.code),
      why: 'The ID token’s aud is your app, so an API must refuse it. An access token has the API that was asked for. This app sends the access token.',
      fix: fixBy('Name the API in resource or audience, then sign in again.'),
    },
    {
      code: 'resource_token_expired',
      likelihood: 'possible',
      title: 'The token is too old or was revoked',
      seen: providerText(error) || String(error.httpStatus ?? error.code),
      why: 'A signed-out session at the provider ends its tokens.',
      fix: fixBy('Sign in again.'),
    },
  ]
}
