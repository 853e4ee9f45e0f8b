import { describe, expect, test } from 'vitest'
import type { Step } from '../oauth/step.ts'
import {
  check,
  type FailurePlace,
  failurePlaces,
  held,
  heldAnswer,
  refresh,
  signIn,
  signOut,
  use,
} from '../trace/fixtures.test-data.ts'
import { draw, of, real, short } from './fixtures.test-data.ts'
import type { Message } from './message.ts'
import { selfEndingSteps } from './self-ending.test-data.ts'

describe('a failure stands where it happened', () => {
  const places: Readonly<Record<FailurePlace, readonly [Message['kind'], Message['status'], string]>> = {
    discovery_network: ['discovery_request', 'failed', 'discovery_fetch_failed'],
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

  test('a message that was held and dropped keeps its line, and brought nothing', async () => {
    const dropped = async (steps: readonly Step[], during: Step['kind']) => {
      const last = steps.at(-1)
      if (last === undefined) throw new Error('nothing is held')
      const { flow, flowType, at } = last
      const failed = {
        kind: 'failed',
        flow,
        flowType,
        at,
        during,
        error: { code: 'message_dropped' },
      } as const
      return real(draw([...steps, failed])).at(-1)
    }
    const nothing = { status: 'failed', carried: [], request: null, url: null, held: null }
    expect(await dropped((await held()).steps, 'token_request')).toMatchObject({
      label: 'POST /token',
      kind: 'token_request',
      ...nothing,
    })
    const callback = await heldAnswer('authorization_response')
    expect(await dropped(callback.steps, 'authorization_response')).toMatchObject({
      label: 'Redirect to /callback',
      kind: 'authorization_response',
      ...nothing,
    })
  })

  test('an answer that never came is not drawn as a redirect', async () => {
    const start = (await signIn()).steps[0]
    if (start === undefined) throw new Error('no start')
    const { flow, flowType, at } = start
    const error = { code: 'authorization_abandoned' }
    const messages = draw([
      start,
      { kind: 'failed', flow, flowType, at, during: 'authorization_response', error },
    ])
    expect(of(messages, 'authorization_response')).toMatchObject({
      label: 'No answer',
      status: 'failed',
      error,
    })
  })

  test('BEAR-04: a refusal of the server stays a refusal, although the app noted it as a check', async () => {
    const { steps } = await signIn({ failAt: 'profile_401' })
    const noted = steps.map(
      (step): Step =>
        step.kind === 'profile_response' ? { ...step, checks: [check('BEAR-04', false)] } : step,
    )
    expect(of(draw(noted), 'profile_response')).toMatchObject({
      status: 'failed',
      error: { code: 'resource_unauthorized' },
    })
  })

  test('of two calls at once, the one that failed is marked', async () => {
    const [asked, answered] = use('token-one')
    const [asked2, answered2] = use('token-two')
    if (asked?.kind !== 'api_request' || answered?.kind !== 'api_response') throw new Error('no call')
    if (asked2?.kind !== 'api_request' || answered2?.kind !== 'api_response') throw new Error('no call')
    const { flow, flowType, at } = asked
    const failed: Step = {
      kind: 'failed',
      flow,
      flowType,
      at,
      during: 'api_response',
      exchange: asked.exchange,
      error: { code: 'request_timeout' },
    }
    const second = { flow, exchange: 'second' }
    const messages = draw([asked, { ...asked2, ...second }, { ...answered2, ...second }, failed])
    expect(real(messages).map(message => [message.kind, message.status])).toEqual([
      ['api_request', 'failed'],
      ['api_request', 'done'],
      ['access_token_checked', 'done'],
      ['api_response', 'done'],
    ])
  })

  test('a failure that is told of the request stands at its answer, when there is one', async () => {
    const { steps } = await signIn({ failAt: 'token_grant' })
    const told = steps.map(
      (step): Step => (step.kind === 'failed' ? { ...step, during: 'token_request' } : step),
    )
    expect(of(draw(told), 'token_response').error?.code).toBe('token_response_error')
    expect(of(draw(told), 'token_request').error).toBeNull()
  })

  test('a preparation that failed does not stop the sign-in that came after it', async () => {
    const { steps } = await signIn()
    const broken = await signIn({ failAt: 'discovery_network' })
    const prepared = broken.steps.slice(1).map((step): Step => ({ ...step, flow: 'p', flowType: 'prepare' }))
    expect(draw(prepared).filter(message => message.never).length).toBeGreaterThan(10)
    const going = draw([...prepared, ...steps.slice(0, 5)])
    expect(going.filter(message => message.error !== null)).toHaveLength(1)
    expect(going.some(message => message.never)).toBe(false)
  })

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

  test('PKCE-05: a challenge that was taken out of the request is not taken for one that the server has', async () => {
    const { steps } = await signIn()
    const bare = steps.map(step => {
      if (step.kind !== 'authorization_request') return step
      const url = new URL(step.url)
      url.searchParams.delete('code_challenge')
      return { ...step, url: url.href }
    })
    const compared = of(draw(bare), 'pkce_compared')
    expect([compared.checks, short(compared)]).toEqual([[], 'code_verifier'])
  })

  test('a server that answers nonsense compared nothing that we know of', async () => {
    const messages = draw((await signIn({ failAt: 'token_html' })).steps)
    expect(
      messages.filter(message => message.kind === 'pkce_compared' && message.status !== 'upcoming'),
    ).toEqual([])
  })

  test('the person says no: the page was shown, and that was the answer', async () => {
    const messages = draw((await signIn({ failAt: 'access_denied' })).steps)
    expect(of(messages, 'sign_in_page').status).toBe('done')
    expect(of(messages, 'consent_given')).toMatchObject({ label: 'Said no', status: 'done' })
    expect(of(messages, 'authorization_response').label).toBe('Redirect to /callback, access_denied')
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
      status: 'done',
      error: null,
      warning: { code: 'revocation_failed' },
    })
    expect(of(messages, 'end_session_response').status).toBe('done')
  })

  test('a token that nobody can take back is noted, and nothing stops', async () => {
    const messages = draw(await selfEndingSteps())
    const noted = messages.filter(({ warning }) => warning !== null)
    expect(noted.map(({ label, status, error, checks }) => ({ label, status, error, checks }))).toEqual([
      {
        label: '400 unsupported_token_type',
        status: 'done',
        error: null,
        checks: [expect.objectContaining({ outcome: 'warning' })],
      },
    ])
    expect(messages.some(({ error }) => error !== null)).toBe(false)
  })

  test('a revocation that nobody answered is noted at the request', async () => {
    const steps = (await selfEndingSteps()).flatMap((step): Step[] =>
      step.kind === 'revocation_response' && step.exchange === 'access'
        ? []
        : step.kind === 'failed'
          ? [{ ...step, during: 'revocation_request', error: { code: 'revocation_failed' } }]
          : [step],
    )
    const noted = draw(steps).filter(({ warning }) => warning !== null)
    expect(noted.map(({ kind, status }) => [kind, status])).toEqual([['revocation_request', 'done']])
  })
})
