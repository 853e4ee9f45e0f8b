import { describe, expect, it } from 'vitest'
import { codeOf, findings, told, toldOfFailures } from './answers.test-data.ts'
import {
  authorizationErrorCode,
  callbackParameters,
  type ExpectedResponse,
  judgeAuthorizationResponse,
} from './authorization-response.ts'
import { issuer } from './client.test-data.ts'

const expected: ExpectedResponse = {
  state: 'the-state',
  issuer,
  issParameterSupported: true,
  expiresAt: 600_000,
  now: 1_000,
}
const good = { code: 'the-code', state: 'the-state', iss: issuer }

const judge = (
  parameters: Record<string, string> | string,
  more: Partial<ExpectedResponse> | null = {},
  hash = '',
) =>
  judgeAuthorizationResponse(
    `https://app.example/callback?${new URLSearchParams(parameters)}${hash}`,
    more && { ...expected, ...more },
  )

describe('a good response', () => {
  it('RESP-08: gives the code; unknown parameters are ignored', () => {
    const judgement = judge({ ...good, foo: '1', session_state: 'x' })
    expect([judgement.value, findings(judgement.checks)]).toEqual(['the-code', []])
  })

  it('RESP-04: is judged in this order', () => {
    expect(told(judge(good).checks)).toEqual([
      'RESP-09 No token is in the address (RFC 9700 §2.1.2): none / none: passed',
      'RESP-06 No parameter comes twice (RFC 6749 §3.1): each once / each once: passed',
      'RESP-02 state is there (RFC 6749 §4.1.2): state / state: passed',
      'RESP-03 state is the one that was sent (RFC 6749 §10.12): state the-state / state the-state: passed',
      'RESP-12 The sign-in is not too old (RFC 6749 §4.1.2): within 10 minutes / within 10 minutes: passed',
      `ISS-02 iss is the provider that was asked (RFC 9207 §2.4): ${issuer} / ${issuer}: passed`,
      'RESP-07 There is a code or an error, not both (RFC 6749 §4.1.2): one of them / one of them: passed',
      'RESP-05 The answer is a code, not an error (RFC 6749 §4.1.2.1): code / code: passed',
    ])
  })

  it('ISS-05: needs no iss when the provider does not promise one', () => {
    const { iss, ...without } = good
    expect(iss).toBe(issuer)
    const judgement = judge(without, { issParameterSupported: false })
    expect([codeOf(judgement), findings(judgement.checks)]).toEqual(['accepted', []])
  })

  it('ISS-04: iss that was not announced but right is noted', () => {
    const judgement = judge(good, { issParameterSupported: false })
    expect([codeOf(judgement), toldOfFailures(judgement.checks)]).toEqual([
      'accepted',
      [
        'ISS-04 iss is announced in the metadata (RFC 9207 §2.4): announced / not announced: warning auth_response_issuer_unadvertised',
      ],
    ])
  })

  it('RESP-12: is accepted up to the last millisecond', () => {
    expect(codeOf(judge(good, { now: 600_000 }))).toBe('accepted')
  })
})

describe('what is refused', () => {
  it.each([
    ['RESP-02', 'no state', { code: 'c', iss: issuer }, 'auth_response_state_missing'],
    ['RESP-02', 'an empty state', { ...good, state: '' }, 'auth_response_state_missing'],
    ['RESP-03', 'another state', { ...good, state: 'other' }, 'auth_response_state_mismatch'],
    ['ISS-01', 'no iss though promised', { code: 'c', state: 'the-state' }, 'auth_response_issuer_missing'],
    ['ISS-01', 'an empty iss though promised', { ...good, iss: '' }, 'auth_response_issuer_missing'],
    ['ISS-02', 'another iss', { ...good, iss: 'https://other.example' }, 'auth_response_issuer_mismatch'],
    ['ISS-02', 'a slash more', { ...good, iss: `${issuer}/` }, 'auth_response_issuer_mismatch'],
    ['RESP-07', 'code and error', { ...good, error: 'access_denied' }, 'auth_response_malformed'],
    ['RESP-07', 'neither', { state: 'the-state', iss: issuer }, 'auth_response_malformed'],
    ['RESP-09', 'a token in the query', { ...good, access_token: 'x' }, 'auth_response_unexpected_token'],
    ['RESP-09', 'an ID token in the query', { ...good, id_token: 'x' }, 'auth_response_unexpected_token'],
  ])('%s: %s', (_, __, parameters, code) => {
    const judgement = judge(parameters)
    expect([codeOf(judgement), judgement.value]).toEqual([code, null])
    expect(judgement.error?.issuer).toBe(issuer)
  })

  it.each(['access_token', 'id_token'])('RESP-09: %s in the fragment', name => {
    expect(codeOf(judge(good, {}, `#${name}=x`))).toBe('auth_response_unexpected_token')
  })

  it.each(['code', 'state', 'iss', 'error'])('RESP-06: %s twice, even with the same value', name => {
    const twice = `${new URLSearchParams({ ...good, error: '' })}&${name}=${Object.entries(good).find(([each]) => each === name)?.[1] ?? ''}`
    const { error } = judge(twice)
    expect(error).toMatchObject({
      code: 'auth_response_duplicate_parameter',
      received: `${name} twice`,
      issuer,
    })
  })

  it('RESP-12: too old by a millisecond', () => {
    expect(judge(good, { now: 600_001 }).error).toMatchObject({
      code: 'auth_response_transaction_expired',
      issuer,
    })
  })

  it('RESP-13: a state that this tab never sent', () => {
    expect(codeOf(judge(good, null))).toBe('auth_response_state_unknown')
  })

  it('ISS-03: another iss, promised or not', () => {
    const wrong = judge({ ...good, iss: 'https://other.example' }, { issParameterSupported: false })
    expect([codeOf(wrong), findings(wrong.checks)]).toEqual([
      'auth_response_issuer_mismatch',
      ['ISS-02 auth_response_issuer_mismatch'],
    ])
  })
})

