import { describe, expect, it } from 'vitest'
import { answer, codeOf, findings, listening, told, toldOfFailures } from './answers.test-data.ts'
import { clientConfig, issuer, serverMetadata } from './client.test-data.ts'
import { type ExpectedTokens, judgeTokenResponse, requestRefresh, requestToken } from './token.ts'

const code = 'the-code'
const codeVerifier = 'v'.repeat(43)

describe('the token request', () => {
  it('TOK-01, TOK-02, AREQ-02: a form POST with these five, no secret, nothing in the query', async () => {
    const wire = listening()
    await requestToken(serverMetadata(), clientConfig(), code, codeVerifier, wire.fetch)
    expect(wire.sent).toEqual([
      {
        url: `${issuer}/token`,
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
        },
        redirect: 'manual',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code,
          redirect_uri: 'https://app.example/callback',
          code_verifier: codeVerifier,
          client_id: 'this-app',
        }),
      },
    ])
  })

  it('RES-02: names the resource again', async () => {
    const wire = listening()
    const config = clientConfig({ resource: 'https://api.example/' })
    await requestToken(serverMetadata(), config, code, codeVerifier, wire.fetch)
    await requestRefresh(serverMetadata(), config, 'rt', wire.fetch)
    expect(wire.sent.map(each => each.body.get('resource'))).toEqual([
      'https://api.example/',
      'https://api.example/',
    ])
  })

  it('TOK-03: goes to the endpoint that was kept, http on loopback included', async () => {
    const wire = listening()
    const local = serverMetadata({
      issuer: 'http://localhost:9000',
      token_endpoint: 'http://localhost:9000/t',
    })
    await requestToken(local, clientConfig(), code, codeVerifier, wire.fetch)
    expect(wire.sent[0]?.url).toBe('http://localhost:9000/t')
  })

  it('RT-01: a refresh sends these three and no scope', async () => {
    const wire = listening()
    await requestRefresh(serverMetadata(), clientConfig(), 'the-refresh-token', wire.fetch)
    expect(Object.fromEntries(wire.sent[0]?.body ?? [])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'the-refresh-token',
      client_id: 'this-app',
    })
  })
})

const expected: ExpectedTokens = { issuer, scope: 'openid profile', dpop: false, idTokenRequired: true }
const good = {
  access_token: 'at',
  token_type: 'Bearer',
  expires_in: 60,
  refresh_token: 'rt',
  id_token: 'a.b.c',
  scope: 'openid profile',
}
const judge = (more: Record<string, unknown> = {}, other: Partial<ExpectedTokens> = {}) =>
  judgeTokenResponse(answer({ ...good, ...more }), { ...expected, ...other })

