/** Checks against the real demo provider, good and with a fault. All of them in a browser are in e2e. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { WeaknessId } from '../../provider/weaknesses.ts'
import { longerGrace } from '../attack/refresh-attack.ts'
import { type RealProvider, startRealProvider } from '../experiments/real-provider.test-data.ts'
import { seenIn } from './real-card.test-data.ts'

let real: RealProvider
beforeAll(async () => {
  real = await startRealProvider()
})
afterAll(() => real.demo.close())
afterEach(() => {
  real.demo.weaknesses.set([])
  vi.useRealTimers()
})

describe('a good provider', () => {
  it.each([
    [2, 'S256'],
    [16, '200, without lens_no_such_scope'],
    [28, 'another: 400 invalid_grant, none: 400 invalid_request'],
    [35, '400 invalid_grant'],
    [39, ' checks hold'],
    [40, 'the same sub'],
    [46, 'twice: kept at the provider, by another: kept at the provider'],
  ])('check %i is safe: %s', async (number, seen) => {
    expect((await seenIn(real, number)).finding).toMatchObject({
      verdict: 'safe',
      seen: expect.stringContaining(seen),
    })
  })

  it('gives no code at another path, and is asked no more often than the forms and one clean request', async () => {
    const { finding, opened } = await seenIn(real, 10)
    expect(finding).toMatchObject({ verdict: 'safe', seen: 'kept at the provider' })
    expect(opened).toHaveLength(5)
    const forms = opened.slice(0, 4).map(url => /redirect_uri=([^&]*)/.exec(url)?.[1] ?? '')
    for (const [i, form] of ['lens-wrong%2F..%2F', '%2F..%2F', '%3B%2F..%2F', '%252e%252e'].entries())
      expect(forms[i]).toContain(form)
  })
})

describe('the sign-out to an address that is not registered', () => {
  it('TOK-13: carries no token in its address', async () => {
    const visited: string[] = []
    const { finding } = await seenIn(
      real,
      38,
      {},
      {
        announce: async () => true,
        lookAt: () => ({ answer: Promise.resolve('stayed'), done: () => {} }),
        window: async () => ({
          go(url) {
            visited.push(url)
            return { answer: new Promise(() => {}), close: () => {} }
          },
          landedAt: () => null,
          close: () => {},
        }),
      },
    )
    expect(finding?.verdict).toBe('stayed')
    expect(visited.map(url => [...new URL(url).searchParams.keys()].sort())).toEqual([
      ['client_id', 'post_logout_redirect_uri', 'state'],
    ])
  })
})

describe('a faulty provider', () => {
  it.each<[WeaknessId, number, object]>([
    ['no_pkce_in_metadata', 2, { verdict: 'unreadable' }],
    ['loose_redirect_path', 10, { verdict: 'unsafe' }],
    ['redirect_uri_ignored_at_token', 28, { verdict: 'unsafe' }],
    ['refresh_reuse_accepted', 35, { verdict: 'unsafe', note: expect.stringContaining(longerGrace) }],
    ['refresh_family_survives', 35, { verdict: 'unsafe', note: expect.stringContaining('successor') }],
    ['id_token_wrong_key', 39, { verdict: 'unsafe' }],
    ['userinfo_wrong_sub', 40, { verdict: 'unsafe', seen: 'another sub' }],
    ['no_iss', 17, { verdict: 'unsafe', level: 'should' }],
    ['par_reusable', 46, { verdict: 'unsafe', level: 'should' }],
  ])('%s is found by check %i', async (weakness, number, found) => {
    real.demo.weaknesses.set([weakness])
    expect((await seenIn(real, number)).finding).toMatchObject(found)
  })
})
