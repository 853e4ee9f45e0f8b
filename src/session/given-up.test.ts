import { expect, it, vi } from 'vitest'
import { clientConfig } from '../oauth/client.test-data.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { createClient } from './client.ts'
import { silence } from './fake-provider.test-data.ts'
import { boot, createWorld, onTheWay, openPage, signedIn, signInByPopup } from './signed-in.test-data.ts'

async function beginning(config: Record<string, unknown> = {}) {
  const world = await createWorld()
  const page = openPage(world, clientConfig(config))
  await boot(page)
  return { world, page }
}

it('WEB-08: a sign-in that was given up does not leave when the provider answers at last', async () => {
  const { world, page } = await beginning()
  const arrive = onTheWay(world, 'discovery')
  const signingIn = page.client.signIn()
  await page.tab.until('discovery_request')
  page.client.stopWaiting()
  arrive()
  await signingIn
  expect([page.state().status, page.tab.navigations, page.tab.session.size]).toEqual(['signed_out', [], 1])
  expect([...page.tab.session.keys()]).toEqual([expect.stringMatching(/^pkce-lens\.server\./)])
})

/** A page whose configuration is on its way until it is let go. */
async function slowConfig() {
  const { browser, provider } = await createWorld()
  const { ports, navigations, session } = browser.openTab(provider.serve)
  let arrive = () => {}
  const config = new Promise<ClientConfig>(resolve => {
    arrive = () => resolve(clientConfig())
  })
  const client = createClient({ config: () => config, ports })
  await client.boot({ url: 'https://app.example/', isProtected: false })
  return { client, navigations, session, arrive: () => arrive() }
}

it('WEB-08: given up before the configuration is here, it does not leave when that comes', async () => {
  const { client, navigations, arrive } = await slowConfig()
  const signingIn = client.signIn()
  client.stopWaiting()
  arrive()
  await signingIn
  expect([client.store.getState().status, navigations]).toEqual(['signed_out', []])
})

it('WEB-08: the one that was given up is not revived by the next', async () => {
  const { client, navigations, session, arrive } = await slowConfig()
  const first = client.signIn({ returnTo: '/first' })
  client.stopWaiting()
  const second = client.signIn({ returnTo: '/second' })
  arrive()
  await Promise.all([first, second])
  const kept = [...session].filter(([key]) => key.startsWith('pkce-lens.transaction.'))
  expect([navigations.length, kept.map(([, text]) => JSON.parse(text).returnTo)]).toEqual([1, ['/second']])
})

it('WEB-08: a popup that is opened while a redirect has not left yet is the only one', async () => {
  const { world, page } = await beginning()
  const arrive = onTheWay(world, 'discovery')
  const signingIn = page.client.signIn()
  await page.tab.until('discovery_request')
  const done = signInByPopup(world, page)
  arrive()
  await Promise.all([signingIn, done])
  expect([page.state().status, page.tab.navigations, page.tab.popups.length]).toEqual(['signed_in', [], 1])
})

it('WEB-08: begun again, it leaves once', async () => {
  const { world, page } = await beginning()
  const arrive = onTheWay(world, 'discovery')
  const first = page.client.signIn()
  await page.tab.until('discovery_request')
  page.client.stopWaiting()
  const second = page.client.signIn()
  arrive()
  await Promise.all([first, second])
  expect(page.tab.navigations).toHaveLength(1)
})

it('WEB-08: who came in by popup meanwhile stays', async () => {
  const { world, page } = await beginning({ par: true })
  await page.client.prepare()
  const arrive = onTheWay(world, 'par')
  const signingIn = page.client.signIn()
  await page.tab.until('par_request')
  page.client.stopWaiting()
  await signInByPopup(world, page)
  arrive()
  await signingIn
  expect([page.state().status, page.tab.navigations]).toEqual(['signed_in', []])
})