describe('the token response', () => {
  it('TOK-05, TOK-08: gives the tokens; unknown members are ignored', () => {
    const judgement = judge({ foo: 'bar' })
    expect([judgement.value, findings(judgement.checks)]).toEqual([
      {
        accessToken: 'at',
        tokenType: 'Bearer',
        refreshToken: 'rt',
        idToken: 'a.b.c',
        expiresIn: 60,
        scope: 'openid profile',
      },
      [],
    ])
  })

  it('TOK-05, TOK-09, TOK-10: what is judged', () => {
    expect(told(judge().checks)).toEqual([
      'TOK-09 The server agreed (RFC 6749 §5.2): 200 / 200: passed',
      'TOK-05 access_token is there (RFC 6749 §5.1): access_token / access_token: passed',
      'TOK-05 token_type (RFC 6749 §7.1): Bearer / Bearer: passed',
      'TOK-10 id_token is there, because openid was asked (OpenID Connect Core 1.0 §3.1.3.3): id_token / id_token: passed',
    ])
  })

  it('RT-07: a refresh may answer without ID token, and nothing is said of it', () => {
    expect(told(judge({ id_token: undefined }, { idTokenRequired: false }).checks)).toHaveLength(3)
  })

  it.each(['bEaReR', 'bearer', 'BEARER'])('TOK-05: token_type %s is Bearer', token_type => {
    expect(judge({ token_type }).value?.tokenType).toBe('Bearer')
  })

  it.each(['mac', '', undefined, ['Bearer'], 'Bearer ', 'DPoP'])(
    'TOK-05: token_type %j is not',
    token_type => {
      expect(codeOf(judge({ token_type }))).toBe('token_response_unsupported_token_type')
    },
  )

  it('DPOP-05: DPoP was asked: DPoP is taken, Bearer is a downgrade', () => {
    expect(judge({ token_type: 'dpop' }, { dpop: true }).value?.tokenType).toBe('DPoP')
    const downgraded = judge({}, { dpop: true })
    expect([codeOf(downgraded), downgraded.value]).toEqual(['token_type_downgraded', null])
    expect(codeOf(judge({ token_type: 'mac' }, { dpop: true }))).toBe('token_response_unsupported_token_type')
  })

  it.each([undefined, '', 5, null])('TOK-05: access_token %j', access_token => {
    expect(codeOf(judge({ access_token }))).toBe('token_response_missing_access_token')
  })

  it.each([undefined, '', {}, null])('TOK-10: id_token %j', id_token => {
    expect(codeOf(judge({ id_token }))).toBe('token_response_missing_id_token')
    expect(judge({ id_token }, { idTokenRequired: false }).value?.idToken).toBeNull()
  })

  it.each([
    [60, 60],
    ['60', 60],
    [0.5, 0.5],
    [0, null],
    [-1, null],
    ['soon', null],
    ['', null],
    [true, null],
    [[60], null],
    ['1e999', null],
    [undefined, null],
  ])('TOK-06: expires_in %j is %s', (expires_in, seconds) => {
    expect(judge({ expires_in }).value?.expiresIn).toBe(seconds)
  })

  it('TOK-07: no scope means what was asked; fewer are noted', () => {
    const silent = judge({ scope: undefined })
    expect([silent.value?.scope, findings(silent.checks)]).toEqual([null, []])
    const fewer = judge({ scope: 'openid' })
    expect([fewer.value?.scope, toldOfFailures(fewer.checks)]).toEqual([
      'openid',
      [
        'TOK-07 All scopes were granted (RFC 6749 §3.3): openid profile / openid: warning token_scope_reduced',
      ],
    ])
    expect(findings(judge({ scope: 'profile openid more' }).checks)).toEqual([])
    expect(findings(judge({ scope: 'openid profiles' }).checks)).toEqual(['TOK-07 token_scope_reduced'])
  })

  it('RT-03: no refresh token is said as null', () => {
    for (const refresh_token of [undefined, '', 5])
      expect(judge({ refresh_token }).value?.refreshToken).toBeNull()
  })
})

