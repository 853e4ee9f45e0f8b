import { describe, expect, it } from 'vitest'
import { answer, codeOf, listening, told, toldOfFailures } from './answers.test-data.ts'
import { clientConfig, issuer, serverMetadata } from './client.test-data.ts'
import { judgePar, requestPar, usesPar } from './par.ts'

describe('whether a request is pushed', () => {
  it.each<['auto' | boolean, boolean, boolean]>([
    ['auto', false, false],
    ['auto', true, true],
    [true, false, true],
    [true, true, true],
    [false, false, false],
    [false, true, false],
  ])('PAR-05: par %s, required %s: %s', (par, required, pushed) => {
    expect(usesPar({ par }, required)).toBe(pushed)
  })
})

describe('the pushed request', () => {
  it('PAR-01: a form POST with every parameter and the client, no request_uri, no secret', async () => {
    const { fetch, sent } = listening()
    const parameters = new URLSearchParams({ client_id: 'this-app', scope: 'openid', code_challenge: 'c' })
    await requestPar(serverMetadata(), clientConfig(), parameters, fetch)
    expect(sent).toMatchObject([{ url: `${issuer}/par`, method: 'POST', redirect: 'manual' }])
    expect(Object.fromEntries(sent[0]?.body ?? [])).toEqual({
      client_id: 'this-app',
      scope: 'openid',
      code_challenge: 'c',
    })
    expect(sent[0]?.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/x-www-form-urlencoded/),
    })
    expect(Object.keys(sent[0]?.headers ?? {})).not.toContain('authorization')
  })
})

describe('the answer', () => {
  it('PAR-02: is 201 with request_uri and expires_in', () => {
    const { checks, value } = judgePar(answer({ request_uri: 'urn:x', expires_in: 60 }, 201))
    expect(value).toEqual({ requestUri: 'urn:x', expiresIn: 60 })
    expect(told(checks)).toEqual([
      'PAR-06 The server took the request (RFC 9126 §2.3): 201 / 201: passed',
      'PAR-02 request_uri and expires_in came with 201 (RFC 9126 §2.2): 201, request_uri, expires_in / 201, request_uri, 60: passed',
    ])
  })

  it.each([
    ['200 instead of 201', answer({ request_uri: 'urn:x', expires_in: 60 }), 'par_response_invalid'],
    ['no request_uri', answer({ expires_in: 60 }, 201), 'par_response_invalid'],
    ['an empty request_uri', answer({ request_uri: '', expires_in: 60 }, 201), 'par_response_invalid'],
    ['no expires_in', answer({ request_uri: 'urn:x' }, 201), 'par_response_invalid'],
    ['expires_in 0', answer({ request_uri: 'urn:x', expires_in: 0 }, 201), 'par_response_invalid'],
    [
      'expires_in that is nothing of the kind',
      answer({ request_uri: 'urn:x', expires_in: { toString: 1 } }, 201),
      'par_response_invalid',
    ],
    ['no JSON', answer('<html>', 201), 'par_response_invalid'],
    ['a refusal', answer({ error: 'invalid_request' }, 400), 'par_error'],
    ['an error with 201', answer({ error: 'invalid_request' }, 201), 'par_error'],
    ['too large', answer('', 413), 'par_error'],
    ['not allowed', answer('', 405), 'par_error'],
    ['too many', answer('', 429), 'rate_limited'],
    ['a redirect', answer({ request_uri: 'urn:x', expires_in: 60 }, 300), 'par_error'],
    ['nothing readable', answer('', 199), 'par_error'],
    ['a lower success', answer({}, 299), 'par_response_invalid'],
  ])('PAR-06: %s', (_, response, code) => {
    const judgement = judgePar(response)
    expect([codeOf(judgement), judgement.value]).toEqual([code, null])
    expect(judgement.error?.httpStatus).toBe(response.status)
  })

  it('PAR-02: what is told of an answer that holds nothing', () => {
    expect(toldOfFailures(judgePar(answer({}, 201)).checks)).toEqual([
      'PAR-02 request_uri and expires_in came with 201 (RFC 9126 §2.2): 201, request_uri, expires_in / 201, nothing, nothing: failed par_response_invalid',
    ])
  })

  it('PAR-06: the words of the server are kept, when there are any', () => {
    const refused = {
      code: 'par_error',
      expected: 'The server took the request: 201',
      received: '400 invalid_request',
      clause: 'RFC 9126 §2.3',
      httpStatus: 400,
      protocolError: 'invalid_request',
    }
    const body = { error: 'invalid_request', error_description: 'no redirect_uri' }
    expect(judgePar(answer(body, 400)).error).toEqual({ ...refused, protocolDescription: 'no redirect_uri' })
    expect(judgePar(answer({ error: 'invalid_request' }, 400)).error).toEqual({
      ...refused,
      protocolDescription: '',
    })
    const silent = judgePar(answer('', 405))
    expect(silent.error).not.toHaveProperty('protocolError')
    expect(told(silent.checks)).toEqual([
      'PAR-06 The server took the request (RFC 9126 §2.3): 201 / 405: failed par_error',
    ])
  })
})
