import { describe, expect, test } from 'vitest'
import { api, type FailurePlace, failurePlaces, signIn } from '../trace/fixtures.test-data.ts'
import { redactTrace } from '../trace/trace-file.ts'
import { compare } from './compare.ts'
import { draw, expectation, fingerprint, of, traceOf } from './fixtures.test-data.ts'
import type { Message } from './message.ts'
import { sequence } from './sequence.ts'

describe('two runs side by side', () => {
  test('two good runs are the same story, though no random value is', async () => {
    const [one, two] = [draw((await signIn()).steps), draw((await signIn()).steps)]
    const compared = compare(one, two)
    expect(compared.firstDifference).toBeNull()
    expect(compared.rows).toHaveLength(18)
    expect(compared.rows.every(row => row.left?.kind === row.right?.kind)).toBe(true)
  })

  const firsts: Readonly<Record<FailurePlace, Message['kind']>> = {
    discovery_network: 'discovery_request',
    discovery_issuer: 'discovery_response',
    keys: 'keys_request',
    par: 'authorization_request',
    insecure_endpoint: 'authorization_request',
    abandoned: 'authorization_request',
    access_denied: 'consent_given',
    state: 'authorization_response_checked',
    iss: 'authorization_response',
    token_network: 'token_request',
    token_grant: 'pkce_compared',
    token_html: 'pkce_compared',
    id_token_nonce: 'id_token_checked',
    id_token_signature: 'id_token_checked',
    userinfo_sub: 'profile_request',
    profile_401: 'access_token_checked',
    profile_network: 'profile_request',
  }

  test.each(failurePlaces)(
    'a run that failed at %s: the first difference is where the stories part',
    async failAt => {
      const compared = compare(draw((await signIn()).steps), draw((await signIn({ failAt })).steps))
      const first = compared.rows[compared.firstDifference ?? -1]
      expect((first?.right ?? first?.left)?.kind).toBe(firsts[failAt])
    },
  )

  test('metadata that one run had at hand already is not where the stories part', async () => {
    const fresh = draw((await signIn()).steps)
    const cached = draw((await signIn({ failAt: 'state' })).steps).filter(
      ({ kind }) => !/^(discovery|keys)_/.test(kind),
    )
    const { rows, firstDifference } = compare(fresh, cached)
    expect(rows[0]).toMatchObject({ left: { kind: 'discovery_request' }, right: null })
    expect(rows[firstDifference ?? -1]?.right?.kind).toBe('authorization_response_checked')
    const same = compare(
      fresh,
      fresh.filter(({ kind }) => !/^(discovery|keys)_/.test(kind)),
    )
    expect(same.firstDifference).toBe(0)
  })

  test('says what differs: a parameter, a check, an error', async () => {
    const good = draw((await signIn()).steps)
    const other = draw(
      (await signIn({ failAt: 'id_token_nonce' })).steps.map(step =>
        step.kind === 'authorization_request'
          ? { ...step, url: step.url.replace('code_challenge_method=S256', 'code_challenge_method=plain') }
          : step,
      ),
    )
    const { rows, firstDifference } = compare(good, other)
    expect(rows[firstDifference ?? -1]?.differences).toEqual([
      { what: 'parameter', name: 'code_challenge_method', left: 'S256', right: 'plain' },
    ])
    const check = rows.find(row => row.left?.kind === 'id_token_checked')
    expect(check?.differences.map(({ what, right }) => `${what} ${right}`)).toEqual([
      'status blocked',
      'error id_token_nonce_mismatch',
      'check failed',
    ])
  })

  test('a parameter that is missing on one side, and an edit, are differences', async () => {
    const good = draw((await signIn()).steps)
    const edited = draw((await signIn({ tamper: true })).steps)
    const row = compare(good, edited).rows.find(({ left }) => left?.kind === 'token_request')
    expect(row?.differences.map(({ what }) => what)).toEqual(['status', 'tampered'])
    const without = draw(
      (await signIn()).steps.map(step =>
        step.kind === 'authorization_request' ? { ...step, url: step.url.replace(/&nonce=[^&]+/, '') } : step,
      ),
    )
    expect(compare(good, without).rows.flatMap(({ differences }) => differences)).toEqual([
      { what: 'parameter', name: 'nonce', left: 'present', right: 'absent' },
    ])
  })

  test('the key of DPoP is new in every run', async () => {
    const run = async () => {
      const { steps } = await signIn({ useDpop: true })
      const key = steps.find(step => step.kind === 'dpop_key_created')
      return draw(
        steps.map(step =>
          step.kind === 'authorization_request'
            ? {
                ...step,
                url: `${step.url}&dpop_jkt=${key?.kind === 'dpop_key_created' ? key.thumbprint : ''}`,
              }
            : step,
        ),
      )
    }
    expect(compare(await run(), await run()).firstDifference).toBeNull()
  })

  test('WEB-19: a story that was kept without secrets, beside one that was not: no name is told by it', async () => {
    const run = async (name: string) =>
      (await signIn()).steps.map(step =>
        step.kind === 'authorization_request'
          ? { ...step, url: `${step.url}&login_hint=${name}` }
          : step.kind === 'profile_request'
            ? { ...step, request: { ...step.request, url: `${api}/users/${name}` } }
            : step,
      )
    const kept = sequence(
      redactTrace(traceOf(await run('al%C3%ADce')), fingerprint),
      expectation,
      fingerprint,
    )
    expect(of(kept, 'profile_request').label).toBe('GET /users/redacted.personal.5')
    expect(compare(kept, draw(await run('al%C3%ADce'))).firstDifference).toBeNull()
    const { rows } = compare(draw(await run('somebody')), kept)
    expect(rows.flatMap(({ differences }) => differences)).toEqual([
      { what: 'parameter', name: 'login_hint', left: 'redacted.personal.8', right: 'redacted.personal.5' },
      {
        what: 'label',
        name: '',
        left: 'GET /users/redacted.personal.8',
        right: 'GET /users/redacted.personal.5',
      },
    ])
  })

  test('with nothing on one side, everything stands alone', async () => {
    const good = draw((await signIn()).steps)
    expect(compare(good, []).rows.every(row => row.right === null)).toBe(true)
    expect(compare([], []).firstDifference).toBeNull()
  })
})
