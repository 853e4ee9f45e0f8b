import { describe, expect, it } from 'vitest'
import { asOAuthError, OAuthError } from './oauth-error.ts'
import { retryRule } from './retry-rule.ts'

describe('an OAuthError', () => {
  it('carries its code as message, its details, and its cause', () => {
    const cause = new TypeError('Failed to fetch')
    const error = new OAuthError({ code: 'network_unreachable', endpoint: 'https://op.example' }, cause)
    expect(error).toMatchObject({ name: 'OAuthError', message: 'network_unreachable', cause })
    expect([error.code, error.details.endpoint]).toEqual(['network_unreachable', 'https://op.example'])
    expect('cause' in new OAuthError({ code: 'x' })).toBe(false)
  })

  it('is made of anything that was thrown', () => {
    const own = new OAuthError({ code: 'popup_blocked' })
    expect(asOAuthError(own)).toBe(own)
    const why = new Error('why')
    expect(asOAuthError(why)).toMatchObject({
      details: { code: 'unexpected', received: 'why' },
      cause: why,
    })
    expect(asOAuthError('text').details).toEqual({ code: 'unexpected', received: 'text' })
  })
})

describe('the retry rule (standards matrix 4.10)', () => {
  it.each([
    ['backoff', 'network_offline'],
    ['backoff', 'network_unreachable'],
    ['backoff', 'network_or_cors_blocked'],
    ['backoff', 'discovery_fetch_failed'],
    ['backoff', 'jwks_fetch_failed'],
    ['backoff', 'request_timeout'],
    ['backoff', 'rate_limited'],
    ['backoff', 'refresh_network_failed'],
    ['backoff', 'auth_response_server_unavailable'],
    ['once', 'resource_unauthorized'],
    ['once', 'dpop_nonce_missing'],
    ['once', 'jwks_key_not_found'],
    ['user_action', 'silent_interaction_required'],
    ['user_action', 'session_expired'],
    ['user_action', 'popup_blocked'],
    ['user_action', 'auth_response_access_denied'],
    ['user_action', 'auth_response_state_unknown'],
    ['user_action', 'resource_step_up_required'],
    ['no', 'auth_response_state_missing'],
    ['no', 'auth_response_state_mismatch'],
    ['no', 'auth_response_issuer_mismatch'],
    ['no', 'auth_response_issuer_missing'],
    ['no', 'auth_response_duplicate_parameter'],
    ['no', 'id_token_nonce_mismatch'],
    ['no', 'refresh_id_token_subject_changed'],
    ['no', 'userinfo_sub_mismatch'],
    ['no', 'silent_subject_changed'],
    ['no', 'token_type_downgraded'],
    ['no', 'discovery_issuer_mismatch'],
    ['no', 'a_code_nobody_knows'],
    ['no', 'not_popup_blocked'],
    ['no', 'not_resource_unauthorized'],
    ['no', 'resource_unauthorized_twice'],
    ['no', 'resource_request_failed'],
    ['user_action', 'resource_insufficient_scope'],
  ])('%s: %s', (rule, code) => {
    expect(retryRule(code)).toBe(rule)
  })
})
