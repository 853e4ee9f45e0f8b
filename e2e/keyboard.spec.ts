/** The whole app without a pointer: where the focus is, by role and name, and that it is never lost. */
import type { Page } from '@playwright/test'
import type { Demo } from '../provider/demo.ts'
import { expect, test } from './app.ts'
import { press, signInByKeys, tabTo } from './keys.ts'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const mainLink = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name })

async function signIn(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.appOrigin}/`)
  await press(page, button(page, /^Sign in/))
  await signInByKeys(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
}

test('sign-in, profile and sign-out', async ({ page, demo }) => {
  await page.goto(`${demo.appOrigin}/`)
  await expect(button(page, /^Sign in/)).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await signIn(page, demo)
  await press(page, button(page, 'Sign out'))
  await expect(page).toHaveURL(`${demo.appOrigin}/`)
  await tabTo(page, button(page, /^Sign in/))
})

test('a button that has the focus when the lens arrives hands it on to the one that stands in the same place then', async ({
  page,
  demo,
}) => {
  let arrive = () => {}
  const asked = new Promise<void>(done => {
    arrive = done
  })
  await page.route(/\/assets\/flow-route-[^/]+\.js$/, async route => {
    await asked
    await route.continue()
  })
  await page.goto(`${demo.appOrigin}/`)
  const start = button(page, 'Start the sign-in')
  await tabTo(page, start)
  const early = await start.elementHandle()
  await page.evaluate(async () => void (await document.fonts.ready))
  await expect(button(page, 'Take the lesson')).toBeVisible()
  const place = await start.boundingBox()
  arrive()
  await expect(page.getByRole('list', { name: 'Protocol messages' })).toBeVisible()
  await expect(start).toBeFocused()
  expect(await early?.evaluate(each => each.isConnected)).toBe(false)
  expect(await start.boundingBox()).toEqual(place)
})

test('the lens: from message to message, from tab to tab, the list of keys and back', async ({
  page,
  demo,
}) => {
  await signIn(page, demo)
  await press(page, mainLink(page, 'Flow'))
  const messages = page.getByRole('list', { name: 'Protocol messages' })
  const chosen = messages.locator('[data-selected]')
  const focused = messages.locator('[data-selected] > button')
  const first = messages.getByRole('button', { name: /^1\.1,/ })
  await tabTo(page, messages.locator('button[tabindex="0"]').first())
  await page.keyboard.press('Home')
  await expect(focused).toBeFocused()
  const places: (string | null)[] = []
  for (const key of ['j', 'j', 'k', 'ArrowDown', 'ArrowUp', 'k']) {
    places.push(await chosen.getAttribute('aria-posinset'))
    await page.keyboard.press(key)
    await expect(chosen).not.toHaveAttribute('aria-posinset', places.at(-1) ?? '')
    await expect(focused).toBeFocused()
  }
  expect(places).toEqual(['1', '2', '3', '2', '3', '2'])
  await expect(first).toBeFocused()

  const tab = (name: string) => page.getByRole('tab', { name })
  await tabTo(page, page.getByRole('tab', { selected: true }))
  await page.keyboard.press('Home')
  for (const name of ['Explain', 'HTTP', 'Checks', 'Code']) {
    await expect(tab(name)).toBeFocused()
    await expect(tab(name)).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByRole('tabpanel', { name })).toBeVisible()
    await page.keyboard.press('ArrowRight')
  }
  await expect(tab('Explain')).toBeFocused()

  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keys' })
  await expect(keys.locator(':focus')).toHaveCount(1)
  for (const _ of [1, 2, 3, 4]) {
    await page.keyboard.press('Tab')
    await expect(keys.locator(':focus')).toHaveCount(1)
  }
  await page.keyboard.press('Escape')
  await expect(keys).toHaveCount(0)
  await expect(tab('Explain')).toBeFocused()
})

test('the lens to scale of time: the row that the keys choose is on the screen', async ({ page, demo }) => {
  await page.setViewportSize({ width: 1280, height: 420 })
  await signIn(page, demo)
  await press(page, mainLink(page, 'Flow'))
  const timing = page.getByRole('radio', { name: 'Timing' })
  await tabTo(page, page.getByRole('radio', { name: 'Sequence' }))
  await page.keyboard.press('ArrowRight')
  await expect(timing).toBeChecked()
  const rows = page.getByRole('list', { name: 'Timing' })
  await tabTo(page, rows.locator('button[tabindex="0"]').first())
  for (const key of ['End', 'Home', 'End']) {
    await page.keyboard.press(key)
    await expect(rows.locator('button:focus')).toBeInViewport({ ratio: 1 })
    await expect(rows.locator('[data-selected] > button')).toBeFocused()
  }
})

test('the lab: predict, run, read the verdict', async ({ page, demo }) => {
  await signIn(page, demo)
  await press(page, mainLink(page, 'Experiments'))
  const row = page.locator('[data-experiment=stolen-code-no-verifier]')
  await tabTo(page, row.getByRole('radio').first())
  await page.keyboard.press('Space')
  for (const presses = { left: 5 }; presses.left > 0; presses.left--) {
    if (await row.getByRole('radio', { name: 'Auth server' }).isChecked()) break
    await page.keyboard.press('ArrowRight')
  }
  await expect(row.getByRole('radio', { name: 'Auth server' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(row.getByRole('button', { name: /^Run/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(row).toHaveAttribute('data-blocked-by', 'authorization-server')
  await expect(row.getByRole('button', { name: /^Show experiment/ })).toBeFocused()
  await expect(page.getByRole('status').filter({ hasText: 'blocked it' })).toBeAttached()
  const evidence = page.getByRole('complementary', { name: 'Lens' })
  await expect(evidence.getByText('The authorization server blocked it')).toBeVisible()
  const message = evidence.getByRole('list', { name: 'Messages of this attack' }).getByRole('button').first()
  await press(page, message)
  await expect(message).toHaveAttribute('aria-pressed', 'true')
})

test('the doctor: choose the demo provider, check, copy a value', async ({ page, context, demo }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.appOrigin })
  await page.goto(`${demo.appOrigin}/provider`)
  const presets = page.getByRole('group', { name: 'Provider', exact: true })
  const preset = (name: RegExp) => presets.getByRole('radio', { name })
  await tabTo(page, presets.getByRole('radio', { checked: true }))
  await expect(preset(/demo/i)).toBeChecked()
  // The radio buttons go round.
  for (const presses = { left: 30 }; presses.left > 0; presses.left--) {
    if (await preset(/another issuer/i).isChecked()) break
    await page.keyboard.press('ArrowDown')
  }
  await expect(preset(/another issuer/i)).toBeFocused()

  // The issuer gives the demo away, whatever its port; the field keeps the focus.
  await tabTo(page, page.getByRole('textbox', { name: 'Issuer' }))
  await page.keyboard.type(demo.issuer)
  await expect(preset(/demo/i)).toBeChecked()
  await expect(page.getByRole('textbox', { name: 'Issuer' })).toHaveValue(demo.issuer)
  await tabTo(page, page.getByRole('textbox', { name: 'Client ID' }))
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('pkce-lens')
  await press(page, button(page, 'Check'))
  await expect(button(page, 'Check again')).toBeFocused()
  await expect(page.getByRole('status').filter({ hasText: /^Done: 0 to fix/ })).toBeAttached()
  await expect(button(page, 'Check again')).toBeFocused()

  await press(page, button(page, 'Copy the redirect address'))
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached()
  await expect(button(page, 'Copy the redirect address')).toBeFocused()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${demo.appOrigin}/callback`)
})

test('the report card: start, pause, go on, stop', async ({ page, demo }) => {
  await signIn(page, demo)
  await press(page, mainLink(page, 'Experiments'))
  await press(page, page.getByRole('link', { name: 'Report card' }))
  const status = page.locator('.report-status')
  await press(page, button(page, 'Run all checks'))
  await expect(button(page, 'Pause')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(status).toHaveText(/^Paused after/)
  await expect(button(page, 'Go on')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(button(page, 'Pause')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(button(page, 'Stop')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(status).toHaveText(/^Stopped after/)
  await expect(button(page, /^Run all/)).toBeFocused()

  const one = page.locator('[data-check="20"]')
  await tabTo(page, one.getByRole('button', { name: /check 20/ }))
  await page.keyboard.press('Enter')
  await expect(one).toHaveAttribute('data-verdict', 'safe')
  await expect(one.getByRole('button', { name: 'Run again check 20' })).toBeFocused()
})
