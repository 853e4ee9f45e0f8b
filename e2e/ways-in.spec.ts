import type { Locator, Page } from '@playwright/test'
import type { Demo } from '../provider/demo.ts'
import { expect, signIn, signInAtProvider, test } from './app.ts'

const alert = (page: Page) => page.locator('[role=alert]')
const name = (page: Page) => page.getByRole('banner').getByRole('link', { name: 'Alice Åström' })

async function ways(page: Page): Promise<Locator> {
  await page.getByText('More ways to sign in').click()
  return page.locator('.app-ways')
}

async function openPopup(page: Page): Promise<Page> {
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'In a popup' }).click(),
  ])
  return popup
}

const asked = (demo: Demo) => demo.log.entries.filter(({ path }) => path === '/authorize').at(-1)?.query

test('WEB-08: a popup signs in while the page stays', async ({ page, demo }) => {
  await page.goto(`${demo.appOrigin}/`)
  await ways(page)
  const popup = await openPopup(page)
  const closed = popup.waitForEvent('close')
  await expect(popup.getByLabel('Username')).toBeVisible()
  // The provider's page cannot lead the tab that opened it elsewhere.
  expect(await popup.evaluate(() => window.opener)).toBeNull()
  await signInAtProvider(popup)
  await closed
  await expect(name(page)).toBeVisible()
  expect(new URL(page.url()).pathname).toBe('/')
  expect(asked(demo)?.get('redirect_uri')).toBe(`${demo.appOrigin}/silent-callback.html`)
  await expect(page.locator('[data-step=profile_response]')).toHaveAttribute('data-status', 'done')
})

test('stuck point 12: after 20 seconds in a popup the page prints the address to register, and can give it up', async ({
  page,
  demo,
}) => {
  await page.clock.install()
  await page.goto(`${demo.appOrigin}/`)
  await ways(page)
  const popup = await openPopup(page)
  await expect(popup.getByLabel('Username')).toBeVisible()
  await popup.close()
  await page.clock.fastForward(21_000)
  const strip = page.getByRole('status').filter({ hasText: 'Still at the provider?' })
  await expect(strip).toContainText(`${demo.appOrigin}/silent-callback.html`)
  await strip.getByRole('button', { name: 'Stop waiting' }).click()
  await expect(alert(page)).toHaveAttribute('data-error-code', 'popup_closed')
  await expect(strip).toBeHidden()
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await expect(page.getByLabel('Username')).toBeVisible()
})

test('IDT-18: a name, a fresh password and its age are asked for, and auth_time is checked', async ({
  page,
  demo,
}) => {
  await signIn(page, demo)
  const form = await ways(page)
  await form.getByLabel('Password', { exact: true }).check()
  await form.getByLabel('Your name there').fill('alice')
  await form.getByLabel('Last signed in there').fill('60')
  await form.getByRole('button', { name: 'Sign in again like this' }).click()
  await expect(page.getByLabel('Username')).toHaveValue('alice')
  await page.getByLabel('Password').fill('password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(name(page)).toBeVisible()
  expect(Object.fromEntries(asked(demo) ?? [])).toMatchObject({
    prompt: 'login',
    login_hint: 'alice',
    max_age: '60',
  })
  await page.goto(`${demo.appOrigin}/`)
  await page.locator('[data-step=id_token_checked] button').first().press('Enter')
  await page.getByRole('tab', { name: /^Checks/ }).click()
  await expect(page.getByRole('tabpanel')).toContainText('auth_time')
})

test('a scope more, asked for while somebody is signed in, is a step-up', async ({ page, demo }) => {
  await signIn(page, demo)
  const form = await ways(page)
  await form.getByLabel('More scopes').fill('read_orders')
  await form.getByRole('button', { name: 'Sign in again like this' }).click()
  await page.getByRole('button', { name: 'Allow' }).click()
  await expect(name(page)).toBeVisible()
  expect(asked(demo)?.get('scope')?.split(' ')).toContain('read_orders')
})

test('BEAR-05: an API that wants a scope more is asked for it in a new sign-in', async ({ page, demo }) => {
  const scope = 'openid profile email read_orders'
  await page.route('**/config.json', route => route.fulfill({ json: { ...demo.config, scope } }))
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await signInAtProvider(page)
  await expect(name(page)).toBeVisible()
  await page.getByRole('button', { name: 'Sign in with this scope' }).click()
  await page.getByRole('button', { name: 'Allow' }).click()
  await expect(page.getByRole('rowheader', { name: 'member_since' })).toBeVisible()
  expect(asked(demo)?.get('scope')).toBe(`${scope} read_profile`)
})
