import { describe, expect, it } from 'vitest'
import { answer, codeOf, listening, told, toldOfFailures } from './answers.test-data.ts'
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
    expect(sent).toEqual([
      {
        url: 'https://op.example/userinfo',
        method: 'GET',
        headers: { accept: 'application/json', authorization: 'Bearer the-token' },
        body: new URLSearchParams(),
      },
    ])
    expect(authorizationHeader({ accessToken: 'x', tokenType: 'DPoP' })).toBe('DPoP x')
  })
})

const core = 'OpenID Connect Core 1.0 §5.3.2'
const person = `sub is the person of the ID token (${core})`

describe('UserInfo', () => {
  it('UINF-02, UINF-05: the same person; claims may be absent', () => {
    const judgement = judgeUserInfo(answer({ sub: 'alice' }), 'alice')
    expect(judgement.value).toEqual({ sub: 'alice' })
    expect(told(judgement.checks)).toEqual([
      `UINF-04 HTTP status (${core}): 200 / 200: passed`,
      `UINF-04 The answer is plain JSON (${core}): application/json / JSON: passed`,
      `UINF-04 The answer is a JSON object (${core}): JSON / JSON: passed`,
      `UINF-02 ${person}: alice / alice: passed`,
    ])
  })

  it.each([
    [
      'UINF-02',
      'another person',
      answer({ sub: 'bob' }),
      `${person}: alice / bob: failed userinfo_sub_mismatch`,
    ],
    [
      'UINF-02',
      'nearly the same',
      answer({ sub: 'alice ' }),
      `${person}: alice / alice : failed userinfo_sub_mismatch`,
    ],
    [
      'UINF-03',
      'nobody',
      answer({ name: 'Alice' }),
      `${person}: alice / nothing: failed userinfo_sub_missing`,
    ],
    ['UINF-03', 'a number', answer({ sub: 5 }), `${person}: alice / 5: failed userinfo_sub_missing`],
    [
      'UINF-04',
      'a page',
      answer(`<html>${'x'.repeat(99)}`),
      `The answer is a JSON object (${core}): JSON / something else: failed userinfo_not_json`,
    ],
    [
      'UINF-04',
      'a list',
      answer([]),
      `The answer is a JSON object (${core}): JSON / something else: failed userinfo_not_json`,
    ],
    [
      'UINF-04',
      'a refusal',
      answer({ sub: 'alice' }, 401),
      `HTTP status (${core}): 200 / 401: failed userinfo_http_error`,
    ],
    [
      'UINF-04',
      'another success',
      answer({ sub: 'alice' }, 201),
      `HTTP status (${core}): 200 / 201: failed userinfo_http_error`,
    ],
    [
      'UINF-04',
      'a JWT that nobody verified',
      answer({ sub: 'alice' }, 200, { 'content-type': 'Application/JWT; charset=utf-8' }),
      `The answer is plain JSON (${core}): application/json / application/jwt: failed userinfo_jwt_unsupported`,
    ],
  ])('%s: %s', (requirement, _, response, line) => {
    const { checks, error, value } = judgeUserInfo(response, 'alice')
    expect([toldOfFailures(checks), value]).toEqual([[`${requirement} ${line}`], null])
    // A refusal is the end: what it says about a person is not looked at.
    expect(checks.at(-1)?.outcome).toBe('failed')
    expect(error?.httpStatus).toBe(response.status)
  })

  it('UINF-04: needs no content-type to be read', () => {
    expect(codeOf(judgeUserInfo(answer({ sub: 'alice' }, 200, {}), 'alice'))).toBe('accepted')
  })
})

it.each(['<user><name>Maya Okafor</name></user>', '{"sub":"alice","name":"Maya Okafor"'])(
  'UINF-04, BEAR-04: an answer that cannot be read is about a person all the same, and is not told: %s',
  body => {
    const response = { status: 200, headers: {}, body }
    for (const judgement of [judgeUserInfo(response, 'alice'), judgeProfile(response, 'alice')]) {
      expect(judgement.error?.received).toBe('something else')
      expect(JSON.stringify(judgement)).not.toContain('Maya')
    }
  },
)

describe('a challenge', () => {
  it.each([
    ['Bearer error="invalid_token"', { scheme: 'bearer', error: 'invalid_token' }],
    ['  X-Bearer  error="invalid_token"', { scheme: 'x-bearer', error: 'invalid_token' }],
    [
      'bEaReR realm="x", eRRoR="insufficient_scope", scope="a b"',
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
    expect(parseChallenge({})).toBeNull()
    for (const header of ['', '="x" Bearer'])
      expect(parseChallenge({ 'www-authenticate': header })).toBeNull()
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
    const same = judgeProfile(answer({ sub: 'alice', name: 'A' }), 'alice')
    expect(same.value).toEqual({ sub: 'alice', name: 'A' })
    expect(told(same.checks)).toEqual([
      'BEAR-04 The API let us in (RFC 6750 §3.1): 200 / 200: passed',
      `BEAR-04 The answer is a JSON object (${core}): JSON / JSON: passed`,
      `UINF-02 ${person}: alice / alice: passed`,
    ])
    const nobody = judgeProfile(answer({ name: 'A' }, 299), 'alice')
    expect([nobody.value, nobody.checks.length]).toEqual([{ name: 'A' }, 2])
  })

  it.each([
    [
      'another person',
      answer({ sub: 'bob' }),
      `UINF-02 ${person}: alice / bob: failed userinfo_sub_mismatch`,
    ],
    [
      'null as person',
      answer({ sub: null }),
      `UINF-02 ${person}: alice / null: failed userinfo_sub_mismatch`,
    ],
    [
      'a page',
      answer('<html>'),
      `BEAR-04 The answer is a JSON object (${core}): JSON / something else: failed resource_request_failed`,
    ],
    [
      'a redirect',
      answer({}, 300),
      'BEAR-04 The API let us in (RFC 6750 §3.1): 200 / 300: failed resource_request_failed',
    ],
    [
      'a refusal',
      answer({}, 401),
      'BEAR-04 The API let us in (RFC 6750 §3.1): 200 / 401: failed resource_unauthorized',
    ],
    [
      'nothing readable',
      answer({}, 199),
      'BEAR-04 The API let us in (RFC 6750 §3.1): 200 / 199: failed resource_request_failed',
    ],
  ])('%s', (_, response, line) => {
    const { checks, error, value } = judgeProfile(response, 'alice')
    expect([toldOfFailures(checks), value]).toEqual([[line], null])
    expect(error?.httpStatus).toBe(response.status)
  })

  it('BEAR-04: the word of the API is kept, when there is one', () => {
    const refused = {
      code: 'resource_unauthorized',
      expected: 'The API let us in: 200',
      received: '401',
      clause: 'RFC 6750 §3.1',
      httpStatus: 401,
    }
    const response = answer({}, 401, { 'www-authenticate': 'Bearer error="invalid_token"' })
    expect(judgeProfile(response, 'alice').error).toEqual({ ...refused, protocolError: 'invalid_token' })
    const silent = answer({}, 401, { 'www-authenticate': 'Bearer' })
    expect(Object.entries(judgeProfile(silent, 'alice').error ?? {})).toEqual(Object.entries(refused))
  })
})