describe('what is told of a failure', () => {
  it.each([
    [
      { ...good, id_token: 'x' },
      'RESP-09 No token is in the address (RFC 9700 §2.1.2): none / id_token: failed auth_response_unexpected_token',
    ],
    [
      { code: 'c', iss: issuer },
      'RESP-02 state is there (RFC 6749 §4.1.2): state / nothing: failed auth_response_state_missing',
    ],
    [
      { ...good, state: 'x' },
      'RESP-03 state is the one that was sent (RFC 6749 §10.12): state the-state / state x: failed auth_response_state_mismatch',
    ],
    [
      { code: 'c', state: 'the-state' },
      `ISS-01 iss is there, as the provider promised (RFC 9207 §2.4): ${issuer} / nothing: failed auth_response_issuer_missing`,
    ],
    [
      { ...good, error: 'x' },
      'RESP-07 There is a code or an error, not both (RFC 6749 §4.1.2): one of them / both: failed auth_response_malformed',
    ],
    [
      { state: 'the-state', iss: issuer },
      'RESP-07 There is a code or an error, not both (RFC 6749 §4.1.2): one of them / neither: failed auth_response_malformed',
    ],
    [
      { error: 'access_denied', state: 'the-state', iss: issuer },
      'RESP-05 The answer is a code, not an error (RFC 6749 §4.1.2.1): code / access_denied: failed auth_response_access_denied',
    ],
  ])('%j', (parameters, line) => {
    expect(toldOfFailures(judge(parameters).checks)).toEqual([line])
  })

  it('RESP-07: an error alone is one of them', () => {
    expect(told(judge({ error: 'x', state: 'the-state', iss: issuer }).checks)[6]).toBe(
      'RESP-07 There is a code or an error, not both (RFC 6749 §4.1.2): one of them / one of them: passed',
    )
  })

  it('RESP-12: how old it may be', () => {
    expect(toldOfFailures(judge(good, { now: 600_001 }).checks)).toEqual([
      'RESP-12 The sign-in is not too old (RFC 6749 §4.1.2): within 10 minutes / older: failed auth_response_transaction_expired',
    ])
  })

  it('RESP-04: nothing is judged after a state that is not known here', () => {
    expect(told(judge(good, null).checks).slice(3)).toEqual([
      'RESP-03 state belongs to a sign-in of this tab (RFC 6749 §10.12): a pending sign-in / none: failed auth_response_state_unknown',
    ])
    expect(judge({ ...good, id_token: 'x' }, null).checks).toHaveLength(3)
  })
})

describe('RESP-04: the first failure is the one that is told', () => {
  const denied = { error: 'access_denied', error_description: 'no', state: 'the-state', iss: issuer }
  it.each([
    ['duplicates before state', 'code=a&code=b', 'auth_response_duplicate_parameter'],
    ['state before issuer', { ...good, state: 'x', iss: 'y' }, 'auth_response_state_mismatch'],
    ['RESP-05, ISS-07: issuer before error', { ...denied, iss: 'y' }, 'auth_response_issuer_mismatch'],
    ['RESP-05: state before error', { ...denied, state: 'x' }, 'auth_response_state_mismatch'],
  ])('%s', (_, parameters, code) => {
    const judgement = judge(parameters)
    expect(codeOf(judgement)).toBe(code)
    expect(judgement.checks.map(each => each.requirement)).not.toContain('RESP-07')
    // Nobody may read the refusal as the word of the provider that was asked.
    expect(judgement.error?.protocolError).toBeUndefined()
    expect(judgement.error?.protocolDescription).toBeUndefined()
  })
})

describe('an error from the provider', () => {
  it.each([
    ['access_denied', 'auth_response_access_denied'],
    ['login_required', 'silent_interaction_required'],
    ['interaction_required', 'silent_interaction_required'],
    ['consent_required', 'silent_interaction_required'],
    ['account_selection_required', 'silent_interaction_required'],
    ['server_error', 'auth_response_server_unavailable'],
    ['temporarily_unavailable', 'auth_response_server_unavailable'],
    ['unmet_authentication_requirements', 'auth_response_acr_unmet'],
    ['invalid_request_uri', 'par_request_uri_expired'],
    ['invalid_scope', 'auth_response_error'],
    ['not_login_required', 'auth_response_error'],
    ['account_selection_required_soon', 'auth_response_error'],
  ])('SIL-02: %s is %s', (error, code) => {
    expect(authorizationErrorCode(error)).toBe(code)
    const judgement = judge({ error, state: 'the-state', iss: issuer })
    expect(judgement.error).toMatchObject({ code, protocolError: error, issuer })
  })

  it('RESP-15: its description is untrusted text, cut at 300 characters', () => {
    const { error } = judge({
      error: 'x'.repeat(500),
      error_description: '<img onerror=alert(1)>'.repeat(50),
      state: 'the-state',
      iss: issuer,
    })
    expect(error?.protocolDescription).toHaveLength(300)
    expect(error?.protocolError).toHaveLength(300)
  })

  it('has no description when none came', () => {
    const { error } = judge({ error: 'access_denied', state: 'the-state', iss: issuer })
    expect(Object.keys(error ?? {})).not.toContain('protocolDescription')
  })
})

describe('the parameters of a callback', () => {
  it('are read from the query and from the fragment', () => {
    const { query, fragment } = callbackParameters('https://app.example/callback?code=a#access_token=b')
    expect([[...query], [...fragment]]).toEqual([[['code', 'a']], [['access_token', 'b']]])
  })
})
