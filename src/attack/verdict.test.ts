import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OAuthError } from '../oauth/oauth-error.ts'
import { type Answer, ofAnswer, ofError, RunEnded, unreadable } from './verdict.ts'

const answer = (status: number, body = '', headers: Record<string, string> = {}): Answer => ({
  type: 'response',
  response: { status, headers, body },
})

describe('an answer to the attacker', () => {
  it.each([
    [answer(400, '{"error":"invalid_grant"}'), 'blocked', '400 invalid_grant'],
    [answer(401, '', { 'www-authenticate': 'Bearer error="invalid_token"' }), 'blocked', '401 invalid_token'],
    [answer(200, '{"error":"bad_verification_code"}'), 'blocked', '200 bad_verification_code'],
    [answer(200, '{"access_token":"x"}'), 'not-blocked', '200'],
    [answer(429, '{"error":"slow_down"}'), 'error', '429 slow_down'],
    [answer(503), 'unreadable', '503'],
    [answer(404), 'unreadable', '404'],
    [answer(405), 'unreadable', '405'],
    [{ type: 'unread', error: { code: 'network_or_cors_blocked' } }, 'unreadable', 'network_or_cors_blocked'],
  ] as const)('%j is %s', (given, verdict, code) => {
    expect(ofAnswer(given, 'authorization-server')).toMatchObject({
      verdict,
      code,
      by: verdict === 'blocked' ? 'authorization-server' : null,
    })
  })

  it('is never called blocked when it could not be read or the server was in trouble', () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 599 }), fc.string(), (status, body) => {
        expect(ofAnswer(answer(status, body), 'resource-server').verdict).toBe('unreadable')
      }),
    )
  })
})

describe('an error of the session', () => {
  const of = (code: string, more = {}) => ofError(new OAuthError({ code, ...more }))

  it.each([
    ['auth_response_state_unknown', 'app'],
    ['auth_response_issuer_mismatch', 'app'],
    ['id_token_nonce_mismatch', 'app'],
    ['jwks_key_not_found', 'app'],
    ['auth_response_error', 'authorization-server'],
  ])('%s is said by the %s', (code, by) => {
    expect(of(code)).toMatchObject({ verdict: 'blocked', by })
  })

  it('a refusal of the token endpoint is the server’s', () => {
    expect(of('token_response_error', { httpStatus: 400, protocolError: 'invalid_grant' })).toMatchObject({
      verdict: 'blocked',
      by: 'authorization-server',
      code: '400 invalid_grant',
    })
    expect(of('token_response_error', { httpStatus: 503 }).verdict).not.toBe('blocked')
    expect(of('token_http_error', { httpStatus: 429 }).verdict).toBe('error')
  })

  it.each(['network_unreachable', 'request_timeout', 'csp_blocked'])('%s is unreadable', code => {
    expect(of(code).verdict).toBe('unreadable')
  })

  it('a network failure under another name is unreadable too', () => {
    expect(of('refresh_network_failed', { hints: ['network_or_cors_blocked'] }).verdict).toBe('unreadable')
  })

  it('a run that ended by itself keeps its verdict, and anything else is an error', () => {
    const outcome = unreadable('no_answer', 'Nothing came.')
    expect(ofError(new RunEnded(outcome))).toBe(outcome)
    expect(ofError(new TypeError('x is not a function'))).toMatchObject({
      verdict: 'error',
      because: 'x is not a function',
    })
    expect(of('silent_interaction_required').verdict).toBe('error')
  })
})
