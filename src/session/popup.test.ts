import { describe, expect, it, vi } from 'vitest'
import { clientConfig, issuer } from '../oauth/client.test-data.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import { createClient } from './client.ts'
import { offline } from './fake-provider.test-data.ts'
import { boot, createWorld, onTheWay, openPage, signedIn, stops, type World } from './signed-in.test-data.ts'

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

  it('AREQ-03, TOK-02: what is asked by redirect afterwards comes back to the address of the configuration', async () => {
    const { world, page, done, popup } = await opened()
    popup.answer(world.provider.authorize(popup.url))
    await done
    await page.client.signIn({ moreScope: 'orders' })
    const [to] = page.tab.navigations
    expect(parametersOf(to?.url ?? '')['redirect_uri']).toBe(page.config.redirectUri)
  })

  it('WEB-08: a sign-out while more is asked leaves a way out of the popup', async () => {
    const world = await createWorld()
    world.provider.behaviour.metadata = { end_session_endpoint: undefined }
    const page = await signedIn(world)
    const done = page.client.signInWithPopup({ moreScope: 'orders' })
    await page.tab.opened('popups')
    await page.client.signOut()
    expect(page.state()).toMatchObject({ status: 'signing_in', claims: null })
    page.client.stopWaiting()
    await done
    expect(page.state().status).toBe('signed_out')
  })

  it('WEB-09: the browser blocked it', async () => {
    const world = await createWorld()
    const page = openPage(world)
    page.tab.conditions.popupBlocked = true
    await boot(page)
    await page.client.signInWithPopup()
    expect([page.state().status, page.state().error]).toEqual([
      'signed_out',
      { code: 'popup_blocked', expected: 'a window', received: 'the browser blocked it' },
    ])
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

  it('WEB-08: a second click opens no second window, and the first can still be given up', async () => {
    const { page, done } = await opened()
    await page.client.signInWithPopup()
    expect([page.tab.popups.length, page.state().status, page.state().error]).toEqual([1, 'signing_in', null])
    page.client.stopWaiting()
    await done
    expect(page.state().error?.code).toBe('popup_closed')
  })

  it.each(['another tab signed out', 'the page came back'])(
    'WEB-08: it keeps its way out when %s meanwhile',
    async what => {
      const world = await createWorld()
      const page = await signedIn(world)
      const other = what === 'the page came back' ? null : await signedIn(world)
      const done = page.client.signInWithPopup({ moreScope: 'orders' })
      const popup = await page.tab.opened('popups')
      if (other) await other.client.signOut()
      else page.tab.wake('pageshow')
      await page.until(
        ({ status, claims }) => status === 'signing_in' && (claims === null) === (other !== null),
      )
      page.client.stopWaiting()
      await done
      expect([page.state().status, popup.isClosed]).toEqual([other ? 'signed_out' : 'signed_in', true])
    },
  )

  it('LOUT-08: overtaken by a sign-out while its code is redeemed, it leaves a page that can be used', async () => {
    const { world, page, done, popup } = await opened()
    const other = await signedIn(world)
    const arrive = onTheWay(world, 'token')
    popup.answer(world.provider.authorize(popup.url))
    await page.tab.until('token_request')
    await other.client.signOut()
    arrive()
    await done
    expect([page.state().status, popup.isClosed]).toEqual(['signed_out', true])
  })

  it('TOK-03: more is asked where the person is signed in, whatever is configured meanwhile', async () => {
    const world = await createWorld()
    let config = clientConfig()
    const tab = world.browser.openTab(world.provider.serve)
    const client = createClient({ config: async () => config, ports: tab.ports })
    await client.boot({ url: 'https://app.example/', isProtected: false })
    const signingIn = client.signInWithPopup()
    const first = await tab.opened('popups')
    first.answer(world.provider.authorize(first.url))
    await signingIn
    config = clientConfig({ client_id: 'chosen-in-another-tab' })
    const asking = client.signInWithPopup({ moreScope: 'orders' })
    const second = await tab.opened('popups', 2)
    expect(parametersOf(second.url)['client_id']).toBe('this-app')
    second.answer(world.provider.authorize(second.url))
    await asking
    expect([client.store.getState().clientId, client.store.getState().error]).toEqual(['this-app', null])
    await client.signIn({ moreScope: 'more' })
    expect(parametersOf(tab.navigations[0]?.url ?? '')['client_id']).toBe('this-app')
    client.stop()
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
    const error = { code: 'popup_timeout', expected: 'an answer within 10 minutes', received: 'none' }
    expect(stops(page)).toEqual([{ flowType: 'sign_in', during: 'authorization_request', error }])
    expect([page.state().error, popup.isClosed, world.browser.timers()]).toEqual([error, true, []])
  })

  it('its ten minutes are those of the person, not of what follows', async () => {
    const { world, page, done, popup } = await opened()
    await world.browser.advance(599_000)
    page.tab.conditions.hold = async message => {
      if (message.type === 'request') await world.browser.advance(1_500)
      return message
    }
    popup.answer(world.provider.authorize(popup.url))
    await done
    expect([page.state().status, stops(page)]).toEqual(['signed_in', []])
  })

  it('DPOP-10: its key stays in memory', async () => {
    const { world, page, done, popup } = await opened({ dpop: true })
    expect([world.browser.keys.size, parametersOf(popup.url)['dpop_jkt']]).toEqual([
      0,
      page.tab.told('dpop_key_created')[0]?.thumbprint,
    ])
    popup.answer(world.provider.authorize(popup.url))
    await done
    expect(page.state().tokenType).toBe('DPoP')
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

  it('WEB-09: no empty window stays when the configuration does not come', async () => {
    const { ports } = (await createWorld()).browser.openTab(() => Promise.reject(new TypeError('offline')))
    const close = vi.fn()
    const config = () => Promise.reject(new OAuthError({ code: 'config_unreadable' }))
    const openPopup = () => ({ go: () => ({ answer: new Promise<string>(() => {}), close }), close })
    const client = createClient({ config, ports: { ...ports, openPopup } })
    await client.signInWithPopup()
    expect([client.store.getState().error?.code, close.mock.calls.length]).toEqual(['config_unreadable', 1])
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
