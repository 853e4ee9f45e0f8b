import { describe, expect, test } from 'vitest'
import { checklist } from '../oauth/check.ts'
import { renewalOf } from '../oauth/id-token-renewed.ts'
import { judgeProfile, judgeUserInfo } from '../oauth/profile.ts'
import type { Step } from '../oauth/step.ts'
import { form, json } from './fixtures.test-data.ts'
import { knownIn } from './known-texts.ts'
import { jwt } from './told.test-data.ts'
import { redactTrace } from './trace-file.ts'

const told = { flow: 'f', flowType: 'sign_in', at: 1 } as const
const answered = { ...told, exchange: 'x', duration: 1, checks: [] } as const

/** What is left of the words of an error when the trace also holds `steps`. */
function left(words: string, ...steps: Step[]): string {
  const failed: Step = {
    ...told,
    kind: 'failed',
    during: 'token_response',
    error: { code: 'x', protocolDescription: words },
  }
  const entries = [...steps, failed].map((step, i) => ({
    id: `e${i}`,
    seq: i,
    tab: 't',
    step,
    redacted: false,
  }))
  const last = redactTrace({ entries, folded: [] }, () => null).entries.at(-1)?.step
  return (last?.kind === 'failed' && last.error.protocolDescription) || ''
}

const started: Step = {
  ...told,
  kind: 'flow_started',
  issuer: 'https://login.example/maya',
  clientId: 'the-maya-app',
  redirectUri: 'https://app.example/callback',
  scope: 'openid maya:read',
}
const userinfo = (claims: unknown): Step => ({
  ...answered,
  kind: 'userinfo_response',
  response: json(200, claims),
})
const asked = (hint: string): Step => ({
  ...told,
  kind: 'authorization_request',
  via: 'redirect',
  url: `https://as.example/authorize?${new URLSearchParams({ login_hint: hint })}`,
  checks: [],
})

describe('a person', () => {
  test.each([
    'User maya@example.com is unknown',
    'User+maya%40example.com+is+unknown',
    'User%20maya%40example.com%20is%20unknown',
    'https://as.example/error?user=maya%40example.com',
    'https://as.example/error?next=%2Flogin%3Fuser%3Dmaya%2540example.com',
    '{"error":"no user\\nmaya@example.com"}',
    'maya@example.com',
  ])('whom the login_hint named is hidden in %s', words => {
    expect(left(words, asked('maya@example.com'))).toBe(
      words.replace(/maya(%40|%2540|@)example\.com/, 'redacted.personal.16'),
    )
  })

  test.each([
    [
      'the ID token',
      async (): Promise<Step> => ({
        ...told,
        kind: 'id_token_checked',
        idToken: await jwt({ sub: 'auth0|maya' }),
        checks: [],
      }),
    ],
    ['UserInfo', async () => userinfo({ sub: 'auth0|maya' })],
    ['an object inside', async () => userinfo({ data: { user: { sub: 'auth0|maya' } } })],
    [
      'a token answer',
      async (): Promise<Step> => ({
        ...answered,
        kind: 'token_response',
        response: json(200, { user: { email: 'auth0|maya' } }),
      }),
    ],
    [
      'a held answer',
      async (): Promise<Step> => ({
        ...told,
        kind: 'held',
        message: { type: 'response', purpose: 'profile', response: json(200, { name: 'auth0|maya' }) },
      }),
    ],
    [
      'a logout_hint',
      async (): Promise<Step> => ({
        ...told,
        kind: 'end_session_request',
        method: 'POST',
        url: 'https://as.example/logout',
        body: form('', { logout_hint: 'auth0|maya' }).body,
      }),
    ],
  ])('whom %s names is hidden', async (_, tell) => {
    expect(left('no auth0|maya, auth0%7Cmaya', await tell())).toBe(
      'no redacted.personal.10, redacted.personal.10',
    )
  })

  // The client's own checks, since it is by their words that the person in them is found.
  const renewed = checklist()
  const was = { iss: 'i', sub: 'maya@example.com', aud: 'a', exp: 2, iat: 1 }
  renewalOf(was)(renewed, { sub: 'bob@example.com' }, 0)
  const answer = json(200, { sub: 'bob@example.com' })

  test.each([
    ['UINF-02: UserInfo', judgeUserInfo(answer, 'maya@example.com')],
    ['UINF-02: an API', judgeProfile(answer, 'maya@example.com')],
    ['RT-06', renewed],
  ])('%s: two persons who should be one are both hidden', (_, { checks }) => {
    const step: Step = { ...answered, kind: 'userinfo_response', response: json(200, {}), checks }
    expect(checks.at(-1)?.outcome).toBe('failed')
    expect(left('sub is the person: maya@example.com, not bob@example.com', step)).toBe(
      'sub is the person: redacted.personal.16, not redacted.personal.15',
    )
    const [entry] = redactTrace(
      { entries: [{ id: 'e', seq: 1, tab: 't', step, redacted: false }], folded: [] },
      () => null,
    ).entries
    expect(JSON.stringify(entry)).not.toMatch(/maya|bob/)
  })

  test('IDT-17: whose sub is so long that it was cut is hidden', () => {
    const sub = `${'maya'.repeat(80)}@example.com`
    expect(left(`a text / ${sub.slice(0, 300)}`, userinfo({ sub }))).toBe('a text / redacted.personal.300')
    const inside = 'https://login.example/maya/is/a/person'
    expect(left('iss is https://login.example/maya', started, userinfo({ sub: inside }))).toBe(
      'iss is https://login.example/maya',
    )
    expect(left('at https://login.example/', userinfo({ sub: inside }))).toBe('at https://login.example/')
  })

  test('a number that stands without quotes in JSON gets them', () => {
    const step: Step = {
      ...answered,
      kind: 'par_response',
      response: json(400, { athlete: { id: 1234567 }, x: [1234567] }),
    }
    const entries = [userinfo({ sub: '1234567' }), step].map((step, i) => ({
      id: `e${i}`,
      seq: i,
      tab: 't',
      step,
      redacted: false,
    }))
    expect(redactTrace({ entries, folded: [] }, () => null).entries[1]?.step).toMatchObject({
      response: json(400, { athlete: { id: 'redacted.personal.7' }, x: ['redacted.personal.7'] }),
    })
  })
})

