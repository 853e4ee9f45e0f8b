import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HttpRequest, Step } from '../oauth/step.ts'
import {
  failurePlaces,
  form,
  get,
  held,
  json,
  person,
  refresh,
  signIn,
  signOut,
  silentWithoutSession,
  use,
} from './fixtures.test-data.ts'
import { createKnownTexts, knownIn } from './known-texts.ts'
import { parseRedacted, redactStep, secretsIn } from './redact.ts'

const sha = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)
const told = { flow: 'flow-1', flowType: 'sign_in', at: 1 } as const
const sent = { ...told, exchange: 'x' } as const
const answered = { ...sent, duration: 1, checks: [] } as const

function knowing(text: string, kind: 'code' | 'personal' = 'code') {
  const known = createKnownTexts()
  known.add({ kind, text })
  return known
}

describe('secretsIn', () => {
  test('finds every value of a sign-in where it stands', async () => {
    const { steps, values: v } = await signIn({ usePar: true, useDpop: true, userinfo: true })
    const found = (kind: Step['kind']) =>
      steps
        .filter(step => step.kind === kind)
        .flatMap(step => secretsIn(step).map(({ value, text }) => `${value} ${text}`))
    expect(found('pkce_created')).toEqual([`code_verifier ${v.verifier}`, `code_challenge ${v.challenge}`])
    expect(found('transaction_created')).toEqual([`state ${v.state}`, `nonce ${v.nonce}`])
    expect(found('par_request')).toEqual([
      `state ${v.state}`,
      `nonce ${v.nonce}`,
      `code_challenge ${v.challenge}`,
    ])
    expect(found('authorization_request')).toEqual([])
    expect(found('authorization_response')).toEqual([`code ${v.code}`, `state ${v.state}`])
    expect(found('authorization_response_checked')).toEqual([`state ${v.state}`, `state ${v.state}`])
    expect(found('token_request')).toEqual([`code ${v.code}`, `code_verifier ${v.verifier}`])
    expect(found('token_response')).toEqual([
      `access_token ${v.accessToken}`,
      `refresh_token ${v.refreshToken}`,
      `id_token ${v.idToken}`,
    ])
    expect(found('id_token_checked')).toEqual([
      `id_token ${v.idToken}`,
      `nonce ${v.nonce}`,
      `nonce ${v.nonce}`,
    ])
    expect(found('userinfo_request')).toEqual([`access_token ${v.accessToken}`])
    expect(found('profile_request')).toEqual([`access_token ${v.accessToken}`])
    expect(found('profile_response')).toEqual([])
  })

  test('finds the tokens of a renewal and of a sign-out, and what a held message carries', async () => {
    const renewed = await refresh('f', 'the-spent-refresh-token')
    expect(renewed.steps.flatMap(secretsIn).map(({ value }) => value)).toEqual([
      'refresh_token',
      'access_token',
      'refresh_token',
    ])
    const out = signOut('f', { refreshToken: 'refresh-token-1', idToken: 'id-token-1' })
    expect(
      out
        .flatMap(secretsIn)
        .map(({ value, text }) => `${value} ${text}`)
        .slice(0, 2),
    ).toEqual(['refresh_token refresh-token-1', 'id_token id-token-1'])
    const paused = await held()
    expect(secretsIn(paused.steps.at(-1) ?? paused.steps[0] ?? never()).map(({ value }) => value)).toEqual([
      'code',
      'code_verifier',
    ])
  })

  test('a revoked access token is an access token', () => {
    const request = form('https://as.example/revoke', {
      token: 'abc',
      token_type_hint: 'access_token',
      client_id: 'c',
    })
    expect(secretsIn({ ...sent, kind: 'revocation_request', request })).toEqual([
      { value: 'access_token', text: 'abc' },
    ])
  })

  test('an API may call its own parameters code and state', () => {
    const request = get('https://api.example/places?code=DE&state=BY&access_token=secret-token')
    expect(secretsIn({ ...sent, kind: 'api_request', request })).toEqual([
      { value: 'access_token', text: 'secret-token' },
    ])
    const response = json(200, { code: 'DE', state: 'BY' })
    expect(secretsIn({ ...answered, kind: 'api_response', response })).toEqual([])
  })

  test('values are read as the parameter says them: percent signs, plus signs, escapes', () => {
    const url = 'https://app.example/callback?code=a%2Fb+c%zz&state=%E2%82%AC'
    expect(secretsIn({ ...told, kind: 'authorization_response', via: 'redirect', url })).toEqual([
      { value: 'code', text: 'a%2Fb+c%zz' },
      { value: 'state', text: '€' },
    ])
    const response = { status: 200, headers: {}, body: '{"access\\u005ftoken":"a\\"b\\/c"}' }
    expect(secretsIn({ ...answered, kind: 'token_response', response })).toEqual([
      { value: 'access_token', text: 'a"b/c' },
    ])
  })
})

