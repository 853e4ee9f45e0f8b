/** The road every session test begins with: a sign-in by redirect, through the real client, from click to profile. */

import type { SignInWish } from '../oauth/authorization-request.ts'
import { clientConfig } from '../oauth/client.test-data.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { type Client, createClient } from './client.ts'
// What the client loads when it is needed is at hand, so that a test waits for nothing but its turn.
import './page-arrival.ts'
import './popup.ts'
import './refresh.ts'
import './restore.ts'
import './sign-in.ts'
import './sign-out.ts'
import { type Browser, createBrowser, origin, type Tab, turn } from './fake-ports.test-data.ts'
import { createProvider, type Path, type Provider } from './fake-provider.test-data.ts'
import type { SessionState } from './store.ts'

export interface World {
  readonly browser: Browser
  readonly provider: Provider
}

export async function createWorld(): Promise<World> {
  const browser = createBrowser()
  return { browser, provider: await createProvider(browser.trueTime) }
}

export interface Page {
  readonly tab: Tab
  readonly client: Client
  readonly config: ClientConfig
  state(): SessionState
  /** Resolves when the session is as wished. */
  until(wished: (state: SessionState) => boolean): Promise<SessionState>
}

/** A page of the app in a new tab, or in one that is reloaded; not booted yet. */
export function openPage({ browser, provider }: World, config = clientConfig(), earlier?: Page): Page {
  earlier?.client.stop()
  const tab = browser.openTab(provider.serve, earlier?.tab)
  const client = createClient({ config: async () => config, ports: tab.ports })
  const { store } = client
  return {
    tab,
    client,
    config,
    state: store.getState,
    until: wished =>
      new Promise(resolve => {
        const look = (state: SessionState) => {
          if (!wished(state)) return
          stop()
          resolve(state)
        }
        const stop = store.subscribe(look)
        look(store.getState())
      }),
  }
}

/** Where the flows of this page stopped, each with its whole error. */
export const stops = ({ tab }: Page) =>
  tab.told('failed').map(({ flowType, during, error }) => ({ flowType, during, error }))

export const boot = (page: Page, path = '/', isProtected = false): Promise<string | null> =>
  page.client.boot({ url: origin + path, isProtected })

/** From the click to the address where the person leaves to. */
export async function leave(page: Page, wish?: SignInWish): Promise<string> {
  await page.client.signIn(wish)
  const to = page.tab.navigations.at(-1)
  if (!to) throw new Error(`nobody left: ${JSON.stringify(page.state().error)}`)
  return to.url
}

/** Comes back to `/callback` with what the provider says; the page is loaded anew, as after a redirect. */
export async function comeBack(
  world: World,
  page: Page,
  query: string,
): Promise<{ page: Page; path: string | null }> {
  const back = openPage(world, page.config, page)
  return { page: back, path: await boot(back, `/callback${query}`, true) }
}

/** A tab where somebody is signed in and the profile is there; where one was before, a hidden frame finds the session. */
export async function signedIn(
  world: World,
  config: Record<string, unknown> = {},
  wish?: SignInWish,
): Promise<Page> {
  const before = openPage(world, clientConfig(config))
  const wasHere = world.browser.local.has('pkce-lens.was-signed-in') && before.config.restore === 'frame'
  const booting = boot(before)
  if (wasHere)
    await before.tab.opened('frames').then(frame => frame.answer(world.provider.authorize(frame.url)))
  await booting
  const page = wasHere
    ? before
    : (await comeBack(world, before, world.provider.authorize(await leave(before, wish)))).page
  const { error, profile } = await page.until(
    ({ profile, accessToken }) =>
      profile.status === 'failed' ||
      (profile.status === 'ready' && (accessToken?.renewAt !== null || accessToken.expiresAt === null)),
  )
  if (error || profile.error) throw new Error(`no sign-in: ${JSON.stringify(error ?? profile.error)}`)
  return page
}

/** The next request there is answered at once, and the answer is on its way until the returned function is called. */
export function onTheWay({ provider }: World, path: Path): () => void {
  let arrive = () => {}
  const arrived = new Promise<void>(resolve => {
    arrive = resolve
  })
  provider.once(path, async request => {
    const answer = await provider.answer(request)
    await arrived
    return answer
  })
  return () => arrive()
}

/** Signs in by popup, as whoever is at the provider then. */
export async function signInByPopup(
  { provider }: World,
  { client, tab }: Page,
  person = 'alice',
  wish?: SignInWish,
): Promise<void> {
  const before = tab.popups.length
  const done = client.signInWithPopup(wish)
  const popup = await tab.opened('popups', before + 1)
  provider.behaviour.person = person
  popup.answer(provider.authorize(popup.url))
  await done
  await turn()
}
