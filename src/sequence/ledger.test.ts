import { describe, expect, test } from 'vitest'
import { held, refresh, signIn, signOut } from '../trace/fixtures.test-data.ts'
import { redactTrace } from '../trace/trace-file.ts'
import { draw, expectation, fingerprint, of, traceOf } from './fixtures.test-data.ts'
import { type Knower, knowers, ledger } from './ledger.ts'
import type { Message } from './message.ts'
import { sequence } from './sequence.ts'

function knows(messages: readonly Message[], upTo: string | null): Record<string, Knower[]> {
  return Object.fromEntries(
    ledger(messages, upTo).map(row => [
      row.carried.value,
      knowers.filter(knower => row.since[knower] !== undefined),
    ]),
  )
}

describe('who knows what', () => {
  test('RFC 9700 §2.1.1: before the token request nobody but the app knows the verifier; the attacker has the rest', async () => {
    const messages = draw((await signIn()).steps)
    const checked = of(messages, 'authorization_response_checked').id
    expect(knows(messages, checked)).toEqual({
      code_verifier: ['app'],
      code_challenge: ['you', 'app', 'authorization-server', 'attacker'],
      state: ['you', 'app', 'authorization-server', 'attacker'],
      nonce: ['you', 'app', 'authorization-server', 'attacker'],
      code: ['you', 'app', 'authorization-server', 'attacker'],
    })
  })

  test('at the end the attacker has no token', async () => {
    const messages = draw((await signIn()).steps)
    const now = knows(messages, null)
    expect(now['access_token']).toEqual(['app', 'authorization-server', 'resource-server'])
    expect(now['refresh_token']).toEqual(['app', 'authorization-server'])
    expect(now['id_token']).toEqual(['app', 'authorization-server'])
    expect(now['code_verifier']).toEqual(['app', 'authorization-server'])
  })

  test('nothing is known before it has happened', async () => {
    const messages = draw((await signIn()).steps)
    expect(ledger(messages, of(messages, 'discovery_response').id)).toEqual([])
    expect(ledger(draw([]), null)).toEqual([])
    expect(Object.keys(knows(messages, of(messages, 'pkce_created').id))).toEqual([
      'code_verifier',
      'code_challenge',
    ])
  })

  test('what was used up is spent, and by which message', async () => {
    const { steps, flow, values } = await signIn()
    const renewed = await refresh(flow, values.refreshToken)
    const messages = draw([...steps, ...renewed.steps, ...signOut(flow, { ...values, ...renewed })])
    const spentBy = (text: string) => {
      const row = ledger(messages, null).find(({ carried }) => carried.fingerprint === fingerprint(text))
      return messages.find(message => message.id === row?.spentBy)?.kind ?? null
    }
    expect(spentBy(values.code)).toBe('token_request')
    expect(spentBy(values.verifier)).toBe('token_request')
    expect(spentBy(values.state)).toBe('authorization_response_checked')
    expect(spentBy(values.nonce)).toBe('id_token_checked')
    expect(spentBy(values.refreshToken)).toBe('refresh_response')
    expect(spentBy(renewed.refreshToken)).toBe('revocation_response')
    expect(spentBy(renewed.accessToken)).toBeNull()
  })

  test('RFC 7009 §2.2: a token that the provider did not take back still opens something', async () => {
    const { steps, flow, values } = await signIn()
    const messages = draw([...steps, ...signOut(flow, values, 'revocation')])
    expect(of(messages, 'revocation_response').response?.status).toBe(503)
    const row = ledger(messages, null).find(
      ({ carried }) => carried.fingerprint === fingerprint(values.refreshToken),
    )
    expect(row?.spentBy).toBeNull()
  })

  test('the attacker of a hidden frame sees no address', async () => {
    const messages = draw((await signIn({ via: 'frame' })).steps)
    expect(Object.values(knows(messages, null)).flat()).not.toContain('attacker')
  })

  test('a request that got no answer may not have arrived', async () => {
    const messages = draw((await signIn({ failAt: 'token_network' })).steps)
    expect(knows(messages, null)['code_verifier']).toEqual(['app'])
    const spent = ledger(messages, null).filter(({ spentBy }) => spentBy !== null)
    // Whoever has the code may still be the first who uses it.
    expect(spent.map(({ carried }) => carried.value)).toEqual(['state'])
  })

  test('a message that is held has told nobody anything', async () => {
    const messages = draw((await held()).steps)
    expect(knows(messages, null)['code_verifier']).toEqual(['app'])
  })

  test('after a reload the same parties know the same values', async () => {
    const trace = traceOf((await signIn()).steps)
    const raw = sequence(trace, expectation, fingerprint)
    const redacted = sequence(redactTrace(trace, fingerprint), expectation, fingerprint)
    expect(knows(redacted, null)).toEqual(knows(raw, null))
  })
})
