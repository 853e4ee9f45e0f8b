import { describe, expect, it } from 'vitest'
import type { HeldMessage, HttpResponse } from '../oauth/step.ts'
import { editedBy, isWrong, noDraft, tamperedBy, valueNow, withField } from './draft.ts'
import { fieldsOf, rawOf, withFields, withRaw } from './edits.ts'

const callback: HeldMessage = { type: 'callback', url: 'https://app.example/callback?code=a&state=b' }
const leaving: HeldMessage = {
  type: 'navigation',
  purpose: 'authorization',
  method: 'GET',
  url: 'https://op.example/authorize?resource=one&resource=two',
  body: null,
}
const token: HeldMessage = {
  type: 'request',
  purpose: 'token',
  request: {
    method: 'POST',
    url: 'https://op.example/token?a=%7E',
    headers: { 'content-type': 'application/x-www-form-urlencoded', dpop: 'proof' },
    body: 'code=a%7Eb',
  },
}
const given = (status: number, body: string): HttpResponse => ({ status, headers: {}, body })
const answer: HeldMessage = {
  type: 'response',
  purpose: 'token',
  response: given(200, '{"expires_in":60,"scope":"openid"}'),
}
const edited = (message: HeldMessage, ...values: [string, string | null][]) =>
  withFields(message, new Map(values))

describe('a sign-out whose body is edited', () => {
  it('keeps its address as it is spelt', () => {
    const url = 'https://op.example/logout?tenant=a%20b'
    const goodbye: HeldMessage = {
      type: 'navigation',
      purpose: 'end_session',
      method: 'POST',
      url,
      body: 'state=a&x=1',
    }
    expect(withFields(goodbye, new Map([['form:state:0', 'b']]))).toMatchObject({ url, body: 'state=b&x=1' })
    const [query] = fieldsOf(goodbye)
    expect(withFields(goodbye, new Map([[query?.id ?? '', 'c']]))).toMatchObject({ body: 'state=a&x=1' })
  })
})

describe('a held message as parameters, and back', () => {
  it('a parameter that is there twice is two fields', () => {
    expect(fieldsOf(leaving).map(({ id, value }) => [id, value])).toEqual([
      ['query:resource:0', 'one'],
      ['query:resource:1', 'two'],
    ])
    expect(edited(leaving, ['query:resource:1', 'x'])).toMatchObject({
      url: 'https://op.example/authorize?resource=one&resource=x',
    })
  })

  it('of a request, what was not touched stays as it is spelt', () => {
    if (token.type !== 'request') throw new Error('a request')
    expect(edited(token, ['header:dpop:0', null])).toEqual({
      ...token,
      request: {
        ...token.request,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    })
    expect(edited(token, ['form:code:0', ''])).toMatchObject({
      request: { url: 'https://op.example/token?a=%7E', headers: { dpop: 'proof' }, body: 'code=' },
    })
    expect(edited(token, ['form:code:0', null])).toMatchObject({ request: { body: '' } })
  })

  it('of an answer, a number stays a number and a text a text', () => {
    const body = (name: string, value: string) =>
      rawOf(edited(answer, [`json:${name}:0`, value])).replaceAll('"', "'")
    expect(body('expires_in', '5')).toBe("{'expires_in':5,'scope':'openid'}")
    expect(body('expires_in', 'soon')).toBe("{'expires_in':'soon','scope':'openid'}")
    expect(body('scope', '5')).toBe("{'expires_in':60,'scope':'5'}")
  })

  it.each([
    ['200', 200],
    ['599', 599],
    ['199', 401],
    ['600', 401],
    ['200.5', 401],
    ['no', 401],
    ['', 401],
    ['2e2', 401],
  ])('the status %s: an answer has one from 200 to 599', (typed, status) => {
    const refused: HeldMessage = { ...answer, response: given(401, '') }
    expect(edited(refused, ['status:status:0', typed])).toMatchObject({ response: { status, body: '' } })
  })
})

it('of an answer whose status alone is changed, the body stays as it is spelt', () => {
  const body = '{ "sub": "a", "id": 12345678901234567890 }'
  const claims: HeldMessage = { ...answer, response: given(200, body) }
  expect(edited(claims, ['status:status:0', '500'])).toMatchObject({ response: { status: 500, body } })
})

describe('a held message as a whole text', () => {
  it('a callback stays at this app, and the tab leaves for a web address only', () => {
    expect(withRaw(callback, 'https://app.example/elsewhere')).toMatchObject({
      url: 'https://app.example/elsewhere',
    })
    expect(withRaw(leaving, 'https://evil.example/')).toMatchObject({ url: 'https://evil.example/' })
    expect(withRaw(callback, 'https://evil.example/callback')).toBeNull()
    expect(withRaw(leaving, 'javascript:alert(1)')).toBeNull()
    expect(withRaw(leaving, 'no address')).toBeNull()
  })
})

describe('what was changed', () => {
  it('is named, and is nothing once it is as it was', () => {
    const changed = withField(callback, noDraft, 'query:code:0', 'x')
    expect(tamperedBy(callback, changed)).toEqual(['code'])
    expect(tamperedBy(callback, withField(callback, changed, 'query:code:0', 'a'))).toEqual([])
    expect(tamperedBy(callback, { ...noDraft, raw: 'https://app.example/' })).toEqual(['raw'])
    expect(tamperedBy(callback, { ...noDraft, raw: callback.url })).toEqual([])
  })

  it('beside the whole text goes on changed, and is named', () => {
    const failed = { ...withField(answer, noDraft, 'status:status:0', '500'), raw: '{"scope":"x"}' }
    expect(editedBy(answer, failed)).toMatchObject({ response: { status: 500, body: failed.raw } })
    expect(tamperedBy(answer, failed)).toEqual(['status', 'raw'])
    const bare = { ...withField(token, noDraft, 'header:dpop:0', null), raw: 'code=b' }
    expect(editedBy(token, bare)).not.toHaveProperty('request.headers.dpop')
    expect(editedBy(token, bare)).toHaveProperty('request.body', 'code=b')
    expect(tamperedBy(token, { ...bare, raw: rawOf(token) })).toEqual(['dpop'])
  })

  it('inside the whole text is read from there', () => {
    const typed = withField(answer, noDraft, 'json:scope:0', 'x')
    const shown = (raw: string | null) =>
      fieldsOf(answer).map(each => valueNow(each, answer, { ...typed, raw }))
    expect(shown(null)).toEqual(['200', '60', 'x'])
    expect(shown('{"scope":"y"}')).toEqual(['200', null, 'y'])
    expect(tamperedBy(answer, { ...typed, raw: rawOf(answer) })).toEqual([])
  })

  it('into a status that is none is wrong, and nothing goes on', () => {
    for (const typed of ['abc', '99', '', '600']) {
      const draft = withField(answer, noDraft, 'status:status:0', typed)
      expect(editedBy(answer, draft), typed).toBeNull()
      expect(fieldsOf(answer).filter(each => isWrong(each, valueNow(each, answer, draft)))).toHaveLength(1)
    }
    expect(editedBy(answer, withField(answer, noDraft, 'status:status:0', '404'))).not.toBeNull()
  })
})
