import { describe, expect, it } from 'vitest'
import { answer, codeOf, findings, listening } from './answers.test-data.ts'
import {
  authorizationHeader,
  judgeProfile,
  judgeUserInfo,
  parseChallenge,
  requestProfile,
  resourceErrorCode,
} from './profile.ts'

describe('the request', () => {
  it('BEAR-01, BEAR-02, UINF-01: the token is in the header and nowhere else', async () => {
    const { fetch, sent } = listening()
    const tokens = {
      accessToken: 'the-token',
      tokenType: 'Bearer',
      refreshToken: null,
      idToken: null,
      expiresIn: null,
      scope: null,
    } as const
    await requestProfile('https://op.example/userinfo', tokens, fetch)
    expect(sent).toMatchObject([
      { url: 'https://op.example/userinfo', method: 'GET', headers: { authorization: 'Bearer the-token' } },
    ])
    expect(sent[0]?.body.toString()).toBe('')
    expect(authorizationHeader({ accessToken: 'x', tokenType: 'DPoP' })).toBe('DPoP x')
  })
})

describe('UserInfo', () => {
  it('UINF-02, UINF-05: the same person; claims may be absent', () => {
    const judgement = judgeUserInfo(answer({ sub: 'alice' }), 'alice')
    expect([judgement.value, findings(judgement.checks)]).toEqual([{ sub: 'alice' }, []])
  })

  it.each([
    ['UINF-02', 'another person', answer({ sub: 'bob' }), 'userinfo_sub_mismatch'],
    ['UINF-02', 'nearly the same', answer({ sub: 'alice ' }), 'userinfo_sub_mismatch'],
    ['UINF-03', 'nobody', answer({ name: 'Alice' }), 'userinfo_sub_missing'],
    ['UINF-03', 'a number', answer({ sub: 5 }), 'userinfo_sub_missing'],
    ['UINF-04', 'a page', answer('<html>'), 'userinfo_not_json'],
    ['UINF-04', 'a list', answer([]), 'userinfo_not_json'],
    ['UINF-04', 'a refusal', answer({ sub: 'alice' }, 401), 'userinfo_http_error'],
    ['UINF-04', 'another success', answer({ sub: 'alice' }, 201), 'userinfo_http_error'],
    [
      'UINF-04',
      'a JWT that nobody verified',
      answer({ sub: 'alice' }, 200, { 'content-type': 'Application/JWT; charset=utf-8' }),
      'userinfo_jwt_unsupported',
    ],
  ])('%s: %s', (requirement, _, response, code) => {
    const judgement = judgeUserInfo(response, 'alice')
    expect([codeOf(judgement), judgement.value]).toEqual([code, null])
    expect(findings(judgement.checks)).toEqual([`${requirement} ${code}`])
    expect(judgement.error?.httpStatus).toBe(response.status)
  })

  it('UINF-04: needs no content-type to be read', () => {
    expect(codeOf(judgeUserInfo(answer({ sub: 'alice' }, 200, {}), 'alice'))).toBe('accepted')
  })
})

describe('a challenge', () => {
  it.each([
    ['Bearer error="invalid_token"', { scheme: 'bearer', error: 'invalid_token' }],
    [
      'bEaReR realm="x", error="insufficient_scope", scope="a b"',
      { error: 'insufficient_scope', scope: 'a b' },
    ],
    ['DPoP error=use_dpop_nonce', { scheme: 'dpop', error: 'use_dpop_nonce' }],
    ['dPoP algs="ES256", error="invalid_token"', { scheme: 'dpop', error: 'invalid_token' }],
    [
      'Bearer error="insufficient_user_authentication",acr_values="gold silver",max_age="5"',
      { error: 'insufficient_user_authentication', acrValues: 'gold silver', maxAge: 5 },
    ],
    ['Bearer', { scheme: 'bearer', error: null, scope: null, acrValues: null, maxAge: null }],
    ['Bearer error_description="error=x", realm="y"', { scheme: 'bearer' }],
  ])('BEAR-04: %s', (header, challenge) => {
    expect(parseChallenge({ 'www-authenticate': header })).toMatchObject(challenge)
  })

  it('BEAR-04: one parameter is not taken for another', () => {
    expect(
      parseChallenge({ 'www-authenticate': 'Bearer error_description="x", my_scope="y"' }),
    ).toMatchObject({
      error: null,
      scope: null,
    })
  })

  it('BEAR-06: a header that CORS hides, or an empty one, is none', () => {
    expect([parseChallenge({}), parseChallenge({ 'www-authenticate': '' })]).toEqual([null, null])
  })
})

describe('what a refusal means', () => {
  const challenge = (error: string) => parseChallenge({ 'www-authenticate': `Bearer error="${error}"` })
  it.each([
    ['BEAR-04', 401, null, 'resource_unauthorized'],
    ['BEAR-04', 401, 'invalid_token', 'resource_unauthorized'],
    ['BEAR-05', 403, 'insufficient_scope', 'resource_insufficient_scope'],
    ['BEAR-06', 403, null, 'resource_insufficient_scope'],
    ['BEAR-05', 403, 'other', 'resource_request_failed'],
    ['BEAR-09', 401, 'insufficient_user_authentication', 'resource_step_up_required'],
    ['DPOP-07', 401, 'invalid_dpop_proof', 'dpop_proof_rejected'],
    ['BEAR-04', 400, 'invalid_request', 'resource_bad_request'],
    ['BEAR-04', 429, null, 'rate_limited'],
    ['BEAR-04', 500, null, 'resource_request_failed'],
    ['BEAR-04', 404, null, 'resource_request_failed'],
  ])('%s: %s %s is %s', (_, status, error, code) => {
    expect(resourceErrorCode(status, error === null ? null : challenge(error))).toBe(code)
  })
})

describe('the profile of an API', () => {
  it('UINF-02: the same person, or a body that names nobody', () => {
    expect(judgeProfile(answer({ sub: 'alice', name: 'A' }), 'alice').value).toEqual({
      sub: 'alice',
      name: 'A',
    })
    expect(judgeProfile(answer({ name: 'A' }, 299), 'alice').value).toEqual({ name: 'A' })
  })

  it.each([
    ['another person', answer({ sub: 'bob' }), 'userinfo_sub_mismatch'],
    ['null as person', answer({ sub: null }), 'userinfo_sub_mismatch'],
    ['a page', answer('<html>'), 'resource_request_failed'],
    ['a redirect', answer({}, 300), 'resource_request_failed'],
    ['a refusal', answer({}, 401), 'resource_unauthorized'],
    ['nothing readable', answer({}, 199), 'resource_request_failed'],
  ])('%s', (_, response, code) => {
    const judgement = judgeProfile(response, 'alice')
    expect([codeOf(judgement), judgement.value]).toEqual([code, null])
  })

  it('BEAR-04: the word of the API is kept', () => {
    const response = answer({}, 401, { 'www-authenticate': 'Bearer error="invalid_token"' })
    expect(judgeProfile(response, 'alice').error).toMatchObject({
      protocolError: 'invalid_token',
      httpStatus: 401,
    })
  })
})
