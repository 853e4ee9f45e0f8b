import { describe, expect, test } from 'vitest'
import type { Step } from '../oauth/step.ts'
import { api, issuer, refresh, signIn, signOut, silentWithoutSession } from '../trace/fixtures.test-data.ts'
import { redactTrace } from '../trace/trace-file.ts'
import { draw, expectation, fingerprint, line, of, real, short, traceOf } from './fixtures.test-data.ts'
import type { Message } from './message.ts'
import { sequence } from './sequence.ts'

describe('before anything has happened', () => {
  test('everything to come is a ghost, with the paths of the metadata', () => {
    const messages = draw([])
    expect(messages.map(line)).toEqual([
      '1.1 Make a secret',
      '1.2 Make two marks',
      '2.1 GET /authorize',
      '2.2 Sign-in page',
      '2.3 Sign in and agree',
      '3.1 Redirect to /callback',
      '3.2 Check the answer',
      '4.1 POST /token',
      '4.2 Hash and compare',
      '4.3 200 tokens',
      '4.4 Check the ID token',
      '5.1 GET /user/profile',
      '5.2 Check token and scope',
      '5.3 200 profile',
      '6.1 POST /token, refresh',
      '6.2 200 renewed',
      '6.3 POST /revoke',
      '6.4 200 revoked',
      '6.5 POST /logout',
      '6.6 Redirect to /',
    ])
    expect(messages.every(message => message.status === 'upcoming' && !message.never)).toBe(true)
    expect(messages.filter(message => message.inferred).map(message => message.number)).toEqual([
      '2.2',
      '2.3',
      '4.2',
      '5.2',
    ])
    expect(short(of(messages, 'authorization_request'))).toBe('code_challenge state nonce')
    expect(new Set(messages.map(message => message.id)).size).toBe(messages.length)
  })

  test('the configuration decides what is expected', () => {
    const kinds = (more: Partial<typeof expectation>) =>
      sequence(traceOf([]), { ...expectation, ...more }, fingerprint).map(message => message.kind)
    expect(kinds({ usesPar: true })).toContain('par_request')
    expect(kinds({ usesDpop: true })).toContain('dpop_key_created')
    expect(kinds({ scope: 'profile' })).not.toContain('id_token_checked')
    expect(kinds({ canRevoke: false })).not.toContain('revocation_request')
    expect(kinds({ canEndSession: false })).not.toContain('end_session_request')
    expect(kinds({ profilePath: null, resourceServerOrigin: null })).not.toContain('profile_request')
    expect(kinds({ profilePath: '/me', resourceServerOrigin: null })).toContain('userinfo_request')
    const pushed = sequence(traceOf([]), { ...expectation, usesPar: true }, fingerprint)
    expect(short(of(pushed, 'authorization_request'))).toBe('')
    expect(short(of(pushed, 'par_request'))).toBe('code_challenge state nonce')
    const byLink = sequence(traceOf([]), { ...expectation, endSessionMethod: 'GET' }, fingerprint)
    const goodbye = of(byLink, 'end_session_request')
    expect([goodbye?.label, short(goodbye)]).toEqual(['GET /logout', ''])
  })

  test('without an expectation there is nothing', () => {
    expect(sequence(traceOf([]), null, fingerprint)).toEqual([])
  })
})

