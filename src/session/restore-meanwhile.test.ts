import { describe, expect, it } from 'vitest'
import { turn } from './fake-ports.test-data.ts'
import {
  boot,
  comeBack,
  createWorld,
  onTheWay,
  openPage,
  type Page,
  signedIn,
  signInByPopup,
  type World,
} from './signed-in.test-data.ts'

/** A page that is loaded anew and waits for its hidden frame. */
async function waiting(path: string, isProtected = false) {
  const world = await createWorld()
  const before = await signedIn(world)
  const page = openPage(world, before.config, before)
  const booting = boot(page, path, isProtected)
  const frame = await page.tab.opened('frames')
  return { world, page, booting, frame }
}
/** A page whose hidden frame was answered, and whose tokens are on their way until `arrive` is called. */
async function redeeming(world: World) {
  const there = openPage(world)
  const booting = boot(there)
  const frame = await there.tab.opened('frames')
  const arrive = onTheWay(world, 'token')
  frame.answer(world.provider.authorize(frame.url))
  await there.tab.until('token_request')
  return { there, arrive, booting }
}

const who = (page: Page) => [page.state().status, page.state().claims?.sub]

describe('while the hidden frame is waited for', () => {
  it('5.7: who signs in by popup stays signed in when the frame gets no answer', async () => {
    const { world, page, booting } = await waiting('/')
    await signInByPopup(world, page)
    await world.browser.advance(10_000)
    await booting
    expect(who(page)).toEqual(['signed_in', 'alice'])
  })

  it('5.7: who signs in by popup is not replaced by the one whom the frame finds', async () => {
    const { world, page, booting, frame } = await waiting('/')
    const answer = world.provider.authorize(frame.url)
    await signInByPopup(world, page, 'bob')
    frame.answer(answer)
    await booting
    await turn()
    expect(who(page)).toEqual(['signed_in', 'bob'])
  })

  it('5.7: a sign-in by hand is not overtaken by one that asks nobody', async () => {
    const { world, page, booting } = await waiting('/profile', true)
    await page.client.signIn({ prompt: 'login' })
    await world.browser.advance(10_000)
    await booting
    expect(page.tab.navigations.map(({ url }) => new URL(url).searchParams.get('prompt'))).toEqual(['login'])
  })

  it.each(['visible', 'dirty'] as const)(
    'SIL-06: no redirect leaves a page that is hidden or filled in by now (%s)',
    async condition => {
      const { world, page, booting } = await waiting('/profile', true)
      page.tab.conditions[condition] = condition === 'dirty'
      await world.browser.advance(10_000)
      await booting
      expect([page.state().status, page.tab.navigations]).toEqual(['signed_out', []])
    },
  )

  it('LOUT-08: a sign-out in another tab is not undone by what the frame finds', async () => {
    const world = await createWorld()
    const here = await signedIn(world)
    const { there, arrive, booting } = await redeeming(world)
    await here.client.signOut()
    arrive()
    await booting
    expect([there.state().status, world.browser.local.has('pkce-lens.was-signed-in')]).toEqual([
      'signed_out',
      false,
    ])
  })
})

it('LOUT-08: a sign-out in another tab is not undone by a redirect that asks nobody', async () => {
  const world = await createWorld()
  const here = await signedIn(world, { restore: 'redirect' })
  const there = openPage(world, here.config)
  await boot(there, '/profile', true)
  const answer = world.provider.authorize(there.tab.navigations[0]?.url ?? '')
  await here.client.signOut()
  const { page, path } = await comeBack(world, there, answer)
  expect([page.state().status, page.state().error, path]).toEqual(['signed_out', null, '/profile'])
  expect(world.browser.local.has('pkce-lens.was-signed-in')).toBe(false)
})

/** In another tab this person leaves, and another one comes. */
async function replacedBy(world: World, here: Page, person: string) {
  await here.client.signOut()
  const next = openPage(world, here.config)
  await boot(next)
  await signInByPopup(world, next, person)
  return next
}

describe('LOUT-08: after a sign-out and a sign-in of another person in another tab', () => {
  it('nobody is restored by a frame that saw the one before', async () => {
    const world = await createWorld()
    const here = await signedIn(world)
    const { there, arrive, booting } = await redeeming(world)
    const bob = await replacedBy(world, here, 'bob')
    arrive()
    await booting
    await turn()
    expect([who(there), who(bob)]).toEqual([
      ['signed_out', undefined],
      ['signed_in', 'bob'],
    ])
    await there.tab.until('revocation_request')
  })

  it('nobody is restored by a redirect that saw the one before', async () => {
    const world = await createWorld()
    const here = await signedIn(world, { restore: 'redirect' })
    const there = openPage(world, here.config)
    await boot(there, '/profile', true)
    const answer = world.provider.authorize(there.tab.navigations[0]?.url ?? '')
    const bob = await replacedBy(world, here, 'bob')
    world.provider.behaviour.person = 'alice'
    const { page } = await comeBack(world, there, answer)
    await page.tab.until('revocation_request')
    expect([who(page), who(bob)]).toEqual([
      ['signed_out', undefined],
      ['signed_in', 'bob'],
    ])
  })
})
