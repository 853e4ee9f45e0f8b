/** What a person does with a page: waits while something moves, signs in, goes on. A fault may get in the way of anything. */
import { expect, type Page } from '@playwright/test'
import { look, noAnswer, type Sight } from './sight.ts'
import type { Scene } from './stage.ts'
import { within } from './within.ts'

/** Time passes for the provider and for every page. */
export async function advance({ context, late, provider, time }: Scene, milliseconds: number): Promise<void> {
  time.skip(milliseconds)
  await provider.setClock(time.skipped())
  const moved = context.clock.fastForward(milliseconds).then(
    () => true,
    () => false,
  )
  if (!(await within(moved, false))) late.push(moved)
}

/** True as soon as the condition holds; false when it does not come. */
export function comes(condition: () => Promise<boolean> | boolean, timeout = 3_000): Promise<boolean> {
  return expect
    .poll(condition, { intervals: [20, 20, 50], timeout })
    .toBe(true)
    .then(
      () => true,
      () => false,
    )
}

/** Virtual milliseconds: longer than any time limit of the app. */
const longestWait = 40_000

/**
 * Waits until all tabs rest. Where nothing moves but a tab still waits for something, time is let pass: for a time
 * limit, for the next attempt.
 * @param only these tabs, where looking at all would cost too much
 * @returns what is seen in the end, tab by tab; `busy` where a tab never came to rest
 */
export async function settleAll(scene: Scene, only?: readonly Page[]): Promise<Sight[]> {
  const { appOrigin, context, proxy, traffic } = scene
  let sights: Sight[] = []
  let [still, skipped] = [0, 0]
  await comes(async () => {
    sights = await Promise.all((only ?? context.pages()).map(page => look(page, appOrigin)))
    still = proxy.working() + traffic.loading() === 0 ? still + 1 : 0
    if (sights.every(({ busy }) => busy === null)) return still > 3
    // A navigation that hangs has no limit but the person's.
    if (proxy.hanging() > 0 && sights.some(({ busy }) => busy === noAnswer)) return true
    if (still > (proxy.hanging() > 0 ? 3 : 8)) {
      still = 0
      skipped += 4_000
      await advance(scene, 4_000)
    }
    return skipped > longestWait
  }, 60_000)
  return sights
}

/** As `settleAll`, for what is seen in one tab. */
export async function settle(scene: Scene, page: Page): Promise<Sight> {
  const index = scene.context.pages().indexOf(page)
  return (await settleAll(scene))[index] ?? look(page, scene.appOrigin)
}

/** Opens an address of the app. Where the browser cannot, its error page is what is seen. */
export async function open(scene: Scene, page: Page, path: string): Promise<void> {
  await page.goto(scene.appOrigin + path, { waitUntil: 'commit' }).catch(() => null)
}

/** Presses a button or link when it is there. @returns whether it was there */
export async function press(page: Page, name: RegExp, role: 'button' | 'link' = 'button'): Promise<boolean> {
  const found = page.getByRole(role, { name }).first()
  if (!(await within(found.isVisible(), false))) return false
  return found.click({ noWaitAfter: true, timeout: 2_000 }).then(
    () => true,
    () => false,
  )
}

export const signInButton = /^(Sign in|Sign in again|Start the sign-in)$/

/** Presses a button of the provider and waits until the browser has begun to ask for what follows. */
async function pressAtProvider(scene: Scene, page: Page, name: RegExp): Promise<void> {
  const before = scene.proxy.arrived()
  if (await press(page, name)) await comes(() => scene.proxy.arrived() > before)
}

/**
 * From wherever the person is to a signed-in page, as far as the faults let it happen.
 * @param presses how often the button of the app is pressed at most
 */
export async function signIn(scene: Scene, page: Page, presses = 1): Promise<Sight> {
  let left = presses
  for (let turn = 1; ; turn++) {
    const sight = await settle(scene, page)
    if (turn > 14 || sight.busy !== null) return sight
    if (sight.place === 'sign_in_form') {
      await page
        .getByLabel('Username')
        .fill('alice')
        .catch(() => {})
      await page
        .getByLabel('Password')
        .fill('password')
        .catch(() => {})
      await pressAtProvider(scene, page, /^Sign in$/)
    } else if (sight.place === 'consent') await pressAtProvider(scene, page, /^Allow$/)
    else if (sight.place !== 'app' || sight.signedIn || left === 0) return sight
    else {
      left -= 1
      if (!(await press(page, signInButton))) return sight
    }
  }
}
