/** The steps of a plan, done by a person in a browser with several tabs. */
import type { Page } from '@playwright/test'
import { setVisible } from './page-faults.ts'
import { advance, comes, open, press, settle, settleAll, signIn } from './person.ts'
import type { Action, Fault } from './plan.ts'
import { look } from './sight.ts'
import type { Scene } from './stage.ts'
import { within } from './within.ts'

type Act = (scene: Scene, page: Page) => Promise<void>

const minutes = 60_000

/** New tabs, one after another as a person opens them: the newest is in front, all others are hidden. */
async function openTabs(scene: Scene, count: number): Promise<void> {
  for (let opened = 0; opened < count; opened++) {
    await Promise.all(scene.context.pages().map(page => setVisible(page, false)))
    const page = await scene.context.newPage()
    await open(scene, page, '/profile')
    await settleAll(scene, [page])
  }
}

/** Everybody looks away, time passes, somebody looks again. */
async function away(scene: Scene, milliseconds: number): Promise<void> {
  const pages = scene.context.pages()
  await Promise.all(pages.map(page => setVisible(page, false)))
  await advance(scene, milliseconds)
  await Promise.all(pages.map(page => setVisible(page, true)))
}

/** The app again, from wherever the tab is. */
async function reload(scene: Scene, page: Page): Promise<void> {
  const { place } = await look(page, scene.appOrigin)
  if (place === 'app') await page.reload({ waitUntil: 'commit' }).catch(() => null)
  else await open(scene, page, '/profile')
}

const midRefresh: Fault = {
  kind: 'hang',
  at: 'refresh',
  times: 1,
  afterwards: false,
  cors: false,
  seconds: 0,
}

const acts: Readonly<Record<Action, Act>> = {
  sign_in: async (scene, page) => {
    const { place, signedIn } = await look(page, scene.appOrigin)
    if (place !== 'app' || !signedIn) await open(scene, page, '/')
    await signIn(scene, page)
  },
  wait_for_renewal: scene => advance(scene, 55_000),
  renew: async (_scene, page) => {
    await press(page, /^Refresh token$/)
  },
  reload,
  visit: async (scene, page) => {
    const { path } = await look(page, scene.appOrigin)
    await press(page, path === '/profile' ? /^Flow$/ : /^Profile$/, 'link')
  },
  second_tab: scene => openTabs(scene, 1),
  twenty_tabs: scene => openTabs(scene, Math.max(0, 20 - scene.context.pages().length)),
  sign_out: async (scene, page) => {
    if ((await look(page, scene.appOrigin)).path !== '/profile') await press(page, /^Profile$/, 'link')
    await settle(scene, page)
    await press(page, /^Sign out$/)
  },
  restart_provider: async scene => {
    await scene.provider.restart()
    await advance(scene, 55_000)
  },
  offline_and_back: async scene => {
    await within(scene.context.setOffline(true), undefined)
    await advance(scene, 70_000)
    await settleAll(scene)
    await within(scene.context.setOffline(false), undefined)
  },
  offline_reload: async (scene, page) => {
    await within(scene.context.setOffline(true), undefined)
    await page.reload({ waitUntil: 'commit' }).catch(() => null)
    await within(scene.context.setOffline(false), undefined)
    await open(scene, page, '/profile')
  },
  nap: scene => away(scene, 90 * minutes),
  sleep: scene => away(scene, 8 * 60 * minutes),
  kill_mid_refresh: async (scene, page) => {
    scene.proxy.add({ ...midRefresh, afterwards: scene.context.pages().length % 2 === 0 })
    await advance(scene, 55_000)
    await comes(() => scene.proxy.hanging() > 0, 1_500)
    const next = await scene.context.newPage()
    await page.close()
    await open(scene, next, '/profile')
  },
}

/** Does it in the newest tab, and waits until every tab rests. */
export async function act(scene: Scene, action: Action): Promise<void> {
  const page = scene.context.pages().at(-1) ?? (await scene.context.newPage())
  await acts[action](scene, page)
  await settleAll(scene)
}
