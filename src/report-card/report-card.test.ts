import { describe, expect, it } from 'vitest'
import { parseClientConfig } from '../oauth/client-config.ts'
import { parseKeys } from '../oauth/keys.ts'
import type { HttpResponse } from '../oauth/step.ts'
import { checks, runOrder } from './checks.ts'
import { refusalOf, safe, unsafe } from './findings.ts'
import { isSafeAddress, keysFinding } from './metadata-checks.ts'
import { createCardPerson, type Question } from './person.ts'
import { otherPaths } from './redirect-checks.ts'
import { asJson, asMarkdown, reportOf } from './report-file.ts'
import { unsigned } from './resource-checks.ts'
import { estimatedBits, personFinding } from './token-checks.ts'

const response = (status: number, body = '{}'): HttpResponse => ({ status, headers: {}, body })
const answered = (status: number, body?: string) => ({
  type: 'response' as const,
  response: response(status, body),
})
const letIn = (_: HttpResponse, seen: string) => unsafe(seen)

describe('the list', () => {
  it('has every number from 1 to 46 once', () => {
    expect(checks.map(check => check.number)).toEqual(Array.from({ length: 46 }, (_, i) => i + 1))
  })
  it('runs what ends the session last, and the sign-out after everything', () => {
    const first = runOrder.findIndex(check => check.destructive)
    expect(runOrder.slice(first).map(check => check.number)).toEqual([26, 27, 35, 37, 38])
    expect(runOrder).toHaveLength(46)
  })
  it('asks for a control wherever something is concluded from a refusal', () => {
    const without = checks.filter(check => !check.needs.includes('control')).map(check => check.number)
    expect(without).toEqual([1, 2, 3, 5])
  })
})

describe('reading an answer', () => {
  it('a refusal is safe, an accepted request is what the caller says', async () => {
    expect(await refusalOf(answered(400, '{"error":"invalid_grant"}'), letIn)).toEqual(
      safe('400 invalid_grant'),
    )
    expect((await refusalOf(answered(200), letIn)).verdict).toBe('unsafe')
  })
  it('an error with status 200 is a refusal', async () => {
    expect((await refusalOf(answered(200, '{"error":"bad_verification_code"}'), letIn)).verdict).toBe('safe')
  })
  it('an outage and an unreadable answer are never safe', async () => {
    for (const status of [404, 405, 500, 503])
      expect((await refusalOf(answered(status), letIn)).verdict, String(status)).toBe('unreadable')
    const unread = { type: 'unread' as const, error: { code: 'network_or_cors_blocked' } }
    expect((await refusalOf(unread, letIn)).verdict).toBe('unreadable')
    expect((await refusalOf(unread, letIn, async () => safe('followed up'))).seen).toBe('followed up')
  })
})

describe('keys', () => {
  const rsa = (bytes: number, more = {}) => ({
    kty: 'RSA',
    e: 'AQAB',
    n: Buffer.from([0x80, ...new Array<number>(bytes - 1).fill(1)]).toString('base64url'),
    ...more,
  })
  const of = (...keys: object[]) => keysFinding(parseKeys(keys) ?? [])
  it('2048 bits are enough, 1024 are not', () => {
    expect(of(rsa(256))).toEqual(safe('RSA 2048'))
    expect(of(rsa(256), rsa(128)).seen).toBe('RSA of 1024 bits')
  })
  it('a kid twice, a private part and an unknown curve are found', () => {
    const [a, b] = [rsa(256, { kid: 'one' }), rsa(256, { kid: 'one' })]
    expect(of(a, b)).toMatchObject({ verdict: 'unsafe', level: 'should' })
    expect(of(a, b, rsa(128)).level, 'a weak key is more than a name').toBeUndefined()
    expect(of(rsa(256, { d: 'AQ' })).verdict).toBe('unsafe')
    expect(of({ kty: 'EC', crv: 'P-192' }).verdict).toBe('unsafe')
  })
  it.each([
    ['another kty', { kty: 'EC', crv: 'P-256', kid: 'one' }],
    ['another alg', rsa(256, { kid: 'one', alg: 'PS256' })],
    ['another use', rsa(256, { kid: 'one', alg: 'RS256', use: 'enc' })],
  ])('one kid for keys of different kinds is well: %s', (_, other) => {
    expect(of(rsa(256, { kid: 'one', alg: 'RS256' }), other).verdict).toBe('safe')
  })
  it('use is sig where it is not said', () => {
    expect(of(rsa(256, { kid: 'one' }), rsa(256, { kid: 'one', use: 'sig' })).seen).toBe('kid one twice')
  })
})

describe('endpoints', () => {
  it.each([
    ['https://as.example', 'https://as.example/token', true],
    ['https://as.example', 'http://as.example/token', false],
    ['https://as.example', 'http://localhost:9000/token', false],
    ['https://as.example', 'https://localhost:8443/token', false],
    ['https://as.example', 'https://127.0.0.1/token', false],
    ['https://localhost:8443', 'https://localhost:9443/token', true],
    ['http://localhost:9000', 'http://localhost:9000/token', true],
    ['http://localhost:9000', 'no address', false],
  ])('of %s: %s is safe: %s', (at, endpoint, expected) => {
    expect(isSafeAddress(endpoint, at)).toBe(expected)
  })
})