describe('words that name nobody stay', () => {
  test.each([
    ['a longer word', 'mayamaya, maya1 and unmaya', { nickname: 'maya' }],
    ['a word of the protocol', 'Bearer token, openid', { name: 'Bearer', nickname: 'openid' }],
    [
      'true, a language, short words and numbers',
      'true in en-US, de and 3600',
      { name: 'true', nickname: 'en-US', sub: '3600', given_name: 'de' },
    ],
    ['a claim that names nobody', 'Europe/Berlin', { zoneinfo: 'Europe/Berlin', locale: 'english' }],
    ['a group', 'the admins', { groups: [{ name: 'admins' }] }],
    ['a host', 'https://maya.example:444/ and https%3A%2F%2Fmaya.example%2F', { nickname: 'maya' }],
    ['the issuer', 'iss is https://login.example/maya', { nickname: 'maya' }],
    ['the client', 'aud is the-maya-app', { nickname: 'maya' }],
    ['a scope', 'maya:read is missing', { nickname: 'maya' }],
  ])('%s', (_, words, claims) => {
    expect(left(words, started, userinfo(claims))).toBe(words)
  })

  test('the issuer and the client keep their names', () => {
    const entries = [started, userinfo({ sub: 'the-maya-app', nickname: 'maya' })].map((step, i) => ({
      id: `e${i}`,
      seq: i,
      tab: 't',
      step,
      redacted: false,
    }))
    expect(redactTrace({ entries, folded: [] }, () => null).entries[0]?.step).toEqual(started)
  })

  test('but a name beside a host is hidden', () => {
    expect(left('https://maya@as.example/maya', userinfo({ nickname: 'maya' }))).toBe(
      'https://redacted.personal.4@as.example/redacted.personal.4',
    )
  })
})

test('a text is known as long as one step that told it is there', () => {
  const step = asked('maya@example.com')
  const known = knownIn([step, step])
  const person = { kind: 'personal', text: 'maya@example.com' } as const
  const hide = () => known.hide('no maya@example.com', () => 'X', false)
  expect([known.remove(person), hide()]).toEqual([false, 'no X'])
  expect([known.remove(person), hide()]).toEqual([true, 'no maya@example.com'])
  expect([known.remove(person), known.add(person), hide()]).toEqual([false, true, 'no X'])
})

test('secrets that overlap are hidden together', () => {
  const known = knownIn([])
  known.add({ kind: 'code', text: 'abcdefgh' })
  known.add({ kind: 'state', text: 'efghijkl' })
  expect(known.hide('an abcdefghijkl.', (kind, text) => `<${kind} ${text}>`, true)).toBe(
    'an <secret abcdefghijkl>.',
  )
})
