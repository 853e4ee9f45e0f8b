import { describe, expect, it } from 'vitest'
import type { SignInWish } from '../oauth/authorization-request.ts'
import { clientConfig, issuer } from '../oauth/client.test-data.ts'
import { json, offline } from './fake-provider.test-data.ts'
import {
  boot,
  comeBack,
  createWorld,
  leave,
  openPage,
  type Page,
  signedIn,
  type World,
} from './signed-in.test-data.ts'

const answer = (world: World, url: string, change: (query: URLSearchParams) => void = () => {}) => {
  const query = new URLSearchParams(world.provider.authorize(url))
  change(query)
  return `?${query}`
}

/** As far as the address to come back to. */
async function away(config: Record<string, unknown> = {}) {
  const world = await createWorld()
  const page = openPage(world, clientConfig(config))
  await boot(page)
  return { world, page, url: await leave(page, { returnTo: '/orders' }) }
}
type Away = Awaited<ReturnType<typeof away>>

const calls = ({ provider }: World) => provider.asked.map(each => each.path)
/** The tokens that the provider gave, if it gave any. */
const tokensIn = ({ tab }: Page): string[] => {
  const given: Record<string, string | undefined> = JSON.parse(
    tab.told('token_response')[0]?.response.body ?? '{}',
  )
  return [given['access_token'], given['refresh_token']].flatMap(token => token ?? [])
}
/** Everything that a script of this origin could find lying about. */
const stored = ({ browser }: World, { tab }: Page) => JSON.stringify([[...browser.local], [...tab.session]])

describe('what is refused before anything is sent', () => {
  it.each<[string, (query: URLSearchParams) => void, string]>([
    ['RESP-02: no state', query => query.delete('state'), 'auth_response_state_missing'],
    [
      'RESP-03, RESP-13: a state nobody sent here',
      query => query.set('state', 'x'),
      'auth_response_state_unknown',
    ],
    ['RESP-06: the code twice', query => query.append('code', 'b'), 'auth_response_duplicate_parameter'],
    ['ISS-01: no iss though promised', query => query.delete('iss'), 'auth_response_issuer_missing'],
    [
      'ISS-02: another iss',
      query => query.set('iss', 'https://evil.example'),
      'auth_response_issuer_mismatch',
    ],
    ['RESP-07: code and error', query => query.set('error', 'x'), 'auth_response_malformed'],
    ['RESP-09: a token', query => query.set('access_token', 'x'), 'auth_response_unexpected_token'],
  ])('%s', async (_, change, code) => {
    const { world, page, url } = await away()
    const before = world.provider.asked.length
    const back = await comeBack(world, page, answer(world, url, change))
    expect([back.page.state().status, back.page.state().error?.code, back.path]).toEqual([
      'signed_out',
      code,
      null,
    ])
    expect(calls(world).slice(before)).toEqual([])
  })

  it('RESP-12: too late', async () => {
    const { world, page, url } = await away()
    const query = answer(world, url)
    world.browser.sleep(600_001)
    const back = await comeBack(world, page, query)
    expect(back.page.state().error).toMatchObject({
      code: 'auth_response_transaction_expired',
      returnTo: '/orders',
    })
    expect(world.provider.count('token')).toBe(0)
  })

  it('RESP-03: the state of another tab is not ours', async () => {
    const { world, page, url } = await away()
    const stranger = openPage(world)
    await boot(stranger, `/callback${answer(world, url)}`)
    expect([stranger.state().error?.code, world.provider.count('token')]).toEqual([
      'auth_response_state_unknown',
      0,
    ])
    expect(page.tab.session.size).toBeGreaterThan(0)
  })

  it('a denial says so and leads back to where it began', async () => {
    const { world, page, url } = await away()
    const state = new URL(url).searchParams.get('state') ?? ''
    const back = await comeBack(
      world,
      page,
      `?error=access_denied&error_description=no&state=${state}&iss=${encodeURIComponent(issuer)}`,
    )
    expect(back.page.state().error).toMatchObject({
      code: 'auth_response_access_denied',
      protocolDescription: 'no',
      returnTo: '/orders',
    })
  })
})

describe('TOK-11: a refused answer makes no further call with the token', () => {
  const refused = async (told: (away: Away) => void) => {
    const found = await away()
    told(found)
    const { world, page, url } = found
    const back = await comeBack(world, page, answer(world, url))
    expect([world.provider.count('userinfo'), world.provider.count('token')]).toEqual([0, 1])
    for (const token of tokensIn(back.page)) expect(stored(world, back.page)).not.toContain(token)
    expect(back.page.state()).toMatchObject({ status: 'signed_out', claims: null })
    return back.page.state().error
  }

  it.each<[string, Record<string, unknown>, string]>([
    ['IDT-14: another nonce', { nonce: 'x' }, 'id_token_nonce_mismatch'],
    ['IDT-14: no nonce', { nonce: undefined }, 'id_token_nonce_missing'],
    ['IDT-02: another issuer', { iss: 'https://evil.example' }, 'id_token_issuer_mismatch'],
    ['IDT-03: another audience', { aud: 'other' }, 'id_token_audience_mismatch'],
    ['IDT-12: expired', { exp: 1 }, 'id_token_expired'],
    ['IDT-20: another at_hash', { at_hash: 'x' }, 'id_token_at_hash_mismatch'],
  ])('%s', async (_, claims, code) => {
    const error = await refused(({ world }) => {
      world.provider.behaviour.claims = claims
    })
    expect(error).toMatchObject({ code, issuer, returnTo: '/orders' })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['TOK-10: no ID token', { id_token: undefined }, 'token_response_missing_id_token'],
    ['TOK-05: token_type mac', { token_type: 'mac' }, 'token_response_unsupported_token_type'],
    ['IDT-01: no JWT', { id_token: 'x' }, 'id_token_malformed'],
  ])('%s', async (_, tokens, code) => {
    const error = await refused(({ world }) => {
      world.provider.behaviour.tokens = tokens
    })
    expect(error?.code).toBe(code)
  })

  it('TOK-12: a network that fails after the code was sent: no second attempt', async () => {
    const error = await refused(({ world }) => world.provider.once('token', offline))
    expect(error?.code).toBe('network_or_cors_blocked')
  })

  it('TOK-09: the provider refuses the code', async () => {
    const error = await refused(({ world }) =>
      world.provider.once('token', () => json({ error: 'invalid_grant', error_description: 'expired' }, 400)),
    )
    expect(error).toMatchObject({ code: 'token_response_error', protocolError: 'invalid_grant' })
  })

  it.each<[string, SignInWish, Record<string, unknown>, string]>([
    [
      'IDT-18: the password was given longer ago',
      { maxAge: 60 },
      { auth_time: 1 },
      'id_token_auth_time_too_old',
    ],
    ['IDT-19: another acr', { acrValues: 'gold' }, { acr: 'silver' }, 'id_token_acr_unsatisfied'],
  ])('%s than was asked', async (_, wish, claims, code) => {
    const world = await createWorld()
    const page = openPage(world)
    await boot(page)
    const url = await leave(page, wish)
    world.provider.behaviour.claims = claims
    expect((await comeBack(world, page, answer(world, url))).page.state().error?.code).toBe(code)
  })

  it('a step-up by another person is refused', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    const url = await leave(page, { moreScope: 'orders' })
    world.provider.behaviour.person = 'bob'
    const back = await comeBack(world, page, answer(world, url))
    expect([back.page.state().error?.code, back.page.state().claims]).toEqual([
      'silent_subject_changed',
      null,
    ])
  })
})
