import { describe, expect, it } from 'vitest'
import { issuer } from '../oauth/client.test-data.ts'
import { json, offline } from './fake-provider.test-data.ts'
import { boot, comeBack, createWorld, leave, openPage, signedIn, stops } from './signed-in.test-data.ts'

const config = { profile_url: 'https://api.example/me' }

describe('the profile', () => {
  it('comes from UserInfo, with the flow of the sign-in', async () => {
    const page = await signedIn(await createWorld())
    expect(page.state().profile).toEqual({
      status: 'ready',
      source: 'userinfo',
      url: `${issuer}/userinfo`,
      claims: { sub: 'alice', name: 'alice', email: 'alice@op.example' },
      error: null,
    })
    const [told] = page.tab.told('userinfo_request')
    expect(told?.request.headers['accept']).toBe('application/json')
    expect([told?.flow, told?.flowType]).toEqual([page.tab.told('token_request')[0]?.flow, 'sign_in'])
  })

  it('or from the API that the configuration names', async () => {
    const page = await signedIn(await createWorld(), config)
    expect(page.state().profile).toMatchObject({
      status: 'ready',
      source: 'profile',
      url: 'https://api.example/me',
    })
    expect(page.tab.told('profile_response')).toHaveLength(1)
  })

  it('an API need not say whose it is, UserInfo must', async () => {
    const world = await createWorld()
    for (const [used, path, status] of [
      [config, 'api', 'ready'],
      [{}, 'userinfo', 'failed'],
    ] as const) {
      const page = await signedIn(world, used)
      world.provider.once(path, () => json({ email: 'x' }))
      await page.client.loadProfile()
      expect(page.state().profile.status).toBe(status)
    }
  })

  it('UINF-01: or from nowhere, where there is neither', async () => {
    const world = await createWorld()
    world.provider.behaviour.metadata = { userinfo_endpoint: undefined }
    const page = openPage(world)
    await boot(page)
    const { page: back } = await comeBack(world, page, world.provider.authorize(await leave(page)))
    await back.client.loadProfile()
    expect([back.state().status, back.state().profile.status, world.provider.count('userinfo')]).toEqual([
      'signed_in',
      'idle',
      0,
    ])
  })

  it('of nobody is not asked', async () => {
    const page = openPage(await createWorld())
    await boot(page)
    await page.client.loadProfile()
    expect(page.state().profile.status).toBe('idle')
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
      profile: {
        status: 'failed',
        source: path === 'api' ? 'profile' : 'userinfo',
        url: path === 'api' ? 'https://api.example/me' : `${issuer}/userinfo`,
        claims: null,
        error: { code },
      },
    })
    const during = path === 'api' ? 'profile_response' : 'userinfo_response'
    expect(stops(page)).toMatchObject([{ flowType: 'sign_in', during, error: { code } }])
    await page.client.loadProfile()
    expect(page.state().profile).toMatchObject({ status: 'ready', error: null })
  })

  it('shows what is there while it is asked again', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    const loading = page.client.loadProfile()
    expect(page.state().profile).toEqual({
      status: 'loading',
      source: 'userinfo',
      url: `${issuer}/userinfo`,
      claims: expect.objectContaining({ sub: 'alice' }),
      error: null,
    })
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

it('an answer that was asked for before the newest one is not shown', async () => {
  const world = await createWorld()
  const page = await signedIn(world)
  let arrive = () => {}
  const late = new Promise<void>(resolve => {
    arrive = resolve
  })
  world.provider.once('userinfo', () => late.then(() => json({}, 500)))
  const older = page.client.loadProfile()
  await page.tab.until('userinfo_request', 2)
  await page.client.loadProfile()
  arrive()
  await older
  expect(page.state().profile).toMatchObject({ status: 'ready', claims: { sub: 'alice' }, error: null })
})

it('is part of the story that found the session', async () => {
  const world = await createWorld()
  await signedIn(world)
  const page = await signedIn(world)
  const { flow, flowType } = page.tab.told('userinfo_request')[0] ?? {}
  expect([flow, flowType]).toEqual([page.tab.told('flow_started')[0]?.flow, 'restore'])
})
