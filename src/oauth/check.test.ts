import { describe, expect, it } from 'vitest'
import { checklist, excerpt, isObject, jsonObject, secondsOf, textOf, textsOf } from './check.ts'

const add = (list: ReturnType<typeof checklist>, ok: boolean, code: string) =>
  list.add('IDT-14', 'nonce', 'Core', 'a', 'b', ok, code)

describe('a checklist', () => {
  it('notes every comparison; the first failure is the error', () => {
    const list = checklist()
    expect([add(list, true, 'x'), add(list, false, 'first'), add(list, false, 'second')]).toEqual([
      true,
      false,
      false,
    ])
    expect(list.checks.map(each => each.outcome)).toEqual(['passed', 'failed', 'failed'])
    expect(list.checks.map(each => each.code)).toEqual([undefined, 'first', 'second'])
    expect(list.checks[0]).not.toHaveProperty('code')
    expect(list.done('value')).toMatchObject({ value: null, error: { code: 'first' } })
  })

  it('gives the value when nothing failed, warnings or not', () => {
    const list = checklist()
    list.warn('ISS-04', 'iss', 'RFC 9207', 'a', 'b', 'note')
    expect(list.done('value')).toEqual({
      value: 'value',
      error: null,
      checks: [
        {
          requirement: 'ISS-04',
          name: 'iss',
          clause: 'RFC 9207',
          expected: 'a',
          received: 'b',
          outcome: 'warning',
          code: 'note',
        },
      ],
    })
  })

  it('RESP-03: a one-time value is in the check for the lens, and never in the error', () => {
    const list = checklist()
    const [sent, came] = ['secret-that-was-sent', 'secret-that-came']
    list.add(
      'RESP-03',
      'state',
      'RFC 6749',
      { value: 'state', text: sent },
      { value: 'state', text: came },
      false,
      'auth_response_state_mismatch',
    )
    expect(list.checks).toEqual([
      {
        requirement: 'RESP-03',
        name: 'state',
        clause: 'RFC 6749',
        expected: { value: 'state', text: sent },
        received: { value: 'state', text: came },
        outcome: 'failed',
        code: 'auth_response_state_mismatch',
      },
    ])
    expect(list.error).toEqual({
      code: 'auth_response_state_mismatch',
      expected: 'state: the state that was kept',
      received: 'another state',
      clause: 'RFC 6749',
    })
  })

  it('details of the caller are in the error', () => {
    const list = checklist()
    list.add('META-05', 'status', 'x', '200', '404', false, 'discovery_http_error', { httpStatus: 404 })
    expect(list.error).toEqual({
      code: 'discovery_http_error',
      expected: 'status: 200',
      received: '404',
      clause: 'x',
      httpStatus: 404,
    })
  })
})

it('a list without a failure and without a value is a fault of its own, never a value', () => {
  expect(checklist().done(null)).toEqual({ checks: [], error: { code: 'unexpected' }, value: null })
})

describe('reading what came from outside', () => {
  it('takes objects only', () => {
    expect(jsonObject('{"a":1}')).toEqual({ a: 1 })
    for (const text of ['[]', 'null', '1', '"a"', '', '<html>']) expect(jsonObject(text)).toBeNull()
    const nested = (depth: number) => jsonObject(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)
    expect(excerpt(nested(500)?.['a'])).toHaveLength(300)
    // Nothing could walk through it: not what shows it, and not what writes it down.
    expect(nested(100_000)).toBeNull()
    expect([isObject([]), isObject(null), isObject('a'), isObject({})]).toEqual([false, false, false, true])
  })

  it('takes texts only', () => {
    expect([textOf('a'), textOf(1), textOf(undefined)]).toEqual(['a', undefined, undefined])
    expect([textsOf(['a', 1, 'b']), textsOf('a')]).toEqual([['a', 'b'], undefined])
  })

  it('takes seconds as a number or a text', () => {
    expect([secondsOf(60), secondsOf('60')]).toEqual([60, 60])
    for (const odd of [undefined, null, true, ['60'], 'soon', { toString: 1 }])
      expect(secondsOf(odd)).toBeNaN()
  })

  it('RESP-15: cuts what it quotes', () => {
    expect(excerpt('a'.repeat(400))).toHaveLength(300)
    expect(excerpt({ a: 'b'.repeat(400) })).toHaveLength(300)
    expect([excerpt(undefined), excerpt(['a']), excerpt(7)]).toEqual(['nothing', '["a"]', '7'])
  })
})
