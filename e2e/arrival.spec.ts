/** Between the provider and the page: what is on the screen while the token request is on its way. */
import type { Page } from '@playwright/test'
import { expect, signIn, signInAtProvider, test } from './app.ts'

const tokens = /\/token$/

/** Holds the requests to such an address until they are let go. */
async function hold(page: Page, address: RegExp): Promise<() => void> {
  let letGo = () => {}
  const held = new Promise<void>(done => {
    letGo = done
  })
  await page.route(address, async route => {
    await held
    await route.continue()
  })
  return letGo
}

test('a callback that leads to the profile waits in its place, and shows nobody', async ({ page, demo }) => {
  const letGo = await hold(page, tokens)
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await signInAtProvider(page)
  await expect(page.getByRole('heading')).toHaveText(['Finishing your sign-in'])
  // Drawn before it is needed, and neither seen nor spoken of.
  await expect(page.locator('.profile-me')).toBeHidden()
  await expect(page.locator('.profile-me')).toHaveCount(1)
  await expect(page.getByRole('progressbar', { name: 'The lens comes after the sign-in' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sign out' })).toHaveCount(0)
  expect(page.url()).toBe(`${demo.appOrigin}/callback`)
  await page.getByRole('button', { name: /^Use the (light|dark) theme$/ }).focus()
  letGo()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
  await expect(page.getByRole('heading', { name: 'Claims' })).toBeVisible()
  await expect(page).toHaveURL(`${demo.appOrigin}/profile`)
  await expect(page.getByRole('button', { name: /^Use the (light|dark) theme$/ })).toBeFocused()
})

test('a callback that leads elsewhere draws no profile', async ({ page, demo }) => {
  const letGo = await hold(page, tokens)
  await page.goto(`${demo.appOrigin}/experiments?view=report-card`)
  await page
    .locator('main')
    .getByRole('button', { name: /^Sign in/ })
    .first()
    .click()
  await signInAtProvider(page)
  await expect(page.getByRole('heading')).toHaveText(['Finishing your sign-in'])
  await expect(page.locator('.profile-me')).toHaveCount(0)
  letGo()
  await expect(page).toHaveURL(`${demo.appOrigin}/experiments?view=report-card`)
  await expect(page.getByRole('link', { name: /Alice Åström/ })).toBeVisible()
})

test('a callback that leads to the profile and fails shows why, and no profile', async ({ page, demo }) => {
  await page.route(tokens, route => route.fulfill({ status: 500, body: 'broken' }))
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await signInAtProvider(page)
  await expect(page.locator('[role=alert]')).toHaveAttribute('data-error-code', 'token_response_not_json')
  await expect(page.locator('.profile-me')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Sign in again' })).toBeVisible()
})

test('while the code of the profile is on its way, the wait says one thing', async ({ page, demo }) => {
  await page.goto(`${demo.appOrigin}/`)
  await page.getByRole('button', { name: /^Sign in/ }).click()
  await page.getByLabel('Username').waitFor()
  const letGo = await hold(page, /\/assets\/profile-[^/]*\.js$/)
  await signInAtProvider(page)
  await expect(page.getByRole('heading')).toHaveText(['Finishing your sign-in'])
  await expect(page.getByRole('status').filter({ hasText: 'Signed in as Alice Åström' })).toBeAttached()
  await expect(page.getByRole('heading')).toHaveText(['Finishing your sign-in'])
  letGo()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alice Åström')
  await expect(page).toHaveURL(`${demo.appOrigin}/profile`)
})

test('LOUT-02: while somebody signs out the page says so, and nothing of them stays in it', async ({
  page,
  demo,
}) => {
  await signIn(page, demo)
  const letGo = await hold(page, /\/revoke$/)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Signing out')
  await expect(page.locator('.profile-me')).toHaveCount(0)
  await expect(page.locator('main')).not.toContainText('alice@example.com')
  letGo()
  await expect(page).toHaveURL(`${demo.appOrigin}/`)
})
