import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Step } from '../oauth/step.ts'
import type { Trace } from '../trace/entry.ts'
import {
  type FailurePlace,
  failurePlaces,
  held,
  issuer,
  refresh,
  signIn,
  signOut,
  silentWithoutSession,
  use,
} from '../trace/fixtures.test-data.ts'
import { redactTrace } from '../trace/trace-file.ts'
import { expectation, fingerprint, traceOf } from './fixtures.test-data.ts'
import type { Message } from './message.ts'
import { sequence, storyMessages } from './sequence.ts'
import { stories } from './stories.ts'

const draw = (steps: readonly Step[]) => sequence(traceOf(steps), expectation, fingerprint)
const line = (message: Message) => `${message.number} ${message.label}`
const real = (messages: readonly Message[]) => messages.filter(message => message.status !== 'upcoming')
const of = (messages: readonly Message[], kind: Message['kind']): Message => {
  const found = messages.find(message => message.kind === kind)
  if (found === undefined) throw new Error(`no ${kind}`)
  return found
}
const short = (message: Message) =>
  message.carried
    .map(({ value, odd, tampered }) => `${value}${odd ? '!' : ''}${tampered ? '~' : ''}`)
    .join(' ')

describe('before anything has happened', () => {
  test('everything to come is a ghost, with the paths of the metadata', () => {
    const messages = draw([])
    expect(messages.map(line)).toEqual([
      '1.1 Make a secret',
      '1.2 Make two marks',
      '2.1 GET /authorize',
      '2.2 Sign-in page',
      '2.3 Sign in and agree',
      '3.1 302 to /callback',
      '3.2 Check state and iss',
      '4.1 POST /token',
      '4.2 Hash and compare',
      '4.3 200 tokens',
      '4.4 Check the ID token',
      '5.1 GET /user/profile',
      '5.2 Check token and scope',
      '5.3 200 profile',
      '6.1 POST /token, refresh',
      '6.2 200 rotated',
      '6.3 POST /revoke',
      '6.4 200 revoked',
      '6.5 GET /logout',
      '6.6 302 to /',
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
      '3.1 302 to /callback',
      '3.2 Check state and iss',
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
      '6.2 200 rotated',
      '6.3 POST /revoke',
      '6.4 200 revoked',
      '6.5 GET /logout',
      '6.6 302 to /',
    ])
    const renewed = await refresh(flow, values.refreshToken)
    const after = [...steps, ...renewed.steps]
    expect(ghosts(after)).toEqual(['6.3 POST /revoke', '6.4 200 revoked', '6.5 GET /logout', '6.6 302 to /'])
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

describe('a failure stands where it happened', () => {
  const places: Readonly<Record<FailurePlace, readonly [Message['kind'], Message['status'], string]>> = {
    discovery_network: ['discovery_request', 'failed', 'network_or_cors_blocked'],
    discovery_issuer: ['discovery_response', 'blocked', 'discovery_issuer_mismatch'],
    keys: ['keys_request', 'failed', 'jwks_fetch_failed'],
    par: ['par_response', 'failed', 'par_error'],
    insecure_endpoint: ['authorization_request', 'blocked', 'discovery_insecure_endpoint'],
    abandoned: ['authorization_request', 'failed', 'authorization_abandoned'],
    access_denied: ['authorization_response', 'failed', 'auth_response_access_denied'],
    state: ['authorization_response_checked', 'blocked', 'auth_response_state_mismatch'],
    iss: ['authorization_response_checked', 'blocked', 'auth_response_issuer_mismatch'],
    token_network: ['token_request', 'failed', 'network_or_cors_blocked'],
    token_grant: ['token_response', 'failed', 'token_response_error'],
    token_html: ['token_response', 'failed', 'token_response_not_json'],
    id_token_nonce: ['id_token_checked', 'blocked', 'id_token_nonce_mismatch'],
    id_token_signature: ['id_token_checked', 'blocked', 'id_token_signature_invalid'],
    userinfo_sub: ['userinfo_response', 'blocked', 'userinfo_sub_mismatch'],
    profile_401: ['profile_response', 'failed', 'resource_unauthorized'],
    profile_network: ['profile_request', 'failed', 'resource_request_failed'],
  }

  test.each(failurePlaces)('%s', async failAt => {
    const messages = draw((await signIn({ failAt })).steps)
    const [kind, status, code] = places[failAt]
    const stopped = messages.filter(message => message.error !== null)
    expect(
      stopped
        .filter(message => !message.inferred)
        .map(message => [message.kind, message.status, message.error?.code]),
    ).toEqual([[kind, status, code]])
    for (const message of stopped) expect(message.error?.code).toBe(code)
    const usedAlready = ['userinfo_sub', 'profile_401', 'profile_network'].includes(failAt)
    const toCome = messages.filter(message => message.status === 'upcoming')
    expect(toCome.length).toBeGreaterThan(3)
    expect(toCome.every(message => message.never === !usedAlready)).toBe(true)
    expect(messages.some(message => message.status === 'active')).toBe(false)
  })

  test.each<[Step['kind'], Message['kind']]>([
    ['flow_started', 'discovery_request'],
    ['pkce_created', 'pkce_created'],
    ['dpop_key_created', 'dpop_key_created'],
    ['par_request', 'par_request'],
    ['authorization_request', 'authorization_request'],
  ])(
    '%s, before there was any message: the one that was never sent is where it stopped',
    async (during, kind) => {
      const start = (await signIn()).steps[0]
      if (start === undefined) throw new Error('no start')
      const { flow, flowType, at } = start
      const messages = draw([
        start,
        { kind: 'failed', flow, flowType, at, during, error: { code: 'insecure_context' } },
      ])
      const [first] = messages
      expect(first).toMatchObject({ kind, status: 'failed', error: { code: 'insecure_context' } })
      expect(messages.filter(message => message.kind === kind)).toHaveLength(1)
      expect(messages.slice(1).every(message => message.never)).toBe(true)
    },
  )

  test('a foreign state is odd where it was compared and where it came from', async () => {
    const messages = draw((await signIn({ failAt: 'state' })).steps)
    expect(short(of(messages, 'authorization_response'))).toBe('code state!')
    expect(short(of(messages, 'authorization_response_checked'))).toBe('state state!')
    expect(short(of(messages, 'authorization_request'))).toBe('code_challenge state nonce')
  })

  test('invalid_grant with the right verifier: the server refused the grant, the hash is not accused', async () => {
    const messages = draw((await signIn({ failAt: 'token_grant' })).steps)
    const compared = of(messages, 'pkce_compared')
    expect(compared.status).toBe('blocked')
    expect(compared.checks).toMatchObject([{ outcome: 'passed' }])
    expect(short(compared)).toBe('code_verifier code_challenge')
  })

  test('a server that answers nonsense compared nothing that we know of', async () => {
    const messages = draw((await signIn({ failAt: 'token_html' })).steps)
    expect(
      messages.filter(message => message.kind === 'pkce_compared' && message.status !== 'upcoming'),
    ).toEqual([])
  })

  test('the person says no: the page was shown, the consent failed', async () => {
    const messages = draw((await signIn({ failAt: 'access_denied' })).steps)
    expect(of(messages, 'sign_in_page').status).toBe('done')
    expect(of(messages, 'consent_given').status).toBe('failed')
    expect(of(messages, 'authorization_response').label).toBe('302 to /callback, access_denied')
    expect(of(messages, 'authorization_response_checked').status).toBe('done')
  })

  test('a retry after an attempt for a DPoP nonce is no stop', async () => {
    const { steps } = await signIn()
    const refused = steps.flatMap((step): Step[] => {
      if (step.kind === 'token_request') {
        const { flow, flowType, at, request } = step
        const response = { status: 400, headers: { 'dpop-nonce': 'n' }, body: '{"error":"use_dpop_nonce"}' }
        return [
          { kind: 'token_request', flow, flowType, at, exchange: 'first', request },
          {
            kind: 'token_response',
            flow,
            flowType,
            at,
            exchange: 'first',
            response,
            duration: 1,
            checks: [],
          },
          step,
        ]
      }
      return [step]
    })
    const messages = draw(refused)
    expect(
      messages
        .filter(message => message.kind === 'token_response')
        .map(message => [message.label, message.status]),
    ).toEqual([
      ['400 use_dpop_nonce', 'failed'],
      ['200 tokens', 'done'],
    ])
    expect(messages.some(message => message.error !== null || message.never)).toBe(false)
    expect(messages.filter(message => message.kind === 'pkce_compared')).toHaveLength(1)
  })

  test.each(['grant', 'network'] as const)('a renewal that fails: %s', async failAt => {
    const { steps, flow, values } = await signIn()
    const messages = draw([...steps, ...(await refresh(flow, values.refreshToken, failAt)).steps])
    const stopped = messages.filter(message => message.error !== null)
    expect(stopped.map(message => [message.number, message.kind, message.status])).toEqual([
      failAt === 'grant' ? ['6.2', 'refresh_response', 'failed'] : ['6.1', 'refresh_request', 'failed'],
    ])
    const toCome = messages.filter(message => message.status === 'upcoming')
    expect(toCome.some(message => message.never)).toBe(false)
    expect(toCome.length > 0).toBe(failAt === 'network')
  })

  test('a revocation that fails does not keep the person in', async () => {
    const { steps, flow, values } = await signIn()
    const messages = draw([...steps, ...signOut(flow, values, 'revocation')])
    expect(of(messages, 'revocation_response')).toMatchObject({
      status: 'failed',
      error: { code: 'revocation_failed' },
    })
    expect(of(messages, 'end_session_response').status).toBe('done')
  })
})

describe('held and edited', () => {
  test('a held message is paused, with its values; what follows is still to come', async () => {
    const messages = draw((await held()).steps)
    const paused = messages.filter(message => message.status === 'paused')
    expect(paused.map(message => [message.number, message.kind, short(message)])).toEqual([
      ['4.1', 'token_request', 'code code_verifier'],
    ])
    expect(paused[0]?.held?.type).toBe('request')
    expect(messages.filter(message => message.kind === 'token_request')).toHaveLength(1)
    expect(of(messages, 'token_response')).toMatchObject({ status: 'upcoming', never: false })
  })

  test('sent on, it is one message; dropped, it is where the flow stopped', async () => {
    const paused = await held()
    const last = paused.steps.at(-1)
    if (last?.kind !== 'held' || last.message.type !== 'request') throw new Error('not held')
    const { flow, flowType, at, message } = last
    const sent = draw([
      ...paused.steps,
      { kind: 'token_request', flow, flowType, at, exchange: 'x', request: message.request },
    ])
    expect(sent.filter(each => each.kind === 'token_request').map(each => each.status)).toEqual(['active'])
    for (const during of ['held', 'token_request'] as const) {
      const dropped = draw([
        ...paused.steps,
        { kind: 'failed', flow, flowType, at, during, error: { code: 'message_dropped' } },
      ])
      expect(of(dropped, 'token_request')).toMatchObject({
        status: 'failed',
        error: { code: 'message_dropped' },
      })
      expect(dropped.filter(each => each.kind === 'token_request')).toHaveLength(1)
    }
  })

  test('an edited verifier is marked, the comparison is where the server caught it', async () => {
    const messages = draw((await signIn({ tamper: true })).steps)
    expect(of(messages, 'token_request')).toMatchObject({ status: 'tampered', tampered: ['code_verifier'] })
    expect(short(of(messages, 'token_request'))).toBe('code code_verifier~')
    const compared = of(messages, 'pkce_compared')
    expect(compared).toMatchObject({ status: 'blocked', error: { code: 'token_response_error' } })
    expect(short(compared)).toBe('code_verifier!~ code_challenge')
    expect(compared.checks).toMatchObject([{ outcome: 'failed', code: 'invalid_grant' }])
    const received = compared.checks[0]?.received
    expect(received).toMatch(/^[\w-]{10}…$/)
    expect(of(messages, 'token_response')).toMatchObject({ label: '400 invalid_grant', status: 'failed' })
  })

  test('PKCE-11: a server that takes a wrong verifier is noticed', async () => {
    const { steps } = await signIn({ tamper: true })
    const weak = steps.flatMap((step): Step[] => {
      if (step.kind === 'failed') return []
      return [
        step.kind === 'token_response'
          ? { ...step, response: { ...step.response, status: 200, body: '{"access_token":"a"}' } }
          : step,
      ]
    })
    expect(of(draw(weak), 'pkce_compared').checks).toMatchObject([
      { outcome: 'warning', code: 'pkce_not_enforced' },
    ])
  })

  test('of an address that was edited as a whole, the value that was not in it before is marked', async () => {
    const { steps } = await signIn()
    const edited = steps.flatMap((step): Step[] => {
      if (step.kind !== 'authorization_response') return [step]
      const { flow, flowType, at, url } = step
      const changed = new URL(url)
      changed.searchParams.set('state', 'another-state-1234')
      return [
        { kind: 'held', flow, flowType, at, message: { type: 'callback', url } },
        { ...step, url: changed.href, tampered: ['url'] },
      ]
    })
    expect(short(of(draw(edited), 'authorization_response'))).toBe('code state~')
  })
})

describe('in a hidden frame', () => {
  test('there is no page for the person', async () => {
    const messages = draw((await signIn({ via: 'frame' })).steps)
    expect(messages.map(message => message.kind)).not.toContain('sign_in_page')
    expect(of(messages, 'authorization_response').label).toBe('302 to /silent-callback.html')
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

describe('one story after another', () => {
  test('renewals append with rising numbers; acts never go back', async () => {
    const { steps, flow, values } = await signIn()
    const one = await refresh(flow, values.refreshToken)
    const two = await refresh(flow, one.refreshToken)
    const messages = real(
      draw([...steps, ...use(values.accessToken), ...one.steps, ...use(one.accessToken), ...two.steps]),
    )
    expect(messages.slice(-12).map(line)).toEqual(
      [
        '5.3 200 profile',
        '5.4 GET /notes',
        '5.5 Check token and scope',
        '5.6 200 answer',
        '6.1 POST /token, refresh',
        '6.2 200 rotated',
        '6.3 GET /notes',
        '6.4 Check token and scope',
        '6.5 200 answer',
        '6.6 POST /token, refresh',
        '6.7 200 rotated',
      ].slice(-12),
    )
  })

  test('a new attempt begins a new story, with what was prepared for it', async () => {
    const failed = await signIn({ failAt: 'state' })
    const good = await signIn()
    const [prepared] = good.steps.filter(step => step.kind === 'discovery_request')
    if (prepared === undefined) throw new Error('no discovery')
    const trace = traceOf([
      ...failed.steps,
      { ...prepared, flow: 'p', flowType: 'prepare', exchange: 'p' },
      ...good.steps,
    ])
    const told = stories(trace)
    expect(told.map(story => story.id)).toEqual([failed.flow, good.flow])
    expect(told[1]?.entries[0]?.step.flow).toBe('p')
    const now = sequence(trace, expectation, fingerprint)
    expect(now.every(message => message.flow !== failed.flow)).toBe(true)
    const [before] = told
    if (before === undefined) throw new Error('no story')
    expect(storyMessages(before, null, fingerprint).map(message => message.error?.code ?? null)).toContain(
      'auth_response_state_mismatch',
    )
  })

  test('what is prepared after a sign-out waits for the next story', async () => {
    const { steps, flow, values } = await signIn()
    const [asked] = steps.filter(step => step.kind === 'discovery_request')
    if (asked === undefined) throw new Error('no discovery')
    const prepared: Step = { ...asked, flow: 'p', flowType: 'prepare', exchange: 'p' }
    const messages = draw([...steps, ...signOut(flow, values), prepared])
    expect(messages.at(-1)?.kind).toBe('end_session_response')
  })

  test('only prepared: a story that has not begun, ghosts behind it', async () => {
    const { steps } = await signIn()
    const prepared: Step[] = steps.slice(1, 3).map(step => ({ ...step, flow: 'p', flowType: 'prepare' }))
    const messages = draw(prepared)
    expect(messages.map(line).slice(0, 4)).toEqual([
      '1.1 GET /.well-known/openid-configuration',
      '1.2 200 metadata',
      '1.3 Make a secret',
      '1.4 Make two marks',
    ])
  })

  test('renewals that were folded away keep their numbers', async () => {
    const { steps, flow, values } = await signIn()
    const renewed = await refresh(flow, values.refreshToken)
    const trace: Trace = {
      ...traceOf([...steps, ...renewed.steps]),
      folded: [
        {
          flow: 'x',
          flowType: 'refresh',
          startedAt: Number.MAX_SAFE_INTEGER,
          endedAt: Number.MAX_SAFE_INTEGER,
          messages: 8,
          failed: false,
        },
        { flow: 'y', flowType: 'refresh', startedAt: 1, endedAt: 2, messages: 100, failed: false },
      ],
    }
    expect(of(sequence(trace, null, fingerprint), 'refresh_request').number).toBe('6.9')
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

describe('work', () => {
  async function manyFlows(entries: number): Promise<Step[]> {
    const { steps, flow, values } = await signIn()
    const all = [...steps]
    let spent = values.refreshToken
    while (all.length < entries) {
      const renewed = await refresh(flow, spent)
      all.push(...renewed.steps)
      spent = renewed.refreshToken
    }
    return all.slice(0, entries)
  }

  test('10,000 entries that come one flow after another: every value is looked at a bounded number of times', async () => {
    const trace = traceOf(await manyFlows(10_000))
    let calls = 0
    const counting = (text: string) => {
      calls++
      return fingerprint(text)
    }
    const values = new Set<string>()
    for (let length = 400; length <= 10_000; length += 400) {
      const messages = sequence({ ...trace, entries: trace.entries.slice(0, length) }, expectation, counting)
      for (const message of messages)
        for (const carried of message.carried) values.add(`${message.id} ${carried.fingerprint}`)
    }
    expect(values.size).toBeGreaterThan(7_000)
    expect(calls).toBeLessThan(values.size * 1.2)
    const before = calls
    sequence(trace, expectation, counting)
    expect(calls).toBe(before)
  })

  test('what did not change is the same object', async () => {
    const trace = traceOf(await manyFlows(200))
    const before = sequence({ ...trace, entries: trace.entries.slice(0, 150) }, expectation, fingerprint)
    const after = sequence({ ...trace, entries: trace.entries.slice(0, 154) }, expectation, fingerprint)
    const known = new Set(before)
    expect(after.filter(message => !known.has(message)).length).toBeLessThan(12)
    expect(sequence(trace, expectation, fingerprint)).toEqual(sequence(trace, expectation, fingerprint))
  })

  test('a value whose hash is not there yet is looked at again', async () => {
    const trace = traceOf((await signIn()).steps)
    const hashes = new Map<string, string>()
    const known = (text: string) => hashes.get(text) ?? null
    expect(of(sequence(trace, expectation, known), 'pkce_created').carried[0]?.fingerprint).toBeNull()
    for (const message of sequence(trace, expectation, fingerprint))
      for (const { text, fingerprint: mark } of message.carried)
        if (text !== null && mark !== null) hashes.set(text, mark)
    expect(of(sequence(trace, expectation, known), 'pkce_created').carried[0]?.fingerprint).not.toBeNull()
  })
})

describe('whatever is told', () => {
  test('no subset and no order of steps breaks the picture', async () => {
    const signedIn = await signIn({ usePar: true, useDpop: true, userinfo: true })
    const renewed = await refresh(signedIn.flow, signedIn.values.refreshToken)
    const failed = await Promise.all(failurePlaces.map(failAt => signIn({ failAt })))
    const all: Step[] = [
      ...signedIn.steps,
      ...renewed.steps,
      ...use(renewed.accessToken),
      ...signOut(signedIn.flow, { ...signedIn.values, ...renewed }),
      ...failed.flatMap(story => story.steps.slice(-3)),
      ...(await held()).steps.slice(-2),
      ...(await silentWithoutSession()).steps.slice(-3),
    ]
    const numbers = (messages: readonly Message[]) =>
      messages.map(message => message.number.split('.').map(Number))
    fc.assert(
      fc.property(fc.shuffledSubarray(all), fc.boolean(), (steps, oneFlow) => {
        const told = oneFlow ? steps.map(step => ({ ...step, flow: 'one' })) : steps
        const messages = draw(told)
        expect(new Set(messages.map(message => message.id)).size).toBe(messages.length)
        const pairs = numbers(messages).map(([act = 0, place = 0]) => act * 10_000 + place)
        expect(pairs).toEqual([...pairs].sort((a, b) => a - b))
        expect(new Set(pairs).size).toBe(pairs.length)
        const firstGhost = messages.findIndex(message => message.status === 'upcoming')
        if (firstGhost >= 0)
          expect(messages.slice(firstGhost).every(message => message.status === 'upcoming')).toBe(true)
        expect(
          messages.every(message => message.label !== undefined && !message.label.includes('undefined')),
        ).toBe(true)
      }),
      { numRuns: 400 },
    )
  })
})
