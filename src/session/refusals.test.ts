import { describe, expect, it } from 'vitest'
import type { SignInWish } from '../oauth/authorization-request.ts'
import { clientConfig, issuer } from '../oauth/client.test-data.ts'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import {
  boot,
  comeBack,
  createWorld,
  leave,
  openPage,
  type Page,
  signedIn,
  stops,
} from './signed-in.test-data.ts'

/** What a person and the lens are told when a sign-in stops: where, why, and how on. */

async function away(config: Record<string, unknown> = {}, wish: SignInWish = { returnTo: '/orders' }) {
  const world = await createWorld()
  const page = openPage(world, clientConfig(config))
  await boot(page)
  const url = await leave(page, wish)
  return {
    world,
    page,
    back: () => comeBack(world, page, world.provider.authorize(url)).then(({ page }) => page),
  }
}

const shown = (page: Page) => page.state().error

describe('a sign-in that cannot leave says why', () => {
  async function stopped(
    prepare: (page: Page) => void,
    config: Record<string, unknown> = {},
    metadata: Record<string, unknown> = {},
  ) {
    const world = await createWorld()
    world.provider.behaviour.metadata = metadata
    const page = openPage(world, clientConfig(config))
    await boot(page)
    prepare(page)
    await page.client.signIn({ returnTo: '/orders' })
    return page
  }
  const asItIs = () => {}

  it.each<
    [
      string,
      (page: Page) => void,
      Record<string, unknown>,
      Record<string, unknown>,
      string,
      OAuthErrorDetails,
    ]
  >([
    [
      'PKCE-10: no secure context',
      page => {
        page.tab.conditions.secure = false
      },
      {},
      {},
      'pkce_created',
      {
        code: 'insecure_context',
        expected: 'https, or localhost',
        received: 'https://app.example',
        clause: 'Web Cryptography API',
      },
    ],
    [
      'DPOP-15: other algorithms',
      asItIs,
      { dpop: true },
      { dpop_signing_alg_values_supported: ['RS256', 'PS256'] },
      'dpop_key_created',
      { code: 'dpop_alg_unsupported', expected: 'ES256', received: 'RS256, PS256', clause: 'RFC 9449 §5.1' },
    ],
    [
      'DPOP-15: no algorithm',
      asItIs,
      { dpop: true },
      { dpop_signing_alg_values_supported: undefined },
      'dpop_key_created',
      { code: 'dpop_alg_unsupported', expected: 'ES256', received: 'nothing', clause: 'RFC 9449 §5.1' },
    ],
    [
      'PAR-05: demanded, and forbidden here',
      asItIs,
      { par: false },
      { require_pushed_authorization_requests: true },
      'par_request',
      {
        code: 'par_required_not_configured',
        expected: 'par: auto or true',
        received: 'false',
        clause: 'RFC 9126 §5',
      },
    ],
    [
      'dropped by the person',
      page => {
        page.tab.conditions.hold = async message => (message.type === 'navigation' ? null : message)
      },
      {},
      {},
      'authorization_request',
      { code: 'message_dropped' },
    ],
  ])('%s', async (_, prepare, config, metadata, during, error) => {
    const page = await stopped(prepare, config, metadata)
    expect(stops(page)).toEqual([{ flowType: 'sign_in', during, error }])
    expect(shown(page)).toEqual({ ...error, returnTo: '/orders' })
  })

  it('the browser stores nothing', async () => {
    const page = await stopped(({ tab }) => {
      tab.conditions.storageFull = true
    })
    expect(shown(page)).toEqual({
      code: 'storage_unavailable',
      expected: 'a few kilobytes of session storage',
      received: 'refused by the browser',
      returnTo: '/orders',
    })
  })
})

describe('a callback that is refused says why', () => {
  it('DPOP-12: the key of the code is gone', async () => {
    const { world, back } = await away({ dpop: true })
    world.browser.keys.clear()
    const error = {
      code: 'dpop_key_unavailable',
      expected: 'the kept key',
      received: 'none',
      clause: 'RFC 9449 §10',
    }
    const page = await back()
    expect(stops(page)).toEqual([{ flowType: 'sign_in', during: 'token_request', error }])
    expect(shown(page)).toEqual({ ...error, returnTo: '/orders' })
  })

  it('RESP-03: a state that nobody sent', async () => {
    const { world, page } = await away()
    const { page: back } = await comeBack(world, page, '?code=a&state=b')
    expect(stops(back)).toMatchObject([
      {
        flowType: 'sign_in',
        during: 'authorization_response_checked',
        error: {
          code: 'auth_response_state_unknown',
          expected: expect.stringContaining('a pending sign-in'),
        },
      },
    ])
  })

  it('IDT-14: an ID token of another sign-in', async () => {
    const { world, back } = await away()
    world.provider.behaviour.claims = { nonce: 'x' }
    const page = await back()
    expect(stops(page)).toMatchObject([
      {
        flowType: 'sign_in',
        during: 'id_token_checked',
        error: { code: 'id_token_nonce_mismatch', issuer },
      },
    ])
    expect(shown(page)?.returnTo).toBe('/orders')
    const [told] = page.tab.told('id_token_checked')
    expect(told?.idToken).toMatch(/^ey/)
    expect(told?.checks.find(({ outcome }) => outcome === 'failed')?.code).toBe('id_token_nonce_mismatch')
  })

  it('META-13: the keys cannot be asked a second time', async () => {
    const { world, back } = await away()
    world.provider.behaviour.person = 'alice'
    const old = await world.provider.answer({ url: `${issuer}/jwks`, method: 'GET', headers: {}, body: null })
    await world.provider.rotateKey()
    world.provider.once('jwks', () => old)
    world.provider.once('jwks', () => Promise.reject(new TypeError('Failed to fetch')))
    expect(shown(await back())).toMatchObject({ code: 'jwks_key_not_found', issuer, returnTo: '/orders' })
  })

  it('a step-up by another person', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    const url = await leave(page, { moreScope: 'orders', returnTo: '/orders' })
    world.provider.behaviour.person = 'bob'
    const { page: back } = await comeBack(world, page, world.provider.authorize(url))
    const error = {
      code: 'silent_subject_changed',
      expected: 'the same person',
      received: 'another person',
    }
    expect(stops(back)).toEqual([{ flowType: 'sign_in', during: 'id_token_checked', error }])
    expect(shown(back)).toEqual({ ...error, returnTo: '/orders' })
  })

  it('dropped by the person', async () => {
    const { world, page } = await away()
    const back = openPage(world, page.config, page)
    back.tab.conditions.hold = async message => (message.type === 'callback' ? null : message)
    await boot(
      back,
      `/callback?code=a&state=${new URL(page.tab.navigations[0]?.url ?? '').searchParams.get('state')}`,
    )
    expect(stops(back)).toEqual([
      { flowType: 'sign_in', during: 'authorization_response', error: { code: 'message_dropped' } },
    ])
    expect(shown(back)).toEqual({ code: 'message_dropped', returnTo: '/orders' })
  })
})