describe('a sign-in that works', () => {
  test('is the messages in the order they were told, with what the answers give away between them', async () => {
    const { steps } = await signIn()
    const messages = real(draw(steps))
    expect(messages.map(line)).toEqual([
      '1.1 GET /.well-known/openid-configuration',
      '1.2 200 metadata',
      '1.3 Make a secret',
      '1.4 Make two marks',
      '2.1 GET /authorize',
      '2.2 Sign-in page',
      '2.3 Sign in and agree',
      '3.1 Redirect to /callback',
      '3.2 Check the answer',
      '4.1 POST /token',
      '4.2 GET /jwks',
      '4.3 200 keys',
      '4.4 Hash and compare',
      '4.5 200 tokens',
      '4.6 Check the ID token',
      '5.1 GET /user/profile',
      '5.2 Check token and scope',
      '5.3 200 profile',
    ])
    expect(messages.every(message => message.status === 'done' && message.error === null)).toBe(true)
    const told = steps.filter(step => !['flow_started', 'session_changed'].includes(step.kind))
    expect(messages.filter(message => !message.inferred).map(message => message.kind)).toEqual(
      told.map(step => step.kind),
    )
  })

  test('PKCE-04: the verifier and the challenge are known to belong together', async () => {
    const { steps, values } = await signIn()
    const compared = of(draw(steps), 'pkce_compared')
    expect(compared).toMatchObject({
      from: 'authorization-server',
      channel: 'check',
      inferred: true,
      status: 'done',
    })
    expect(compared.carried.map(carried => carried.text)).toEqual([values.verifier, values.challenge])
    expect(compared.checks).toMatchObject([{ requirement: 'PKCE-04', outcome: 'passed' }])
  })

  test('a request and its answer know each other, and both know the time', async () => {
    const messages = draw((await signIn()).steps)
    const request = of(messages, 'token_request')
    const response = of(messages, 'token_response')
    expect(response.answers).toBe(request.id)
    expect(response.duration).toBe(request.duration)
    expect(request.response).toBe(response.response)
    expect(response.request).toBe(request.request)
    expect(of(messages, 'authorization_response').answers).toBe(of(messages, 'authorization_request').id)
  })

  test('what is to come stays pale behind it, and goes as it comes', async () => {
    const { steps, values, flow } = await signIn()
    const ghosts = (all: readonly Step[]) =>
      draw(all)
        .filter(message => message.status === 'upcoming')
        .map(line)
    expect(ghosts(steps)).toEqual([
      '6.1 POST /token, refresh',
      '6.2 200 renewed',
      '6.3 POST /revoke',
      '6.4 200 revoked',
      '6.5 POST /logout',
      '6.6 Redirect to /',
    ])
    const renewed = await refresh(flow, values.refreshToken)
    const after = [...steps, ...renewed.steps]
    expect(ghosts(after)).toEqual([
      '6.3 POST /revoke',
      '6.4 200 revoked',
      '6.5 POST /logout',
      '6.6 Redirect to /',
    ])
    expect(ghosts([...after, ...signOut(flow, { ...values, ...renewed })])).toEqual([])
  })

  test('a server that gives no refresh token is not expected to renew', async () => {
    const { steps } = await signIn()
    const without = steps.map(step =>
      step.kind === 'token_response'
        ? { ...step, response: { ...step.response, body: '{"access_token":"a","token_type":"Bearer"}' } }
        : step,
    )
    expect(draw(without).map(message => message.kind)).not.toContain('refresh_request')
  })

  test('with PAR, DPoP and UserInfo', async () => {
    const { steps } = await signIn({ usePar: true, useDpop: true, userinfo: true })
    const messages = real(
      sequence(traceOf(steps), { ...expectation, usesPar: true, usesDpop: true }, fingerprint),
    )
    expect(messages.map(line).slice(2, 8)).toEqual([
      '1.3 Make a secret',
      '1.4 Make two marks',
      '1.5 Make a key',
      '2.1 POST /par',
      '2.2 201 request_uri',
      '2.3 GET /authorize',
    ])
    expect(of(messages, 'userinfo_request').to).toBe('authorization-server')
    expect(of(messages, 'profile_request').to).toBe('resource-server')
    expect(
      messages.filter(message => message.kind === 'access_token_checked').map(message => message.from),
    ).toEqual(['authorization-server', 'resource-server'])
  })

  test('a profile at the provider itself goes to the authorization server', async () => {
    const { steps } = await signIn()
    const moved = steps.map(step =>
      step.kind === 'profile_request' ? { ...step, request: { ...step.request, url: `${issuer}/me` } } : step,
    )
    expect(of(draw(moved), 'profile_request')).toMatchObject({ to: 'authorization-server', label: 'GET /me' })
    expect(of(draw(moved), 'access_token_checked').from).toBe('authorization-server')
  })

  test('as far as it has come: asked and not answered is under way', async () => {
    const { steps } = await signIn()
    const upTo = (kind: Step['kind']) => draw(steps.slice(0, steps.findIndex(step => step.kind === kind) + 1))
    for (const kind of [
      'discovery_request',
      'authorization_request',
      'token_request',
      'profile_request',
    ] as const)
      expect(of(upTo(kind), kind).status).toBe('active')
    expect(of(upTo('authorization_response'), 'authorization_request').status).toBe('done')
    expect(
      upTo('authorization_request').filter(message => message.kind === 'authorization_request'),
    ).toHaveLength(1)
    expect(
      upTo('keys_request')
        .filter(message => message.status === 'active')
        .map(message => message.kind),
    ).toEqual(['token_request', 'keys_request'])
  })

  test('keys that are asked just before the code is exchanged belong to Exchange, those that are asked on the way back to Return', async () => {
    const { steps } = await signIn()
    const request = steps.find(step => step.kind === 'keys_request')
    if (request === undefined) throw new Error('no keys')
    const others = steps.filter(step => step.kind !== 'keys_request')
    const numberAfter = (kind: Step['kind']) => {
      const at = others.findIndex(step => step.kind === kind) + 1
      return of(draw([...others.slice(0, at), request, ...others.slice(at)]), 'keys_request').number
    }
    expect(numberAfter('authorization_response_checked')).toBe('4.1')
    expect(numberAfter('authorization_request')).toBe('3.1')
    expect(numberAfter('discovery_response')).toBe('1.3')
  })

  test('with prompt=none no page was shown, in the tab neither', async () => {
    const { steps } = await signIn()
    const silent = steps.map(step =>
      step.kind === 'authorization_request' ? { ...step, url: `${step.url}&prompt=none` } : step,
    )
    expect(draw(silent).map(message => message.kind)).not.toContain('sign_in_page')
  })

  test('nor when that stood in the request that was handed in before', async () => {
    const { steps } = await signIn({ usePar: true })
    const silent = steps.map(step =>
      step.kind === 'par_request'
        ? { ...step, request: { ...step.request, body: `${step.request.body}&prompt=none` } }
        : step,
    )
    const away = silent.slice(
      0,
      silent.findIndex(({ kind }) => kind === 'authorization_response'),
    )
    for (const told of [away, silent])
      expect(draw(told).map(message => message.kind)).not.toContain('sign_in_page')
  })

  test('the two servers may share an origin, or the person may look at another provider: the lanes follow', async () => {
    const trace = traceOf((await signIn()).steps)
    const lane = (more: Partial<typeof expectation>) =>
      of(sequence(trace, { ...expectation, ...more }, fingerprint), 'profile_request').to
    expect(lane({})).toBe('resource-server')
    expect(lane({ authorizationServerOrigin: api, resourceServerOrigin: null })).toBe('authorization-server')
    expect(lane({ authorizationServerOrigin: api, resourceServerOrigin: api })).toBe('resource-server')
  })

  test('UserInfo is a profile too: no second one is expected', async () => {
    const { steps } = await signIn({ userinfo: true })
    const without = steps.filter(step => !step.kind.startsWith('profile'))
    expect(draw(without).filter(message => message.kind.startsWith('profile'))).toEqual([])
  })

  test('keys that were asked before the click belong to Prepare, those of the exchange to Exchange', async () => {
    const { steps } = await signIn()
    const keys = steps.filter(step => step.kind === 'keys_request' || step.kind === 'keys_response')
    const before: Step[] = keys.map(step => ({ ...step, flow: 'before', flowType: 'prepare', exchange: 'k' }))
    const messages = real(draw([...before, ...steps]))
    expect(
      messages.filter(message => message.kind === 'keys_request').map(message => message.number),
    ).toEqual(['1.1', '4.2'])
  })
})

