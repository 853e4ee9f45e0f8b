/** A page that stays open while a new version is put online: files that it did not load yet are gone, or the network is. */
import type { Page } from '@playwright/test'
import { expect, signIn, test } from './app.ts'

async function gone(page: Page, names: string): Promise<() => Promise<void>> {
  const files = new RegExp(`/assets/(${names})-[^/]+\\.js$`)
  await page.route(files, route => route.fulfill({ status: 404, body: 'not here' }))
  return () => page.unroute(files)
}

const alert = (page: Page) => page.locator('[role=alert]')

test('a lens that cannot be loaded leaves the profile alone, and comes with another try', async ({
  page,
  demo,
}) => {
  const back = await gone(page, 'docked-lens')
  await signIn(page, demo)
  await expect(alert(page)).toHaveAttribute('data-error-code', 'page_not_loaded')
  await expect(alert(page)).toContainText('The lens could not be loaded')
  await expect(page.getByRole('cell', { name: 'alice@example.com' })).toBeVisible()
  await back()
  await alert(page).getByRole('button', { name: 'Try again' }).click()
  await expect(page.locator('[data-step]').first()).toBeVisible()
  await expect(alert(page)).toHaveCount(0)
})

test('an app that cannot be loaded at all says so, and comes with another try', async ({ page, demo }) => {
  const back = await gone(page, 'app')
  await page.goto(`${demo.appOrigin}/`)
  await expect(alert(page)).toHaveAttribute('data-error-code', 'page_not_loaded')
  await back()
  await page.getByRole('link', { name: 'Load the page again.' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(alert(page)).toHaveCount(0)
})

test('a start page without its lens signs in', async ({ page, demo }) => {
  await gone(page, 'flow-route')
  await page.goto(`${demo.appOrigin}/`)
  await expect(alert(page)).toHaveAttribute('data-error-code', 'page_not_loaded')
  await signIn(page, demo)
})

test('a word that floats beside a button is no reason to lose the page', async ({ page, demo }) => {
  const asked = page.waitForRequest(/\/assets\/tooltip-[^/]+\.js$/)
  await gone(page, 'tooltip')
  await signIn(page, demo)
  const theme = page.getByRole('button', { name: /theme/i })
  await theme.hover()
  await (await asked).response()
  await theme.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
})

test('a page that cannot be loaded says so, the session goes on, and the next visit is another try', async ({
  page,
  demo,
}) => {
  const back = await gone(page, 'provider-route')
  await signIn(page, demo)
  await page.getByRole('link', { name: 'Provider', exact: true }).click()
  await expect(alert(page)).toHaveAttribute('data-error-code', 'page_not_loaded')
  await page.getByRole('link', { name: 'Profile', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
  await back()
  await page.getByRole('link', { name: 'Provider', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Who signs people in?')
})