describe('redactStep', () => {
  test('puts length and hash in the same place; the challenge stays', async () => {
    const { steps, values: v } = await signIn()
    const redacted = steps.map(step => redactStep(step, sha))
    const url = redacted.find(step => step.kind === 'authorization_request')?.url ?? ''
    const parameters = new URL(url).searchParams
    expect(parameters.get('code_challenge')).toBe(v.challenge)
    expect(parameters.get('client_id')).toBe('pkce-lens')
    expect(parseRedacted(parameters.get('state') ?? '')).toEqual({
      value: 'state',
      length: v.state.length,
      fingerprint: sha(v.state),
    })
    const answer = redacted.find(step => step.kind === 'token_response')
    expect(answer?.kind === 'token_response' && JSON.parse(answer.response.body)).toMatchObject({
      access_token: `redacted.access_token.${v.accessToken.length}.${sha(v.accessToken)}`,
      token_type: 'Bearer',
      expires_in: 300,
    })
    expect(redacted.flatMap(secretsIn)).toHaveLength(steps.flatMap(secretsIn).length)
  })

  test('once redacted it stays as it is', async () => {
    const { steps } = await signIn({ useDpop: true, userinfo: true })
    const once = steps.map(step => redactStep(step, sha))
    expect(once.map(step => redactStep(step, () => null))).toEqual(once)
  })

  test('without a hash the length stays', () => {
    const step: Step = {
      ...told,
      kind: 'transaction_created',
      state: 'abcdefgh',
      nonce: 'n',
      returnTo: '/',
      expiresAt: 2,
    }
    const redacted = redactStep(step, () => null)
    expect(redacted).toMatchObject({ state: 'redacted.state.8.', nonce: 'redacted.nonce.1.' })
    expect(parseRedacted('redacted.state.8.')).toEqual({ value: 'state', length: 8, fingerprint: null })
  })

  test('what a profile says of a person leaves no hash that could be guessed', () => {
    const response = json(200, { ...person, address: { country: 'DE' }, age: 41, verified: true, none: null })
    const step: Step = { ...answered, kind: 'profile_response', response }
    const redacted = redactStep(step, sha)
    expect(redacted.kind === 'profile_response' && JSON.parse(redacted.response.body)).toEqual({
      sub: `redacted.personal.${person.sub.length}`,
      name: `redacted.personal.${person.name.length}`,
      email: `redacted.personal.${person.email.length}`,
      phone_number: `redacted.personal.${person.phone_number.length}`,
      address: { country: 'redacted.personal.2' },
      age: 'redacted.personal.2',
      verified: true,
      none: null,
    })
  })

  test('a value that stands a second time under another name is hidden there too', () => {
    const url = 'https://app.example/callback?code=abcdefgh12345678&ticket=abcdefgh12345678'
    expect(
      redactStep({ ...told, kind: 'authorization_response', via: 'redirect', url }, () => null),
    ).toMatchObject({
      url: 'https://app.example/callback?code=redacted.code.16.&ticket=redacted.code.16.',
    })
  })

  test('the person of an ID token is hidden in the checks', async () => {
    const { values: v } = await signIn()
    const checks = [
      {
        requirement: 'IDT-04',
        name: 'sub is the person',
        expected: person.sub,
        received: person.sub,
        outcome: 'passed',
        clause: '',
      } as const,
    ]
    const hidden = `redacted.personal.${person.sub.length}`
    expect(redactStep({ ...told, kind: 'id_token_checked', idToken: v.idToken, checks }, sha)).toMatchObject({
      checks: [{ expected: hidden, received: hidden, name: 'sub is the person' }],
    })
  })

  test('a profile that is no JSON, or broken JSON, is hidden as a whole', () => {
    for (const body of ['Maya Okafor', '{"name":"Maya Okafor"'])
      expect(
        redactStep(
          { ...answered, kind: 'profile_response', response: { status: 200, headers: {}, body } },
          sha,
        ),
      ).toMatchObject({
        response: { body: `redacted.personal.${body.length}` },
      })
  })

  test('a refusal of an API keeps its reason', () => {
    const response = json(403, { error: 'insufficient_scope' })
    expect(redactStep({ ...answered, kind: 'api_response', response }, sha)).toMatchObject({ response })
  })

  describe('what stands under names that nobody knows', () => {
    const apiBody = (body: unknown, status = 200) => {
      const step = redactStep({ ...answered, kind: 'api_response', response: json(status, body) }, sha)
      return step.kind === 'api_response' && JSON.parse(step.response.body)
    }

    test('a member of an API body that is called by an account, a phone or a person', () => {
      const accounts = { DE89370400440532013000: true, '+4915112345678': null, '+4915187654321': [] }
      const named = { 'https://app.example/roles': [], 'cognito:groups': [], '@odata.context': null }
      const words = {
        accounts,
        sha256: true,
        memberSince: null,
        _links: {},
        ...named,
        'maya@example.com': false,
      }
      const hidden = {
        accounts: {
          'redacted.personal.22': true,
          'redacted.personal.14': null,
          'redacted.personal.14 2': [],
        },
        sha256: true,
        memberSince: null,
        _links: {},
        ...named,
        'redacted.personal.16': false,
      }
      expect(apiBody(words)).toEqual(hidden)
      expect(apiBody(words, 403)).toEqual(hidden)
      expect(apiBody(hidden)).toEqual(hidden)
      const request = {
        method: 'PUT',
        url: 'https://api.example/',
        headers: {},
        body: JSON.stringify([words]),
      }
      expect(redactStep({ ...sent, kind: 'api_request', request }, sha)).toMatchObject({
        request: { body: JSON.stringify([hidden]) },
      })
    })

    test('a parameter of a callback', () => {
      const url =
        'https://app.example/callback?client_info=eyJ1aWQ&user_email=maya%40example.com&hd=example.com&state=abc&iss=https%3A%2F%2Fas.example&error=access_denied&error_description=no#ticket=t1'
      const hidden = `https://app.example/callback?client_info=redacted.secret.7&user_email=redacted.secret.16&hd=redacted.secret.11&state=redacted.state.3.${sha('abc')}&iss=https%3A%2F%2Fas.example&error=access_denied&error_description=no#ticket=redacted.secret.2`
      const step = redactStep({ ...told, kind: 'authorization_response', via: 'popup', url }, sha)
      expect(step).toMatchObject({ url: hidden })
      expect(redactStep(step, () => null)).toEqual(step)
      expect(redactStep({ ...told, kind: 'held', message: { type: 'callback', url } }, sha)).toMatchObject({
        message: { url: hidden },
      })
    })

    test('a header of an API or a token endpoint', () => {
      const kept = {
        'content-type': 'application/json',
        'Cache-Control': 'no-store',
        'www-authenticate': 'Bearer error="invalid_token"',
        'retry-after': '3',
        'dpop-nonce': 'n1',
        date: 'Tue, 24 Nov 2026 09:30:00 GMT',
      }
      const response = {
        status: 401,
        headers: { ...kept, 'x-auth-token': 't1', 'X-User': 'maya' },
        body: '{}',
      }
      const left = {
        response: {
          headers: { ...kept, 'x-auth-token': 'redacted.secret.2', 'X-User': 'redacted.secret.4' },
        },
      }
      for (const kind of ['api_response', 'userinfo_response', 'refresh_response'] as const)
        expect(redactStep({ ...answered, kind, response }, sha)).toMatchObject(left)
      const message = { type: 'response', purpose: 'profile', response } as const
      expect(redactStep({ ...told, kind: 'held', message }, sha)).toMatchObject({ message: left })
      const known = knowing('abcdefgh12345678')
      const repeated = { ...response, headers: { 'x-auth-token': 'abcdefgh12345678' } }
      expect(redactStep({ ...answered, kind: 'api_response', response: repeated }, sha, known)).toMatchObject(
        {
          response: { headers: { 'x-auth-token': `redacted.code.16.${sha('abcdefgh12345678')}` } },
        },
      )
    })
  })

  test('proofs, passwords, other schemes and other JWTs are hidden without a thread', () => {
    const request: HttpRequest = {
      method: 'POST',
      url: 'https://as.example/token?login_hint=maya%40example.com',
      headers: {
        DPoP: 'eyJh.proof.sig',
        Authorization: 'Basic bWF5YTpzZWNyZXQ=',
        'x-other': 'see eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln',
      },
      body: 'client_secret=s3cret&client_assertion=eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln&scope=openid',
    }
    expect(redactStep({ ...sent, kind: 'token_request', request }, sha)).toMatchObject({
      request: {
        url: 'https://as.example/token?login_hint=redacted.personal.16',
        headers: {
          DPoP: 'redacted.proof.14',
          Authorization: 'Basic redacted.secret.16',
          'x-other': expect.stringMatching(/^see redacted\.secret\.\d+$/),
        },
        body: expect.stringMatching(
          /^client_secret=redacted\.secret\.6&client_assertion=redacted\.secret\.\d+&scope=openid$/,
        ),
      },
    })
  })

  test('a body that is nested without end is hidden as a whole, and breaks nothing', () => {
    const deep = `{"name":"Maya","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    const response = { status: 200, headers: {}, body: deep }
    for (const kind of ['profile_response', 'token_response'] as const) {
      const text = JSON.stringify(redactStep({ ...answered, kind, response }, sha))
      expect(text).not.toContain('Maya')
      expect(text).toMatch(/redacted\.(personal|secret)\.\d+/)
    }
  })

  describe('TOK-13: tokens in an answer that is not what it should be', () => {
    const token = 'gAAAAABmJ9Zx0Qw7mK3y'
    const json = `{"access_token":"${token}","refresh_token":"${token}-r"}`
    const odd = [
      `<b>Notice</b>: Undefined index\n${json}`,
      `[${json}]`,
      JSON.stringify(json),
      `access_token=${token}&refresh_token=${token}-r`,
      json.slice(0, -4),
      token,
    ]
    const response = (body: string) => ({ status: 200, headers: {}, body })
    const answers: [string, (body: string) => Step][] = [
      ['token_response', body => ({ ...answered, kind: 'token_response', response: response(body) })],
      ['refresh_response', body => ({ ...answered, kind: 'refresh_response', response: response(body) })],
      ...(['token', 'refresh'] as const).map((purpose): [string, (body: string) => Step] => [
        `held ${purpose}`,
        body => ({
          ...told,
          kind: 'held',
          message: { type: 'response', purpose, response: response(body) },
        }),
      ]),
    ]

    test.each(answers)('%s: it is hidden as a whole', (_, answer) => {
      for (const body of odd) {
        const text = JSON.stringify(redactStep(answer(body), sha))
        expect(text).toContain(`"redacted.secret.${body.length}"`)
        expect(text).not.toContain(token)
      }
    })

    test('what can be told of them is known all the same', () => {
      const steps = odd.slice(0, 5).map(body => answers[0]?.[1](body) ?? never())
      for (const step of steps) expect(secretsIn(step)[0]).toEqual({ value: 'access_token', text: token })
    })

    test.each([
      ['a text of JSON', `{"data":${JSON.stringify(json)}}`],
      ['JSON in a page', `<p>Request: ${json}</p>`],
      ['JSON that was cut', json.slice(0, -4)],
    ])('%s of another endpoint keeps the rest', (_, body) => {
      for (const kind of ['par_response', 'revocation_response', 'api_response'] as const) {
        const redacted = redactStep({ ...answered, kind, response: { status: 400, headers: {}, body } }, sha)
        const text = JSON.stringify(redacted)
        expect(text).not.toContain(token)
        expect(text).toMatch(/redacted\.access_token\.20\.[0-9a-f]{16}.*redacted\.refresh_token\.2/)
        expect(text).toContain('refresh_token')
      }
    })

    test('what else comes with tokens is hidden by its place, whatever it is called', () => {
      const body = JSON.stringify({
        access_token: token,
        token_type: 'Bearer',
        scope: 'openid',
        expires_in: 60,
        device_secret: 'WwJt9i4N',
        client_info: 'eyJ1aWQiOiIxIn0',
        more: { session_token: 's3ss10n' },
      })
      for (const [, answer] of answers) {
        const text = JSON.stringify(redactStep(answer(body), sha))
        expect(text).not.toMatch(/WwJt9i4N|eyJ1aWQi|s3ss10n/)
        expect(text).toMatch(/Bearer.*openid.*device_secret/)
      }
    })

    const left = (body: unknown, answer = answers[0]) => {
      const step = redactStep(answer?.[1](JSON.stringify(body)) ?? never(), sha)
      return step.kind === 'token_response' ? JSON.parse(step.response.body) : step
    }

    test('a refusal keeps its words, and nothing else', () => {
      const words = {
        error: 'invalid_grant',
        error_description: 'expired',
        error_uri: 'https://as.example/e',
      }
      expect(left({ ...words, trace_id: 'abc', error_codes: [70008], error_more: { hint: 'abc' } })).toEqual({
        ...words,
        trace_id: 'redacted.secret.3',
        error_codes: ['redacted.secret.5'],
        error_more: { hint: 'redacted.secret.3' },
      })
      for (const answer of answers)
        expect(JSON.stringify(left({ ...words, pin: 'q7x' }, answer))).not.toContain('q7x')
    })

    test.each([null, '', 0, false, { of: 'd3v1ce' }])(
      'what says %j in the place of an error is no refusal',
      error => {
        expect(left({ error, error_description: 'd3v1ce', device_secret: 'd3v1ce' })).toEqual({
          error: typeof error === 'number' ? 'redacted.secret.1' : error && { of: 'redacted.secret.6' },
          error_description: 'redacted.secret.6',
          device_secret: 'redacted.secret.6',
        })
      },
    )

    test('a number may be a token or a PIN; how long something lasts stays', () => {
      const lasting = {
        expires_in: 300,
        refresh_expires_in: '1800',
        refresh_token_expires_in: 1800,
        ext_expires_in: 300,
        expires_at: 1_700_000_000,
        'not-before-policy': 0,
      }
      const answer = {
        access_token: 987654321098765,
        pin: 774411,
        more: { pins: [774411], expires_in: 774411 },
      }
      expect(left({ ...answer, ...lasting })).toEqual({
        access_token: `redacted.access_token.15.${sha('987654321098765')}`,
        pin: 'redacted.secret.6',
        more: { pins: ['redacted.secret.6'], expires_in: 'redacted.secret.6' },
        ...lasting,
      })
      expect(left({ expires_in: 1.5e300, expires_at: 'tomorrow', scope: 7 })).toEqual({
        expires_in: 'redacted.secret.8',
        expires_at: 'redacted.secret.8',
        scope: 'redacted.secret.1',
      })
    })

    test('a number that is a token is hidden in other words as well', () => {
      const step = answers[0]?.[1]('{"access_token":987654321098765}') ?? never()
      const failed: Step = {
        ...told,
        kind: 'failed',
        during: 'token_response',
        error: { code: 'x', received: 'number 987654321098765' },
      }
      expect(redactStep(failed, sha, knownIn([step, failed]))).toMatchObject({
        error: { received: `number redacted.access_token.15.${sha('987654321098765')}` },
      })
    })

    test('one that is as it should be stays readable', () => {
      const step = redactStep({ ...answered, kind: 'token_response', response: response(json) }, sha)
      expect(step.kind === 'token_response' && JSON.parse(step.response.body)).toEqual({
        access_token: `redacted.access_token.20.${sha(token)}`,
        refresh_token: `redacted.refresh_token.22.${sha(`${token}-r`)}`,
      })
    })
  })

  test.each([
    ['after a word', 'id_eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln', 'id_redacted.secret.36'],
    [
      'in an address',
      'https://x.example/?a%3DeyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln',
      'https://x.example/?a%3Dredacted.secret.36',
    ],
    ['encrypted', 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn', 'redacted.secret.37'],
    [
      'after other words',
      'www.example-of-words.com eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln.',
      'www.example-of-words.com redacted.secret.36',
    ],
  ])('a JWT that nobody knows, %s', (_, words, expected) => {
    const error = { code: 'x', protocolDescription: words }
    const redacted = redactStep({ ...told, kind: 'failed', during: 'token_response', error }, sha)
    expect(redacted.kind === 'failed' && redacted.error.protocolDescription).toContain(expected)
  })

  test.each(['eyJ', 'eyJ.', 'eyJaaaaaaaa.', '%', '%2525', '.', '-', 'redacted.', '"', '\\', '\\"', ' '])(
    'a text of 262,144 signs that is made to waste time comes to an end: %j',
    part => {
      const text = part.repeat(262_144 / part.length)
      const url = `https://app.example/callback#state=${text}b&error=${text}${text}`
      redactStep({ ...told, kind: 'authorization_response', via: 'redirect', url }, sha)
      const response = { status: 400, headers: { authorization: text, 'x-other': text }, body: text }
      redactStep({ ...answered, kind: 'api_response', response }, sha)
    },
  )

  test('parseRedacted reads nothing else', () => {
    for (const text of [
      '',
      'redacted',
      'redacted.code.x.0123456789abcdef',
      'redacted.personal.4',
      'redacted.toString.4.',
    ])
      expect(parseRedacted(text)).toBeNull()
  })

  test('PKCE-07, TOK-13: no text of any fixture is left', { timeout: 120_000 }, async () => {
    const v = (await signIn()).values
    const renewed = await refresh('f', v.refreshToken)
    const all = [
      ...(await Promise.all(failurePlaces.map(failAt => signIn({ failAt })))),
      await signIn({ usePar: true, useDpop: true, userinfo: true }),
      await signIn({ tamper: true }),
      await held(),
      await silentWithoutSession(),
      {
        steps: [...renewed.steps, ...use(renewed.accessToken), ...signOut('f', { ...v, ...renewed })],
        secrets: [...renewed.secrets, ...Object.values(v).filter(text => text !== v.challenge), 'Buy milk'],
      },
    ]
    for (const { steps, secrets } of all) {
      const known = knownIn(steps)
      const text = JSON.stringify(steps.map(step => redactStep(step, sha, known)))
      for (const secret of secrets) expect(text).not.toContain(secret)
    }
  })
})

