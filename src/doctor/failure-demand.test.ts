import { describe, expect, test } from 'vitest'
import { parseClientConfig } from '../oauth/client-config.ts'
import { presetById } from '../presets/presets.ts'
import { noFacts } from './diagnosis.ts'
import { diagnose } from './last-failure.ts'

const origin = 'https://app.example'
const wire = { issuer: 'https://id.example.com/realms/lens', client_id: 'pkce-lens' }
const firstOf = (
  code: string,
  protocolError: string,
  protocolDescription: string,
  change: Record<string, unknown> = {},
) =>
  diagnose({
    error: { code, protocolError, protocolDescription },
    facts: noFacts(parseClientConfig({ ...wire, ...change }, origin), presetById('keycloak'), origin),
  })[0]

describe('what the registration of a client demands', () => {
  const pushed = 'Pushed Authorization Request must be used'

  test('PAR-05: pushed requests, which one press turns on', () => {
    const cause = firstOf('auth_response_error', 'invalid_request', pushed)
    expect(cause).toMatchObject({ code: 'par_demanded', fix: { change: { field: 'par', value: 'true' } } })
    expect(firstOf('auth_response_error', 'invalid_request', pushed, { par: true })?.code).not.toBe(
      'par_demanded',
    )
  })

  test('DPOP-15: DPoP, which one press turns on; the clock is not blamed for a proof that was not sent', () => {
    for (const [code, error] of [
      ['dpop_proof_rejected', 'invalid_dpop_proof'],
      ['token_response_error', 'invalid_request'],
    ] as const)
      expect(firstOf(code, error, 'DPoP proof is missing')).toMatchObject({
        code: 'dpop_demanded',
        fix: { change: { field: 'dpop', value: 'true' } },
      })
    expect(firstOf('dpop_proof_rejected', 'invalid_dpop_proof', 'DPoP iat', { dpop: true })?.code).not.toBe(
      'dpop_demanded',
    )
  })

  test('signed request objects, which this app does not make', () => {
    const words = 'Request Object must be used by this client'
    expect(firstOf('auth_response_error', 'invalid_request', words)?.code).toBe('request_object_demanded')
  })
})

describe('words that name the same things and demand nothing', () => {
  test.each([
    ['par_error', 'unauthorized_client', 'Client is not allowed to use pushed authorization requests'],
    ['par_request_uri_expired', 'invalid_request_uri', 'The pushed authorization request has expired'],
    ['auth_response_error', 'invalid_request', 'Pushed authorization requests are not supported'],
    ['auth_response_error', 'invalid_request_object', 'The request object has expired'],
    ['auth_response_error', 'request_not_supported', 'Request object is not supported'],
    ['resource_unauthorized', 'invalid_token', 'This API does not support DPoP'],
    ['par_error', 'invalid_client', 'client not found, or redirect_uri mismatch'],
  ])('%s %s "%s"', (code, error, words) => {
    expect(firstOf(code, error, words)?.code).not.toMatch(/_demanded$|redirect_uri_not_registered/)
  })
})

describe('what the provider does not know', () => {
  test('RES-03: an API, shown as it was asked for', () => {
    const resource = 'https://api.example/'
    expect(firstOf('auth_response_error', 'invalid_target', 'unknown', { resource })).toMatchObject({
      code: 'resource_unknown',
      seen: resource,
    })
    const auth0 = 'Service not found: https://api.example'
    expect(
      firstOf('auth_response_access_denied', 'access_denied', auth0, { audience: 'https://api.example' }),
    ).toMatchObject({ code: 'resource_unknown', seen: 'https://api.example' })
  })

  test('AREQ-03: the redirect address of a pushed request, which it may say aloud', () => {
    expect(firstOf('par_error', 'invalid_request', 'Invalid parameter: redirect_uri')).toMatchObject({
      code: 'redirect_uri_not_registered',
      seen: 'https://app.example/callback',
      fix: { copy: 'https://app.example/callback' },
    })
  })
})

describe('refusals of the authorization endpoint', () => {
  const code = 'auth_response_access_denied'
  test.each([
    ['access_denied', 'End-User aborted interaction', 'refused_by_person'],
    ['access_denied', 'User is not assigned to the client application.', 'person_not_assigned'],
    ['invalid_client', 'AADSTS650053: asked for scope User.Reed that does not exist', 'scope_refused'],
    ['invalid_client', 'unknown client', 'client_id_unknown'],
    ['unauthorized_client', 'response type not allowed', 'code_flow_off'],
  ])('%s "%s" is about %s, and never about a secret', (error, words, cause) => {
    expect(firstOf(code, error, words)?.code).toBe(cause)
  })
})

describe('a hidden frame', () => {
  test.each([
    ['login_required', 'silent_cookies_hidden'],
    ['consent_required', 'silent_question'],
    ['interaction_required', 'silent_question'],
    ['account_selection_required', 'silent_question'],
  ])('SIL-02: %s is %s', (error, cause) => {
    expect(firstOf('silent_interaction_required', error, '')?.code).toBe(cause)
  })

  test('SIL-02: where the whole tab asked, no frame is spoken of', () => {
    const facts = { ...noFacts(parseClientConfig(wire, origin), presetById('any'), origin), inFrame: false }
    const error = { code: 'silent_interaction_required', protocolError: 'login_required' }
    const [cause] = diagnose({ error, facts })
    expect(cause).toMatchObject({ code: 'silent_signed_out', fix: { signIn: true } })
    expect([cause?.title, cause?.why, cause?.fix?.text].join(' ')).not.toMatch(/frame|redirect/)
  })
})