describe('in a hidden frame', () => {
  test('there is no page for the person', async () => {
    const messages = draw((await signIn({ via: 'frame' })).steps)
    expect(messages.map(message => message.kind)).not.toContain('sign_in_page')
    expect(of(messages, 'authorization_response').label).toBe('Redirect to /silent-callback.html')
  })

  test('login_required stops it there', async () => {
    const messages = draw((await silentWithoutSession()).steps)
    expect(of(messages, 'authorization_response')).toMatchObject({
      status: 'failed',
      error: { code: 'silent_interaction_required' },
    })
    expect(messages.filter(message => message.status === 'upcoming').every(message => message.never)).toBe(
      true,
    )
    expect(messages.map(message => message.kind)).not.toContain('sign_in_page')
  })

  test('a session that is restored after a reload goes on in Renew and end', async () => {
    const first = await signIn()
    const again = await signIn({ via: 'frame' })
    const messages = real(draw([...first.steps, ...again.steps]))
    const later = messages.filter(message => message.flow === again.flow)
    expect(later[0]?.number).toBe('6.1')
    expect(later.every(message => message.act === 'renew_and_end')).toBe(true)
    expect(messages.filter(message => message.flow === first.flow).at(-1)?.number).toBe('5.3')
  })
})

describe('after a reload', () => {
  test('the picture is the same, and equal values are still equal', async () => {
    const { steps, flow, values } = await signIn()
    const renewed = await refresh(flow, values.refreshToken)
    const trace = traceOf([...steps, ...renewed.steps])
    const raw = sequence(trace, expectation, fingerprint)
    const redacted = sequence(redactTrace(trace, fingerprint), expectation, fingerprint)
    expect(redacted.map(line)).toEqual(raw.map(line))
    expect(redacted.map(message => message.status)).toEqual(raw.map(message => message.status))
    const marks = (messages: readonly Message[]) =>
      messages.map(message =>
        message.carried.map(({ value, length, fingerprint: mark }) => [value, length, mark]),
      )
    expect(marks(redacted)).toEqual(marks(raw))
    expect(of(redacted, 'pkce_compared').checks).toMatchObject([{ outcome: 'passed' }])
    const texts = redacted.flatMap(message => message.carried.map(({ value, text }) => `${value} ${text}`))
    expect(new Set(texts.filter(text => !text.endsWith(' null')).map(text => text.split(' ')[0]))).toEqual(
      new Set(['code_challenge']),
    )
  })

  test('a failed comparison stays visible without the texts', async () => {
    const { steps } = await signIn({ failAt: 'state' })
    const redacted = sequence(redactTrace(traceOf(steps), fingerprint), expectation, fingerprint)
    expect(short(of(redacted, 'authorization_response'))).toBe('code state!')
  })

  test('what this page knows fills in what the page before it left hidden', async () => {
    const { steps, values } = await signIn()
    const trace = traceOf(steps)
    const cut = steps.findIndex(step => step.kind === 'authorization_response')
    const hidden = redactTrace(trace, fingerprint).entries
    const half = {
      entries: trace.entries.map((entry, i) => (i < cut ? (hidden[i] ?? entry) : entry)),
      folded: [],
    }
    const made = of(sequence(half, expectation, fingerprint), 'pkce_created')
    expect(made.carried.map(carried => carried.text)).toEqual([values.verifier, values.challenge])
  })
})
