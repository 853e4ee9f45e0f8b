import { describe, expect, it } from 'vitest'
import { issuer } from '../oauth/client.test-data.ts'
import { json, offline } from './fake-provider.test-data.ts'
import { createWorld, signedIn } from './signed-in.test-data.ts'

const config = { profile_url: 'https://api.example/me' }

describe('the profile', () => {
  it('comes from UserInfo, with the flow of the sign-in', async () => {
    const page = await signedIn(await createWorld())
    expect(page.state().profile).toMatchObject({
      status: 'ready',
      source: 'userinfo',
      url: `${issuer}/userinfo`,
    })
    const [told] = page.tab.told('userinfo_request')
    expect([told?.flow, told?.flowType]).toEqual([page.tab.told('token_request')[0]?.flow, 'sign_in'])
  })

  it('or from the API that the configuration names', async () => {
    const page = await signedIn(await createWorld(), config)
    expect(page.state().profile).toMatchObject({
      status: 'ready',
      source: 'api',
      url: 'https://api.example/me',
    })
    expect(page.tab.told('profile_response')).toHaveLength(1)
  })

  it.each([
    [
      'UINF-02: another person',
      {},
      'userinfo',
      () => json({ sub: 'bob', email: 'x' }),
      'userinfo_sub_mismatch',
    ],
    [
      'UINF-02: another person',
      config,
      'api',
      () => json({ sub: 'bob', email: 'x' }),
      'userinfo_sub_mismatch',
    ],
    ['UINF-04: no JSON', {}, 'userinfo', () => new Response('<html>'), 'userinfo_not_json'],
    ['BEAR-05: a refusal', config, 'api', () => json({}, 403), 'resource_insufficient_scope'],
    ['no network', config, 'api', offline, 'resource_request_failed'],
  ] as const)('%s: nothing of it is kept, the session stays', async (_, used, path, answer, code) => {
    const world = await createWorld()
    const page = await signedIn(world, used)
    world.provider.once(path, answer)
    await page.client.loadProfile()
    expect(page.state()).toMatchObject({
      status: 'signed_in',
      profile: { status: 'failed', claims: null, error: { code } },
    })
    await page.client.loadProfile()
    expect(page.state().profile).toMatchObject({ status: 'ready', error: null })
  })

  it('shows what is there while it is asked again', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    const loading = page.client.loadProfile()
    expect(page.state().profile).toMatchObject({ status: 'loading', claims: { sub: 'alice' } })
    await loading
  })

  it.each([
    ['answer', () => json({ sub: 'alice', email: 'late' })],
    ['failure', () => json({}, 500)],
  ] as const)('LOUT-09: an %s that arrives after the sign-out is not shown', async (_, answer) => {
    const world = await createWorld()
    const page = await signedIn(world)
    world.provider.once('userinfo', async () => {
      await page.client.signOut()
      return answer()
    })
    await page.client.loadProfile()
    expect(page.state().profile).toMatchObject({ status: 'idle', claims: null, error: null })
  })
})