describe('whatever the values are', () => {
  const value = fc
    .oneof(
      fc.string({ minLength: 16, maxLength: 60 }),
      fc.string({ minLength: 16, maxLength: 60, unit: 'binary' }),
      fc.base64String({ minLength: 16, maxLength: 64 }),
      fc.stringMatching(/^[\w.~-]{16,80}$/),
      fc.stringMatching(/^4\/[\w-]{20,60}$/),
    )
    .filter(text => !text.includes('redacted') && text.trim() === text)

  const spellings = (text: string) => [
    text,
    encodeURIComponent(text),
    new URLSearchParams({ a: text }).toString().slice(2),
    JSON.stringify(text).slice(1, -1),
  ]

  test('no spelling of a secret is left in its own place', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(value, value, value, (one, two, three) => {
        const query = new URLSearchParams({ code: one, state: two, error_description: 'x' })
        const tokens = { access_token: one, refresh_token: two, id_token: three, token_type: 'Bearer' }
        const bearer = { authorization: `Bearer ${one.replaceAll(/\s/g, '')}` }
        const steps: Step[] = [
          {
            ...told,
            kind: 'pkce_created',
            codeVerifier: one,
            codeChallenge: 'c',
            codeChallengeMethod: 'S256',
          },
          {
            ...told,
            kind: 'authorization_response',
            via: 'redirect',
            url: `https://app.example/callback?${query}`,
          },
          {
            ...told,
            kind: 'authorization_response',
            via: 'redirect',
            url: `https://app.example/callback#${query}`,
          },
          {
            ...sent,
            kind: 'token_request',
            request: form('https://as.example/token', {
              code: one,
              code_verifier: two,
              refresh_token: three,
            }),
          },
          { ...answered, kind: 'token_response', response: json(200, tokens) },
          {
            ...answered,
            kind: 'refresh_response',
            response: { status: 200, headers: {}, body: JSON.stringify(tokens, null, 2) },
          },
          {
            ...told,
            kind: 'id_token_checked',
            idToken: three,
            checks: [
              {
                requirement: 'IDT-14',
                name: 'nonce',
                expected: { value: 'nonce', text: one },
                received: { value: 'nonce', text: two },
                outcome: 'failed',
                clause: '',
              },
            ],
          },
          {
            ...told,
            kind: 'end_session_request',
            method: 'GET',
            url: `https://as.example/logout?${new URLSearchParams({ id_token_hint: one, state: two })}`,
            body: null,
          },
          {
            ...told,
            kind: 'held',
            message: { type: 'response', purpose: 'token', response: json(200, tokens) },
          },
          {
            ...answered,
            kind: 'profile_response',
            response: {
              ...json(200, {
                name: one,
                deep: [{ email: two, [`${three}/${two}`]: { [`${two} ${one}`]: true } }],
                text: three,
              }),
              headers: { 'x-user': one, 'x-auth-token': encodeURIComponent(two) },
            },
          },
          {
            ...told,
            kind: 'authorization_response',
            via: 'frame',
            url: `https://app.example/callback?${new URLSearchParams({ client_info: one, ticket: two, hd: three })}`,
          },
          {
            ...answered,
            kind: 'refresh_response',
            response: json(400, { error: null, device_secret: one, more: [two, { error: three }] }),
          },
          { ...sent, kind: 'api_request', request: get('https://api.example/', bearer) },
        ]
        const text = JSON.stringify(steps.map(step => redactStep(step, sha)))
        for (const secret of [one, two, three])
          for (const spelling of spellings(secret)) expect(text).not.toContain(spelling)
      }),
      { numRuns: 300 },
    )
  })

  /** Everything that RFC 6749 appendix A allows in a token. */
  const token = fc
    .oneof(
      fc.stringMatching(/^[\x20-\x7e]{8,60}$/),
      fc.stringMatching(/^[A-Za-z0-9_][\w.~-]{6,60}[A-Za-z0-9_]$/),
      fc.stringMatching(/^00D[\w]{10}![\w.]{20,60}$/),
      fc.stringMatching(/^M\.\w{4}_\w{3}\.[\w!*$-]{20,60}\$$/),
    )
    .filter(text => !/redacted|^(https?:)?\/\//.test(text))
  const place = fc.constantFrom<(text: string) => string>(
    text => text,
    text => `the code "${text}" is spent.`,
    text => `spent: ${text}.`,
    text => `spent:${text}spent`,
    text => `https://x.example/?next=${encodeURIComponent(`/a?ticket=${text}&b=c`)}`,
    text => `https://x.example/?next=${encodeURIComponent(`/a?ticket=${encodeURIComponent(text)}&b=c`)}`,
    text => `https://x.example/?${new URLSearchParams({ ticket: text })}`,
    text => `https://x.example/${text}/`,
    text => `<b>${text}</b>`,
    text => JSON.stringify({ error: `no ${text}` }),
    text => JSON.stringify({ error: `no ${text}` }).replaceAll('/', '\\/'),
  )
  const failed = (text: string): Step => ({
    ...told,
    kind: 'failed',
    during: 'token_response',
    error: { code: 'x', protocolDescription: text, hints: [text] },
  })

  /** Not as JSON, which would spell them once more. */
  const wordsOf = (step: Step) =>
    step.kind === 'failed'
      ? [step.error.protocolDescription, ...(step.error.hints ?? [])].join('\n')
      : never()

  test('TOK-13: a secret that was seen is found wherever it stands, whatever signs it is made of', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(token, place, (secret, put) => {
        const redacted = redactStep(failed(put(secret)), sha, knowing(secret))
        for (const spelling of spellings(secret)) expect(wordsOf(redacted)).not.toContain(spelling)
        expect(redacted.kind).toBe('failed')
        expect(redactStep(redacted, sha, knowing(secret))).toEqual(redacted)
      }),
      { numRuns: 1_000 },
    )
  })

  test('TOK-13: the beginning of a secret that was cut off at the end of a text is found', {
    timeout: 120_000,
  }, () => {
    const long = token.filter(text => text.length > 20)
    fc.assert(
      fc.property(long, fc.nat(), fc.string({ maxLength: 400 }), (secret, cut, before) => {
        const left = secret.slice(0, 16 + (cut % (secret.length - 16)))
        const redacted = redactStep(failed(`${before} ${left}`), sha, knowing(secret))
        expect(wordsOf(redacted)).not.toContain(left)
      }),
      { numRuns: 500 },
    )
  })

  test('the step keeps its kind, its flow and its exchange even when a secret is spelt like them', () => {
    for (const secret of ['token_request', 'flow-1', 'x', 'https', 'application/x-www-form-urlencoded']) {
      const step: Step = {
        ...sent,
        kind: 'token_request',
        request: form('https://as.example/token', { code: secret, code_verifier: secret }),
      }
      expect(redactStep(step, sha, knowing(secret))).toMatchObject({
        kind: 'token_request',
        flow: 'flow-1',
        exchange: 'x',
      })
    }
  })
})

function never(): never {
  throw new Error('no step')
}
