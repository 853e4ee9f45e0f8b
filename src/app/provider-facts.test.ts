import { describe, expect, test } from 'vitest'
import type { Step } from '../oauth/step.ts'
import type { Trace } from '../trace/entry.ts'
import { clientId, issuer, refresh, scope, signIn } from '../trace/fixtures.test-data.ts'
import { failedStep, failureFacts, signInFacts } from './provider-facts.ts'

const traceOf = (steps: readonly Step[]): Trace => ({
  entries: steps.map((step, seq) => ({ id: String(seq), seq, tab: 'a', step, redacted: false })),
  folded: [],
})

/** The flow of a hidden frame, whose answer has no refresh token. */
async function frameWithoutRefreshToken(): Promise<readonly Step[]> {
  const { steps } = await signIn({ via: 'frame' })
  return steps.map(step =>
    step.kind === 'token_response'
      ? { ...step, response: { ...step.response, body: step.response.body.replace('refresh_token', 'none') } }
      : step,
  )
}

describe('the last sign-in', () => {
  test('RT-09: what a hidden frame brought after it does not count', async () => {
    const { steps } = await signIn()
    const facts = signInFacts(traceOf([...steps, ...(await frameWithoutRefreshToken())]))
    expect(facts).toMatchObject({ refreshTokenCame: true, issuer, clientId, scope })
  })

  test('a frame alone is no sign-in', async () => {
    expect(signInFacts(traceOf(await frameWithoutRefreshToken()))).toBeNull()
    expect(signInFacts(traceOf([]))).toBeNull()
  })

  test('AREQ-03: tells how it was made: a window comes back to another address than the tab', async () => {
    for (const via of ['redirect', 'popup'] as const)
      expect(signInFacts(traceOf((await signIn({ via })).steps))?.via).toBe(via)
  })

  test('RT-10: the renewal after it tells of the rotation', async () => {
    const { steps, flow, values } = await signIn()
    const renewed = await refresh(flow, values.refreshToken)
    expect(signInFacts(traceOf([...steps, ...renewed.steps]))?.refreshTokenRotated).toBe(true)
    const body = JSON.stringify({ access_token: 'next', refresh_token: values.refreshToken })
    const lasting = renewed.steps.map(step =>
      step.kind === 'refresh_response' ? { ...step, response: { ...step.response, body } } : step,
    )
    expect(signInFacts(traceOf([...steps, ...lasting]))?.refreshTokenRotated).toBe(false)
  })
})

describe('a failure', () => {
  test('PAR-06: of a pushed request is one of the sign-in, not of the exchange', async () => {
    const { steps } = await signIn({ failAt: 'access_denied' })
    const error = { code: 'network_or_cors_blocked' }
    const failing = steps.map(step =>
      step.kind === 'failed' ? { ...step, during: 'par_response' as const, error } : step,
    )
    expect((await failureFacts(traceOf(failing), error)).during).toBe('sign_in')
  })

  test('RESP-12: the age of a code is counted from the answer that brought it, not from the way to the provider', async () => {
    const { steps } = await signIn({ failAt: 'token_grant' })
    const left = steps.find(step => step.kind === 'authorization_request')?.at ?? 0
    const minute = 60_000
    const slow = steps.map(step => {
      if (step.kind === 'authorization_response') return { ...step, at: left + 5 * minute }
      if (step.kind === 'token_request') return { ...step, at: left + 5 * minute + 400 }
      return step.kind === 'failed' ? { ...step, at: left + 6 * minute } : step
    })
    const error = { code: 'token_response_error' }
    expect(await failureFacts(traceOf(slow), error)).toMatchObject({
      codeAge: 400,
      transactionAge: 6 * minute,
    })
    expect((await failureFacts(traceOf([]), error)).codeAge).toBeNull()
  })

  test('whose code the trace does not know borrows nothing of another one', async () => {
    const { steps } = await signIn({ failAt: 'token_grant' })
    const named = { code: 'popup_opener_severed' }
    expect(failedStep(traceOf(steps), named)).toBeUndefined()
    expect(await failureFacts(traceOf(steps), named)).toMatchObject({
      during: 'exchange',
      transactionAge: null,
      exchanges: null,
      redirectUriAsked: null,
    })
    // A session does not end by a sign-in.
    expect(failedStep(traceOf(steps), { code: 'session_expired' })).toBeUndefined()
  })

  test('of the same words as an earlier one is another failure', async () => {
    const [one, two] = [await signIn({ failAt: 'token_grant' }), await signIn({ failAt: 'token_grant' })]
    const error = one.steps.findLast(step => step.kind === 'failed')?.error ?? { code: '' }
    expect(failedStep(traceOf(one.steps), error)?.flow).toBe(one.flow)
    expect(failedStep(traceOf([...one.steps, ...two.steps]), error)?.flow).toBe(two.flow)
  })

  test('of a renewal is remembered, by what it was tried with', async () => {
    const { steps, flow, values } = await signIn()
    const over = { code: 'session_expired' }
    expect((await failureFacts(traceOf(steps), over)).lastRenewal).toBeNull()
    const refused = await refresh(flow, values.refreshToken, 'grant')
    const byToken = [...steps, ...refused.steps]
    const known = await failureFacts(traceOf(byToken), over)
    expect(known.lastRenewal?.by).toBe('refresh_token')
    const frame = await signIn({ via: 'frame', failAt: 'access_denied' })
    const profile = await signIn({ failAt: 'profile_401' })
    const later = await failureFacts(traceOf([...byToken, ...frame.steps, ...profile.steps]), over)
    expect(later.lastRenewal).toEqual({ by: 'frame', code: 'auth_response_access_denied' })
  })
})
