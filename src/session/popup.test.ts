import { describe, expect, it } from 'vitest'
import { clientConfig, issuer } from '../oauth/client.test-data.ts'
import { offline } from './fake-provider.test-data.ts'
import { boot, createWorld, openPage, signedIn, type World } from './signed-in.test-data.ts'

const hint = ({ browser }: World) => JSON.parse(browser.local.get('pkce-lens.was-signed-in') ?? 'null')
const parametersOf = (url: string) => Object.fromEntries(new URL(url).searchParams)
const loginRequired = (url: string) =>
  `?error=login_required&state=${parametersOf(url)['state']}&iss=${encodeURIComponent(issuer)}`

describe('a popup (WEB-08)', () => {
  async function opened(config: Record<string, unknown> = {}) {
    const world = await createWorld()
    const page = openPage(world, clientConfig(config))
    await boot(page)
    const done = page.client.signInWithPopup({ returnTo: '/x' })
    const popup = await page.tab.opened('popups')
    return { world, page, done, popup }
  }

  it('its answer comes by channel, whatever became of the opener', async () => {
    const { world, page, done, popup } = await opened()
    expect(parametersOf(popup.url)['redirect_uri']).toBe('https://app.example/silent-callback.html')
    expect(page.state().status).toBe('signing_in')
    popup.answer(world.provider.authorize(popup.url))
    await done
    await page.until(({ profile }) => profile.status === 'ready')
    expect([page.state().status, popup.isClosed, page.tab.navigations]).toEqual(['signed_in', true, []])
    expect(hint(world)).toEqual({ issuer, clientId: 'this-app', frame: 'unknown' })
    expect(page.tab.told('authorization_response')[0]?.via).toBe('popup')
    expect([...page.tab.session.keys()].filter(key => key.includes('transaction'))).toEqual([])
  })

  it('WEB-09: the browser blocked it', async () => {
    const world = await createWorld()
    const page = openPage(world)
    page.tab.conditions.popupBlocked = true
    await boot(page)
    await page.client.signInWithPopup()
    expect([page.state().status, page.state().error?.code]).toEqual(['signed_out', 'popup_blocked'])
  })

  it('is given up by the person', async () => {
    const { page, done, popup } = await opened()
    page.client.stopWaiting()
    await done
    expect([page.state().status, page.state().error?.code, popup.isClosed]).toEqual([
      'signed_out',
      'popup_closed',
      true,
    ])
  })

  it('a redirect that does not leave is given up as well, and may be begun again', async () => {
    const world = await createWorld()
    const page = openPage(world)
    await boot(page)
    await page.client.signIn()
    expect(page.state().status).toBe('signing_in')
    page.client.stopWaiting()
    expect([page.state().status, page.state().error]).toEqual(['signed_out', null])
    await page.client.signIn()
    expect(page.tab.navigations).toHaveLength(2)
  })

  it('a window that is done with is not the one that is given up', async () => {
    const { world, page, done, popup } = await opened()
    popup.answer(world.provider.authorize(popup.url))
    await done
    page.client.stopWaiting()
    expect([page.state().status, page.state().error]).toEqual(['signed_in', null])
  })

  it('never answered: ten minutes', async () => {
    const { world, page, done, popup } = await opened()
    await world.browser.advance(600_000)
    await done
    expect([page.state().error?.code, popup.isClosed, world.browser.timers()]).toEqual([
      'popup_timeout',
      true,
      [],
    ])
  })

  it('a denial closes it', async () => {
    const { page, done, popup } = await opened()
    popup.answer(loginRequired(popup.url).replace('login_required', 'access_denied'))
    await done
    expect([page.state().error?.code, popup.isClosed]).toEqual(['auth_response_access_denied', true])
  })

  it('a provider that is away closes it too', async () => {
    const world = await createWorld()
    const page = openPage(world)
    await boot(page)
    world.provider.always('discovery', offline)
    await page.client.signInWithPopup()
    expect([page.state().error?.code, page.tab.popups]).toEqual(['discovery_fetch_failed', []])
  })

  it('a step-up by another person keeps the first one', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    world.provider.behaviour.person = 'bob'
    const done = page.client.signInWithPopup({ moreScope: 'orders' })
    const popup = await page.tab.opened('popups')
    popup.answer(world.provider.authorize(popup.url))
    await done
    expect([page.state().status, page.state().claims?.sub, page.state().error?.code]).toEqual([
      'signed_in',
      'alice',
      'silent_subject_changed',
    ])
  })
})
