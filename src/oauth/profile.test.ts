import { describe, expect, it } from 'vitest'
import { answer, codeOf, told, toldOfFailures } from './answers.test-data.ts'
import { authorizationHeader, judgeProfile, judgeUserInfo } from './profile.ts'

it('BEAR-02, DPOP-05: the header names the scheme of the token', () => {
  expect(authorizationHeader({ accessToken: 'x', tokenType: 'Bearer' })).toBe('Bearer x')
  expect(authorizationHeader({ accessToken: 'x', tokenType: 'DPoP' })).toBe('DPoP x')
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
      'a request that it does not take',
      answer({}, 400),
      'BEAR-04 The API let us in (RFC 6750 §3.1): 200 / 400: failed resource_bad_request',
    ],
    [
      'too many requests',
      answer({}, 429),
      'BEAR-04 The API let us in (RFC 6750 §3.1): 200 / 429: failed rate_limited',
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
})