describe('what is refused', () => {
  it.each([
    ['a page with 502', answer('<html>', 502), 'token_response_not_json'],
    ['a page with 500', answer('<html>', 500), 'token_response_not_json'],
    ['a page with 404', answer('<html>', 404), 'token_response_not_json'],
    ['a page with 403', answer('<html>', 403), 'token_http_error'],
    ['a page with 200', answer('<html>'), 'token_response_not_json'],
    ['a list with 200', answer([]), 'token_response_not_json'],
    ['500 with an object', answer({}, 500), 'token_http_error'],
    ['201', answer(good, 201), 'token_http_error'],
    ['invalid_grant', answer({ error: 'invalid_grant' }, 400), 'token_response_error'],
    ['invalid_client', answer({ error: 'invalid_client' }, 401), 'token_response_error'],
    ['an error with 200', answer({ ...good, error: 'bad_code' }), 'token_response_error'],
    ['an empty error', answer({ ...good, error: '' }), 'token_response_error'],
    ['too many', answer('', 429), 'rate_limited'],
    ['too many, with an error', answer({ error: 'slow_down' }, 429), 'rate_limited'],
    ['a rejected proof', answer({ error: 'invalid_dpop_proof' }, 400), 'dpop_proof_rejected'],
    // Who asked with a proof is told by the wire whether a nonce was tried (DPOP-06, DPOP-09).
    ['a nonce that nobody knows of', answer({ error: 'use_dpop_nonce' }, 400), 'token_response_error'],
  ])('TOK-09: %s', (_, response, code) => {
    const judgement = judgeTokenResponse(response, expected)
    expect([codeOf(judgement), judgement.value]).toEqual([code, null])
    expect(judgement.error).toMatchObject({ issuer, httpStatus: response.status })
  })

  it.each([
    [answer({}, 502), 'TOK-09 The server agreed (RFC 6749 §5.2): 200 / 502: failed token_http_error'],
    [
      answer({ error: 'invalid_grant' }, 400),
      'TOK-09 The server agreed (RFC 6749 §5.2): 200 / 400 invalid_grant: failed token_response_error',
    ],
    [
      answer(`<html>${'x'.repeat(100)}`),
      'TOK-09 The answer is a JSON object (RFC 6749 §5.1): JSON / HTML or XML: failed token_response_not_json',
    ],
    [
      answer({ ...good, access_token: '' }),
      'TOK-05 access_token is there (RFC 6749 §5.1): access_token / nothing: failed token_response_missing_access_token',
    ],
    [
      answer({ ...good, token_type: 'mac' }),
      'TOK-05 token_type (RFC 6749 §7.1): Bearer / mac: failed token_response_unsupported_token_type',
    ],
    [
      answer({ ...good, id_token: '' }),
      'TOK-10 id_token is there, because openid was asked (OpenID Connect Core 1.0 §3.1.3.3): id_token / nothing: failed token_response_missing_id_token',
    ],
  ])('what is told of %j', (response, line) => {
    const { checks, error } = judgeTokenResponse(response, expected)
    expect(toldOfFailures(checks)).toEqual([line])
    expect(error).toMatchObject({ issuer, httpStatus: response.status })
  })

  it.each([
    'access_token=gho_16C7e42F292c6912E7&scope=repo&token_type=bearer',
    '\n<b>Notice</b>: x in /srv/token.php\n{"access_token":"gho_16C7e42F292c6912E7"}',
    '["gho_16C7e42F292c6912E7"]',
  ])('TOK-09, TOK-13: an answer that cannot be read may hold tokens, and is not told: %s', body => {
    const { checks, error } = judgeTokenResponse({ status: 200, headers: {}, body }, expected)
    expect(error?.received).toBe(body.includes('<') ? 'HTML or XML' : 'something else')
    expect(JSON.stringify([checks, error])).not.toContain('gho_')
  })

  it('DPOP-05: what is told of a downgrade', () => {
    expect(toldOfFailures(judge({}, { dpop: true }).checks)).toEqual([
      'DPOP-05 token_type (RFC 9449 §5): DPoP / Bearer: failed token_type_downgraded',
    ])
  })

  it('TOK-09: the words of the server and its patience are kept', () => {
    const body = { error: 'temporarily_unavailable', error_description: 'x'.repeat(500) }
    expect(judgeTokenResponse(answer(body, 503, { 'retry-after': '7' }), expected).error).toEqual({
      code: 'token_response_error',
      expected: 'The server agreed: 200',
      received: '503 temporarily_unavailable',
      clause: 'RFC 6749 §5.2',
      issuer,
      httpStatus: 503,
      retryAfter: 7,
      protocolError: 'temporarily_unavailable',
      protocolDescription: 'x'.repeat(300),
    })
  })

  it('TOK-09: a server that gives no reason has none', () => {
    const { error } = judgeTokenResponse(answer({ error: 'invalid_grant' }, 400), expected)
    expect(error?.protocolDescription).toBe('')
    expect(Object.keys(judgeTokenResponse(answer({}, 400), expected).error ?? {})).not.toContain(
      'protocolError',
    )
  })

  it.each(['Wed, 21 Oct 2026 07:28:00 GMT', '', '0', 'soon', '-1'])(
    'Retry-After %j says no seconds, alone as it is',
    text => {
      const { error } = judgeTokenResponse(answer({}, 503, { 'retry-after': text }), expected)
      expect(Object.keys(error ?? {})).not.toContain('retryAfter')
    },
  )

  it.each([
    ['Wed, 21 Oct 2026 07:28:00 GMT', 20],
    ['Wed, 21 Oct 2026 07:27:40 GMT', undefined],
    ['Wed, 21 Oct 2026 07:27:00 GMT', undefined],
    ['7', 7],
  ])('Retry-After %j is read beside the clock of the server', (text, seconds) => {
    const headers = { 'retry-after': text, date: 'Wed, 21 Oct 2026 07:27:40 GMT' }
    expect(judgeTokenResponse(answer({}, 503, headers), expected).error?.retryAfter).toBe(seconds)
  })

  it('TOK-07: a hundred thousand scopes are compared in one pass', () => {
    const scope = Array.from({ length: 100_000 }, (_, i) => `scope-${i}`).join(' ')
    const { checks } = judge({ scope }, { scope })
    expect(checks.some(check => check.code === 'token_scope_reduced')).toBe(false)
  })

  it('TOK-13: no check and no error holds a token', () => {
    const secret = { access_token: 'secret-at', refresh_token: 'secret-rt', id_token: 'secret-it' }
    for (const more of [secret, { ...secret, token_type: 'mac' }, { ...secret, scope: '' }])
      expect(JSON.stringify([judge(more).checks, judge(more).error])).not.toMatch(/secret/)
  })
})