describe('UserInfo', () => {
  const of = (body: string, type = 'application/json') =>
    personFinding({ status: 200, headers: { 'content-type': type }, body }, 'alice')
  it('speaks of the same person, of another, or does not say of whom', () => {
    expect(of('{"sub":"alice"}').verdict).toBe('safe')
    expect(of('{"sub":"bob"}')).toMatchObject({ verdict: 'unsafe', seen: 'another sub' })
    expect(of('{"name":"Alice"}')).toMatchObject({
      verdict: 'unsafe',
      note: 'UserInfo does not say whom it describes.',
    })
  })
  it('a signed answer accuses nobody', () => {
    expect(of('eyJ.eyJ.sig', 'application/jwt; charset=utf-8').verdict).toBe('not-applicable')
  })
})

describe('forged values', () => {
  it('an unsigned token keeps its claims', () => {
    const token = `${Buffer.from('{"alg":"RS256","typ":"at+jwt"}').toString('base64url')}.${Buffer.from('{"sub":"a"}').toString('base64url')}.Axyz`
    const [header = '', claims, signature] = (unsigned(token) ?? '').split('.')
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'none', typ: 'at+jwt' })
    expect([claims, signature]).toEqual([token.split('.')[1], ''])
    expect(unsigned('opaque')).toBeNull()
  })
  it('other paths differ as texts, and a browser resolves them to the page that listens', () => {
    for (const callback of [
      'https://app.example/silent-callback.html',
      'https://app.example/a/b/silent-callback.html',
    ]) {
      const others = new Set(otherPaths(callback))
      expect([others.size, others.has(callback)]).toEqual([4, false])
      expect(new Set([...others].map(other => new URL(other).href))).toEqual(new Set([callback]))
    }
  })
  it('chance is estimated from length and alphabet', () => {
    expect(estimatedBits('x'.repeat(43))).toBe(258)
    expect(estimatedBits('abc123')).toBeLessThan(128)
    expect(estimatedBits('0'.repeat(6))).toBe(20)
    expect(estimatedBits('0123456789abcdef0123456789abcdef')).toBe(128)
  })
})

describe('the person', () => {
  it('is asked one thing at a time, and the question goes away with the answer', async () => {
    const shown: (Question | null)[] = []
    const { signal } = new AbortController()
    const person = createCardPerson(
      question => shown.push(question),
      () => signal,
    )
    const going = person.announce([26, 27])
    const question = shown[0]
    expect(question).toMatchObject({ type: 'announce', numbers: [26, 27] })
    if (question?.type === 'announce') question.answer(false)
    expect(await going).toBe(false)
    expect(shown.at(-1)).toBeNull()
  })
})

describe('the report', () => {
  const config = parseClientConfig({ issuer: 'https://as.example', client_id: 'app' }, 'https://app.example')
  const at = Date.UTC(2026, 10, 24)
  const rows = new Map([[20, { finding: unsafe('200 | <b>tokens</b>', 'Not checked.'), steps: [], at }]])
  const report = reportOf(config, checks, rows, 'https://app.example', at)
  it('counts what was not run as not run, never as safe', () => {
    expect(report.summary).toMatchObject({ unsafe: 1, skipped: 45, safe: 0 })
  })
  it('is Markdown whose cells cannot be broken from outside, with what could not be seen', () => {
    const text = asMarkdown(report)
    expect(text).toContain('### 20. Compares the verifier')
    expect(text).toContain('200 \\| \\<b\\>tokens\\</b\\>')
    expect(text).toContain('## Not observable from a page, and why')
    const cells = text
      .split('\n')
      .filter(line => /^\| \d+ \|/.test(line))
      .map(line => line.split(/(?<!\\)\|/).length)
    expect(new Set(cells)).toEqual(new Set([9]))
  })
  it('says how strongly each thing is asked for, and what must be fixed first', () => {
    const found = new Map([
      [7, { finding: unsafe('a code'), steps: [], at }],
      [26, { finding: { ...unsafe('200'), level: 'should' as const }, steps: [], at }],
      [28, { finding: unsafe('200'), steps: [], at }],
    ])
    const { checks: reported } = reportOf(config, checks, found, 'https://app.example', at)
    const level = (number: number) => reported.find(each => each.number === number)?.level
    expect([7, 18, 26, 27, 28].map(level)).toEqual(['should', 'may', 'should', 'must', 'must'])
    const text = asMarkdown({ ...report, checks: reported })
    expect([...text.matchAll(/^### (\d+)/gm)].map(match => match[1])).toEqual(['28', '7', '26'])
    expect(text).toContain('RFC 6749 §4.1.3 (must)')
  })
  it('is JSON with a format and a version', () => {
    expect(JSON.parse(asJson(report))).toMatchObject({
      format: 'pkce-lens.report-card',
      version: 1,
      issuer: 'https://as.example',
    })
  })
})