it('PKCE-08: a request that was dropped leaves no verifier, and is not missed later', async () => {
  const { world, page } = await beginning()
  page.tab.conditions.hold = async message => (message.type === 'navigation' ? null : message)
  await page.client.signIn()
  expect(page.state().error?.code).toBe('message_dropped')
  expect([...page.tab.session.keys()].filter(key => !key.startsWith('pkce-lens.server.'))).toEqual([])
  const later = openPage(world, page.config, page)
  await boot(later)
  expect(later.state().error).toBeNull()
})

it('PKCE-08: a page that is loaded anew while the request is held has lost nobody at the provider', async () => {
  const { world, page } = await beginning()
  page.tab.conditions.hold = message =>
    message.type === 'navigation' ? new Promise(() => {}) : Promise.resolve(message)
  void page.client.signIn()
  await page.tab.until('transaction_created')
  await vi.waitFor(() => expect([...page.tab.session.keys()].join()).toContain('transaction'))
  const later = openPage(world, page.config, page)
  await boot(later)
  expect(later.state().error).toBeNull()
  expect(later.tab.steps.at(-1)).toMatchObject({
    kind: 'failed',
    during: 'authorization_request',
    error: { code: 'message_dropped' },
  })
  expect([...page.tab.session.keys()].filter(key => !key.startsWith('pkce-lens.server.'))).toEqual([])
})

it.each([
  ['discovery', {}],
  ['par', { par: true }],
] as const)('WEB-08: what was given up fails in silence when %s does not answer', async (path, config) => {
  const { world, page } = await beginning(config)
  if (path === 'par') await page.client.prepare()
  world.provider.once(path, silence)
  const signingIn = page.client.signIn()
  await page.tab.until(`${path}_request`)
  page.client.stopWaiting()
  await world.browser.advance(15_001)
  await signingIn
  expect([page.state().status, page.state().error]).toEqual(['signed_out', null])
})

it('WEB-08: nor does it disturb the popup that was opened instead', async () => {
  const { world, page } = await beginning({ par: true })
  await page.client.prepare()
  world.provider.once('par', silence)
  const first = page.client.signIn()
  await page.tab.until('par_request')
  page.client.stopWaiting()
  const second = page.client.signInWithPopup()
  await page.tab.opened('popups')
  await world.browser.advance(15_001)
  await first
  expect([page.state().status, page.state().error]).toEqual(['signing_in', null])
  page.client.stopWaiting()
  await second
})

it('WEB-08: a popup is given up while its provider does not answer, and may be begun again', async () => {
  const { world, page } = await beginning()
  world.provider.once('discovery', silence)
  const first = page.client.signInWithPopup()
  await page.tab.until('discovery_request')
  page.client.stopWaiting()
  await first
  expect([page.state().status, page.state().error?.code]).toEqual(['signed_out', 'popup_closed'])
  await world.browser.advance(15_001)
  await signInByPopup(world, page)
  expect(page.state()).toMatchObject({ status: 'signed_in', error: null })
})

it('REV-06: stopping to wait while the tokens are handed back shows nobody again', async () => {
  const world = await createWorld()
  const page = await signedIn(world)
  world.provider.always('revoke', silence)
  const leaving = page.client.signOut()
  await page.tab.until('revocation_request')
  page.client.stopWaiting()
  expect(page.state().status).toBe('signing_out')
  await world.browser.advance(2_000)
  await leaving
  expect(page.tab.navigations.map(({ method }) => method)).toEqual(['POST'])
})

it('two clients of one page do not give up each other', async () => {
  const world = await createWorld()
  const [one, other] = [openPage(world), openPage(world)]
  await Promise.all([boot(one), boot(other)])
  const arrive = onTheWay(world, 'discovery')
  const first = one.client.signIn()
  await one.tab.until('discovery_request')
  await other.client.signIn()
  arrive()
  await first
  expect([one.tab.navigations.length, other.tab.navigations.length]).toEqual([1, 1])
})
