import { describe, expect, it } from 'vitest'
import { issuer } from '../oauth/client.test-data.ts'
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

const day = 86_400_000
const tried = ({ tab }: Page) => [tab.frames.length, tab.navigations.length]

/** A reload of a protected page at a provider that shows a page where it should answer `prompt=none`. */
async function reload(world: World, page: Page, answers: 'a page' | 'login_required' = 'a page') {
  const again = openPage(world, page.config, page)
  const booting = boot(again, '/profile', true)
  if (page.config.restore === 'frame') {
    const frame = await again.tab.opened('frames')
    const { searchParams } = new URL(frame.url)
    if (answers === 'a page') await world.browser.advance(10_000)
    else
      frame.answer(
        `?error=login_required&state=${searchParams.get('state')}&iss=${encodeURIComponent(issuer)}`,
      )
  }
  await booting
  return again
}

/** A page of the app that tries nothing. */
async function quietly(world: World, page: Page, earlier?: Page) {
  const again = openPage(world, page.config, earlier)
  await boot(again, '/profile', true)
  return again
}

async function wasSignedIn(config: Record<string, unknown> = {}) {
  const world = await createWorld()
  return { world, page: await signedIn(world, config) }
}

describe('a provider that answers prompt=none with a page of its own', () => {
  it.each(['frame', 'redirect'])(
    'SIL-06: once %s and redirect brought nothing, a reload shows the button at once',
    async restore => {
      const { world, page } = await wasSignedIn({ restore })
      const stranded = await reload(world, page)
      expect(tried(stranded)).toEqual([restore === 'frame' ? 1 : 0, 1])
      const again = await quietly(world, page, stranded)
      expect([again.state().status, again.state().error, tried(again)]).toEqual(['signed_out', null, [0, 0]])
      const otherTab = await quietly(world, page)
      expect([otherTab.state().status, tried(otherTab)]).toEqual(['signed_out', [0, 0]])
    },
  )

  it('the story of the redirect says how it ended', async () => {
    const { world, page } = await wasSignedIn({ restore: 'redirect' })
    const stranded = await reload(world, page)
    const again = await quietly(world, page, stranded)
    expect(stops(again)).toEqual([
      {
        flowType: 'restore',
        during: 'authorization_response',
        error: {
          code: 'silent_timeout',
          expected: 'an answer from the provider',
          received: 'none',
          issuer,
        },
      },
    ])
    expect(again.tab.told('failed')[0]?.flow).toBe(stranded.tab.steps[0]?.flow)
  })

  it('a sign-in by hand works, and the next reload strands nobody', async () => {
    const { world, page } = await wasSignedIn()
    const stranded = await reload(world, page)
    stranded.tab.wake('pageshow')
    await world.browser.advance(0)
    const { page: back } = await comeBack(world, stranded, world.provider.authorize(await leave(stranded)))
    expect(back.state().status).toBe('signed_in')
    const again = await quietly(world, page, back)
    expect([again.state().status, tried(again)]).toEqual(['signed_out', [0, 0]])
  })

  it('is asked again a day later, and whenever somebody signed out', async () => {
    const { world, page } = await wasSignedIn()
    await quietly(world, page, await reload(world, page))
    world.browser.sleep(day - 60_000)
    expect(tried(await quietly(world, page))).toEqual([0, 0])
    world.browser.sleep(60_000)
    expect(tried(await reload(world, openPage(world, page.config)))).toEqual([1, 1])

    const other = await wasSignedIn({ restore: 'redirect' })
    await quietly(other.world, other.page, await reload(other.world, other.page))
    const tab = openPage(other.world, other.page.config)
    await boot(tab)
    const { page: back } = await comeBack(other.world, tab, other.world.provider.authorize(await leave(tab)))
    await back.client.signOut()
    const next = await signedIn(other.world, { restore: 'redirect' })
    expect(tried(await reload(other.world, next))).toEqual([0, 1])
  })

  it('a clock that was set back asks again', async () => {
    const { world, page } = await wasSignedIn({ restore: 'redirect' })
    await quietly(world, page, await reload(world, page))
    world.browser.setClock(-1)
    expect(tried(await reload(world, openPage(world, page.config)))).toEqual([0, 1])
  })
})

describe('nothing is held against a provider', () => {
  const asksAgain = async (world: World, page: Page) => {
    const tab = openPage(world, page.config)
    void boot(tab, '/profile', true)
    expect((await tab.tab.opened('frames')).url).toContain('prompt=none')
  }

  it('that answered the frame: somebody pressed Back on the redirect', async () => {
    const { world, page } = await wasSignedIn()
    const left = await reload(world, page, 'login_required')
    const again = openPage(world, page.config, left)
    void boot(again, '/profile', true)
    await again.tab.opened('frames')
    await asksAgain(world, page)
  })

  it('whose frame was seen to work: it is slow today', async () => {
    const { world, page } = await wasSignedIn()
    const found = openPage(world, page.config, page)
    const booting = boot(found, '/profile', true)
    await found.tab.opened('frames').then(frame => frame.answer(world.provider.authorize(frame.url)))
    await booting
    const left = await reload(world, found)
    expect(tried(left)).toEqual([1, 1])
    const again = openPage(world, page.config, left)
    void boot(again, '/profile', true)
    await again.tab.opened('frames')
    await asksAgain(world, left)
  })

  it('whose redirect was seen to work: somebody was impatient', async () => {
    const { world, page } = await wasSignedIn({ restore: 'redirect' })
    const left = await reload(world, page)
    const { page: found } = await comeBack(
      world,
      left,
      world.provider.authorize(left.tab.navigations[0]?.url ?? ''),
    )
    const impatient = await reload(world, found)
    const again = await quietly(world, page, impatient)
    expect(again.state().status).toBe('signed_out')
    expect(tried(await reload(world, openPage(world, page.config)))).toEqual([0, 1])
  })

  it('that cannot be reached: the network is away, and the tab does not leave', async () => {
    const { world, page } = await wasSignedIn()
    const again = openPage(world, page.config, page)
    again.tab.conditions.reachable = false
    const booting = boot(again, '/profile', true)
    await again.tab.opened('frames')
    await world.browser.advance(10_000)
    await booting
    expect([again.state().status, tried(again)]).toEqual(['signed_out', [1, 0]])
    await asksAgain(world, page)
  })

  it('by another client, or at another provider', async () => {
    const { world, page } = await wasSignedIn({ restore: 'redirect' })
    await quietly(world, page, await reload(world, page))
    const kept = JSON.parse(world.browser.local.get('pkce-lens.restore-stranded') ?? '')
    expect(kept).toEqual({ issuer, clientId: 'this-app', at: world.browser.now() })
    for (const other of [{ issuer: 'https://other.example' }, { clientId: 'other' }, { at: 'soon' }]) {
      world.browser.local.set('pkce-lens.restore-stranded', JSON.stringify({ ...kept, ...other }))
      const tab = openPage(world, page.config)
      await boot(tab, '/profile', true)
      expect(tried(tab)).toEqual([0, 1])
    }
  })
})
