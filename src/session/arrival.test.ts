import { describe, expect, it } from 'vitest'
import { clientConfig, issuer } from '../oauth/client.test-data.ts'
import {
  boot,
  comeBack,
  createWorld,
  leave,
  openPage,
  type Page,
  signedIn,
  stops,
  type World,
} from './signed-in.test-data.ts'

async function away(wish = { returnTo: '/orders' }) {
  const world = await createWorld()
  const page = openPage(world)
  await boot(page)
  return { world, page, url: await leave(page, wish) }
}
const parametersOf = (url: string) => Object.fromEntries(new URL(url).searchParams)
const refusal = (url: string, error: string) =>
  `?error=${error}&state=${parametersOf(url)['state']}&iss=${encodeURIComponent(issuer)}`
const hint = ({ browser }: World) => JSON.parse(browser.local.get('pkce-lens.was-signed-in') ?? 'null')

/** Boots a page, and lets the hidden frame that it opens find the session. */
async function found(world: World, page: Page, path: string) {
  const booting = boot(page, path)
  const frame = await page.tab.opened('frames')
  frame.answer(world.provider.authorize(frame.url))
  return booting
}

describe('what a page load means', () => {
  it.each([
    ['?code=a', 'auth_response_state_missing'],
    ['?state=b', 'auth_response_state_unknown'],
    ['?error=x', 'auth_response_state_missing'],
    ['?a=b&code=c', 'auth_response_state_missing'],
    ['#access_token=a', 'auth_response_unexpected_token'],
    ['#id_token=a', 'auth_response_unexpected_token'],
    ['#a=b&id_token=c', 'auth_response_unexpected_token'],
  ])('RESP-09: /callback%s is an answer of a provider', async (query, code) => {
    const page = openPage(await createWorld())
    expect(await boot(page, `/callback${query}`)).toBeNull()
    expect([page.state().error?.code, stops(page)[0]?.flowType]).toEqual([code, 'sign_in'])
  })

  it('a callback says where it leads before it has asked anybody, and nowhere once it has failed', async () => {
    const { world, page, url } = await away()
    const back = openPage(world, page.config, page)
    const done = boot(back, `/callback${world.provider.authorize(url)}`)
    expect([back.state().returnTo, back.state().status]).toEqual(['/orders', 'starting'])
    expect(world.provider.asked.some(each => each.path === 'token')).toBe(false)
    await done
    expect([back.state().returnTo, back.state().status]).toEqual(['/orders', 'signed_in'])
    const denied = openPage(world, page.config, page)
    await boot(denied, `/callback${refusal(await leave(denied, { returnTo: '/orders' }), 'access_denied')}`)
    expect([denied.state().returnTo, denied.state().error?.returnTo]).toEqual([null, '/orders'])
  })

  it.each(['', '?encode=a', '?a=b', '#code'])('/callback%s is none: the way to the start', async query => {
    const page = openPage(await createWorld())
    expect(await boot(page, `/callback${query}`)).toBe('/')
    expect([page.state().status, page.state().error, page.tab.steps]).toEqual(['signed_out', null, []])
  })

  it('a callback that was cleaned already, where the session is found: the way to the profile', async () => {
    const world = await createWorld()
    const again = openPage(world, clientConfig(), await signedIn(world))
    expect(await found(world, again, '/callback')).toBe('/profile')
    expect(again.state().status).toBe('signed_in')
  })

  it.each([
    ['was cleaned already', '/callback'],
    ['was finished before', '/callback?code=a&state=s1'],
  ])(
    '5.7: a callback that %s may leave once to find the session, where no frame is wanted',
    async (_, path) => {
      const world = await createWorld()
      const page = await signedIn(world, { restore: 'redirect' })
      page.tab.session.set('pkce-lens.finished', '{"s1":"/orders"}')
      const again = openPage(world, page.config, page)
      await boot(again, path)
      const [to] = again.tab.navigations
      expect([parametersOf(to?.url ?? '')['prompt'], again.tab.navigations.length]).toEqual(['none', 1])
    },
  )

  it('a page whose address looks like a callback is none', async () => {
    const page = openPage(await createWorld())
    expect(await boot(page, '/orders?code=a&state=b')).toBeNull()
    expect(page.state()).toMatchObject({ status: 'signed_out', error: null })
  })
})

describe('coming back to a callback', () => {
  it('a refusal is final: the reload of it asks the session, and leads to where it began', async () => {
    const { world, page, url } = await away()
    const query = refusal(url, 'access_denied')
    const { page: back } = await comeBack(world, page, query)
    expect(back.state().error?.code).toBe('auth_response_access_denied')
    const again = openPage(world, page.config, back)
    expect([await boot(again, `/callback${query}`), again.state().error]).toEqual(['/orders', null])
    expect(again.tab.steps).toEqual([])
  })

  it('a sign-in that a person began shows that the provider needs the person', async () => {
    const { world, page, url } = await away()
    const { page: back, path } = await comeBack(world, page, refusal(url, 'login_required'))
    expect([path, back.state().error]).toMatchObject([
      null,
      { code: 'silent_interaction_required', returnTo: '/orders' },
    ])
  })

  it('a sign-in says nothing about frames', async () => {
    const { world, page, url } = await away()
    await comeBack(world, page, world.provider.authorize(url))
    expect(hint(world)).toEqual({ issuer, clientId: 'this-app', frame: 'unknown' })
  })
})

describe('a sign-in that was left open', () => {
  it('is told in its own flow, with all that is known', async () => {
    const { world, page } = await away()
    world.browser.sleep(1_499)
    const again = openPage(world, page.config, page)
    expect(await boot(again)).toBeNull()
    const error = {
      code: 'authorization_abandoned',
      expected: 'an answer from the provider',
      received: 'none',
      issuer,
      returnTo: '/orders',
      hints: ['seconds_away:1'],
    }
    expect(stops(again)).toEqual([{ flowType: 'sign_in', during: 'authorization_response', error }])
    expect(again.state()).toMatchObject({ status: 'signed_out', error })
    expect(again.tab.told('failed')[0]?.flow).toBe(page.tab.steps[0]?.flow)
    const third = openPage(world, page.config, again)
    await boot(third)
    expect(third.state().error).toBeNull()
  })

  it('is forgotten where the session is found', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    await leave(page, { moreScope: 'orders' })
    const again = openPage(world, page.config, page)
    await found(world, again, '/')
    expect([again.state().status, again.state().error, stops(again)]).toEqual(['signed_in', null, []])
  })
})
